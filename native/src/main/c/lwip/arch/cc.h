/* lwIP's port to this compiler. */
#ifndef TRADEPIT_CC_H
#define TRADEPIT_CC_H

#include <endian.h>
#include <stdint.h>
#include <stdlib.h>

uint16_t tp_checksum(const void *data, int length);
uint32_t tp_random(void);
void tp_broken(const char *what, const char *file, int line) __attribute__((noreturn));

#define LWIP_RAND() tp_random()
#define LWIP_PLATFORM_DIAG(x)
#define LWIP_PLATFORM_ASSERT(x) tp_broken(x, __FILE__, __LINE__)

#endif
