/*
 * TCP over an Ethernet device, for one polling thread: lwIP behind one call.
 *
 * Java and this side share memory and take turns on it, on one thread: nothing here is atomic. A poll gives back what
 * Java took, sends what Java queued, takes a burst from the device and leaves in the table `ready` which connections
 * have news. Bytes move through two rings a connection:
 *
 *   receive   taken ------------ received      this side writes; Java reads, and moves `taken`
 *   send      acknowledged ------- queued      Java writes, and moves `queued`; lwIP sends from the ring itself, so
 *                                              that a byte stays there until the peer has acknowledged it
 *
 * Positions count bytes. When a ring has become empty, a poll may set both of its positions to 0, so that small messages
 * lie in the same cache lines again and again. One stack a process: lwIP keeps its state in globals.
 */
#ifndef TRADEPIT_STACK_H
#define TRADEPIT_STACK_H

#include <stdint.h>

#include "abi.h"
#include "device.h"

#define TP_STACK_MAX_CONNECTIONS 4096
#define TP_STACK_MAX_HALF_OPEN 4096
#define TP_STACK_MARKS 8

/* tp_connection.state */
#define TP_STATE_OPEN 1u      /* the slot has a connection */
#define TP_STATE_PEER_SHUT 2u /* the peer sends no more; all it sent is in the ring */
#define TP_STATE_GONE 4u      /* no TCP is behind it any more; the slot waits for TP_ORDER_RELEASE */

/* tp_connection.orders, for the next poll, which empties them */
#define TP_ORDER_SHUT 1u    /* send no more after what is queued: a FIN when that is written */
#define TP_ORDER_RESET 2u   /* reset the connection */
#define TP_ORDER_RELEASE 4u /* Java is done with the slot; what is still open is reset */

/* Bytes up to position `end` of the receive ring came at `stamp_ns`; 0: the device did not stamp them. */
struct tp_mark {
  uint64_t end;
  uint64_t stamp_ns;
};

struct tp_connection {
  /* this side writes */
  uint64_t received;
  uint64_t acknowledged;
  uint64_t number;         /* of the connection, from 1; never used twice */
  uint32_t state;          /* TP_STATE_* */
  uint32_t remote_address; /* IPv4, host order */
  uint32_t remote_port;
  uint32_t mark_count;     /* marks written since the ring was empty; the last is widened when there is no room */
  /* Java writes */
  uint64_t taken;
  uint64_t queued;
  uint32_t orders;     /* TP_ORDER_* */
  uint32_t marks_read;
  struct tp_mark marks[TP_STACK_MARKS];
};

/* Slots of connections, each at most once. */
struct tp_slots {
  uint32_t count;
  uint32_t slots[];
};

struct tp_stack_config {
  uint32_t address; /* IPv4, host order */
  uint32_t prefix;  /* bits of the network, 1 to 32 */
  uint32_t gateway; /* of other networks, host order; 0: none */
  uint32_t vlan;    /* 1 to 4094; 0: untagged */
  uint32_t max_connections; /* 1 to TP_STACK_MAX_CONNECTIONS */
  uint32_t max_half_open;   /* 1 to TP_STACK_MAX_HALF_OPEN; one more lets the oldest go */
  uint32_t send_bytes;      /* of a send ring: a power of two from 4096 */
};

/* Where things lie: addresses in this process. */
struct tp_stack_view {
  struct tp_connection *connections;
  struct tp_slots *ready; /* written by a poll, read by Java after it */
  struct tp_slots *work;  /* written by Java, read and emptied by the next poll */
  uint8_t *receive_rings; /* of connection i: from i * receive_bytes on */
  uint8_t *send_rings;    /* of connection i: from i * send_bytes on */
  struct tp_stack_statistics *statistics;
  uint64_t receive_bytes; /* of a receive ring, a power of two; TCP's window is not larger */
  uint64_t may_wait;      /* 1: a poll may wait for the kernel, for the device does */
};

/* Since the stack was opened. */
struct tp_stack_statistics {
  uint64_t frames_in;
  uint64_t frames_out;
  uint64_t frames_not_ours;  /* of another VLAN, too short, or of a protocol that is not spoken */
  uint64_t frames_not_sent;  /* the device had no room; TCP sends its own again */
  uint64_t frames_no_memory; /* came when there was none to hold them */
  uint64_t checksum_errors;
  uint64_t segments_sent_again;
  uint64_t connections_refused; /* all slots were in use; 64 at a time are closed, more are reset */
  uint64_t half_open;           /* now */
  uint64_t half_open_dropped;   /* the oldest, for there were as many as allowed, or after five seconds */
  uint64_t bytes_out;           /* that TCP took of the send rings */
  uint64_t flows;               /* connections in TCP's memory now, half-open ones and those that it finishes alone included */
};

/* The table of what Java relies on. */
TP_API const struct tp_abi_entry *tp_lwip_abi(void);

/* "lwip-VERSION", and by which options it was built. */
TP_API const char *tp_stack_name(void);

/*
 * Opens the stack over a device, which stays the caller's and outlives it. Touches the device only from the first poll
 * on. 0, -EALREADY when one is open, -EINVAL for a value out of range, -ENOMEM.
 */
TP_API int tp_stack_open(struct tp_device *device, const struct tp_stack_config *config, struct tp_stack_view *view);

/* Listens on a port; 0 takes a free one. Returns the port, -EALREADY when it listens, -EADDRINUSE, -ENOMEM. */
TP_API int tp_stack_listen(uint32_t port);

/* Stops listening; connections stay. */
TP_API void tp_stack_unlisten(void);

/* One turn. Returns the number of frames received and connections that had work: 0 when nothing was to do. */
TP_API int tp_stack_poll(void);

/* Forgets every connection without a word to its peer, and frees the memory of the view. */
TP_API void tp_stack_close(void);

#endif
