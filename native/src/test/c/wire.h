/*
 * A wire in memory with the stack at one end and simulated peers at the other, in simulated time: a run is the same for the same seed.
 * Peers speak enough TCP to send a pattern, have it echoed byte for byte, and send again what was lost.
 */
#ifndef TRADEPIT_WIRE_H
#define TRADEPIT_WIRE_H

#include <stdint.h>

#include "stack.h"

#define STACK_ADDRESS 0x0a4d0001u /* 10.77.0.1 */
#define STACK_PORT 9001
#define FRAME_BYTES 1600

enum { TCP_FIN_FLAG = 1, TCP_SYN_FLAG = 2, TCP_RST_FLAG = 4, TCP_PSH_FLAG = 8, TCP_ACK_FLAG = 16 };

enum peer_state { PEER_IDLE, PEER_CONNECTING, PEER_OPEN, PEER_CLOSING, PEER_DONE };

struct peer {
  uint32_t address;
  uint16_t port;
  enum peer_state state;
  uint32_t first;        /* sequence number of its first byte */
  uint32_t expected;     /* of the stack's next byte */
  uint64_t total;        /* bytes to send, and to have echoed */
  uint64_t sent;
  uint64_t acknowledged;
  uint64_t echoed;
  uint64_t quiet_since_ns;
  uint32_t window;
  int is_reset;
  int is_shut_by_stack;
};

/* Of the wire; 0 to 1000 each: how many of 1000 frames are lost or come twice, in both directions. */
extern unsigned wire_lost, wire_doubled;
/* When set, decides the fate of each frame of the stack: 0 loses it. */
extern int (*wire_passes)(const uint8_t *frame, uint32_t length);

/* Opens the stack over the wire, and ends the process when it is refused. */
void wire_open(uint64_t seed, uint32_t max_connections, uint32_t max_half_open, uint32_t vlan);
/* Closes the stack; ends the process when frames of the device are still held. */
void wire_close(void);

uint64_t wire_now_ns(void);
void wire_pass_time(uint64_t ns);
uint32_t wire_random(uint32_t below);

/* A frame to the stack, as it is. */
void wire_send(const uint8_t *frame, uint32_t length);
/* A TCP segment, right in every checksum. Returns the frame's length. */
uint32_t wire_segment(uint8_t *frame, uint32_t address, uint16_t port, uint32_t sequence, uint32_t acknowledgement, uint8_t flags,
                      uint16_t window, const uint8_t *data, uint32_t length);
/* Makes the checksums right again after a change. */
void wire_mend(uint8_t *frame, uint32_t length);

void peer_begin(struct peer *peer, uint32_t address, uint16_t port, uint64_t total);
/* The frame that the peer would send now, into frame; 0: none. */
uint32_t peer_next(struct peer *peer, uint8_t *frame);
/* The frame that it would send when it hears nothing. */
uint32_t peer_again(struct peer *peer, uint8_t *frame);
/* One turn of the stack with an echoing application, and of these peers with what it sent. */
void wire_turn(struct peer *peers, unsigned count);

/* The application shuts its side of a slot in the next turn. */
void wire_shut(uint32_t slot);
/* Throws away what the stack has sent since the last turn. */
void wire_drop(void);

extern const struct tp_stack_view *wire_view;

void wire_require(int is_true, const char *what, long long value);

#endif
