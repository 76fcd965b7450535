/*
 * An Ethernet device as the TCP stack sees it: frames in, frames out, all on one thread; nothing waits, unless TP_DEVICE_MAY_WAIT.
 * The DPDK port (port.h) is one; tests have a wire in memory.
 */
#ifndef TRADEPIT_DEVICE_H
#define TRADEPIT_DEVICE_H

#include <stdint.h>

/* A received frame: valid until it is given back by release. */
struct tp_frame {
  const uint8_t *data;
  uint32_t length;   /* bytes, from the destination address on, without the check sequence */
  uint32_t flags;    /* TP_FRAME_* */
  uint64_t stamp_ns; /* the NIC's clock when it came in, nanoseconds since the Unix epoch; 0: not stamped */
  void *handle;      /* the device's own */
};

/* The device proved the checksums of IP and of TCP or UDP; without it the stack does. */
#define TP_FRAME_CHECKSUM_GOOD 1u

/* What a device takes off the stack. */
#define TP_DEVICE_SENDS_CHECKSUMS 1u /* fills in the checksums of IPv4 and TCP or UDP of what is sent */
#define TP_DEVICE_MAY_WAIT 2u        /* its functions ask the kernel, and may wait for it */

struct tp_device {
  void *context;
  uint8_t mac[6];
  uint16_t mtu;   /* bytes of an IP packet, 576 to 9000 */
  uint32_t flags; /* TP_DEVICE_* */

  /* Takes up to limit frames that are there; returns how many. */
  uint16_t (*receive)(void *context, struct tp_frame *frames, uint16_t limit);
  void (*release)(void *context, struct tp_frame *frames, uint16_t count);

  /* Room for one frame of this many bytes; NULL when there is none now. What was reserved is sent by the next flush. */
  uint8_t *(*reserve)(void *context, uint16_t length);

  /* Hands all that was reserved to the wire; what it does not take now is kept for the next call. Returns frames handed over. */
  uint16_t (*flush)(void *context);
};

#endif
