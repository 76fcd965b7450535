/* Every TCP connection of the stack, half-open ones and those in TIME_WAIT included, found by its addresses. */
#ifndef TRADEPIT_FLOWS_H
#define TRADEPIT_FLOWS_H

#include "lwip/tcp.h"

struct tp_stream; /* of streams.h: what Java has of a connection */

struct tp_flow {
  struct tcp_pcb *pcb;
  struct tp_flow *next_in_bucket;
  struct tp_flow *older; /* of half-open ones */
  struct tp_flow *newer;
  struct tp_stream *stream; /* NULL while half-open, when refused and when Java has done with it */
  uint32_t bucket;
  uint8_t is_half_open;
  uint8_t hardware_address[6]; /* where its last frame came from */
};

/* Forgets all; at most max_half_open half-open ones from now on. */
void tp_flows_open(uint32_t max_half_open);

/* Makes the connections that this listener accepts known. */
void tp_flows_follow(struct tcp_pcb *listener);

struct tp_flow *tp_flow_of(const struct tcp_pcb *pcb);

/* The handshake is done. */
void tp_flow_opened(struct tp_flow *flow);

uint32_t tp_flows_half_open(void);
uint64_t tp_flows_half_open_dropped(void);

/* streams.c: TCP has freed the connection. */
void tp_stream_gone(struct tp_stream *stream);

#endif
