/* The frame that is being received. */
#ifndef TRADEPIT_FRAME_H
#define TRADEPIT_FRAME_H

#include <stdint.h>

/* The hardware address that sent it. */
const uint8_t *tp_frame_source(void);

/* When it came, by the device; 0: not stamped. */
uint64_t tp_frame_stamp(void);

#endif
