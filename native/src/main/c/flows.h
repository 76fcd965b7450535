/* Every TCP connection of the stack, half-open ones and those in TIME_WAIT included, found by its addresses. */
#ifndef TRADEPIT_FLOWS_H
#define TRADEPIT_FLOWS_H

#include "lwip/tcp.h"

struct tp_stream; /* of streams.h: what Java has of a connection */

/* Flows by age: the first of a queue is the oldest. A flow is in one at most. */
struct tp_flow_queue {
  struct tp_flow *oldest;
  struct tp_flow *newest;
  uint32_t count;
};

struct tp_flow {
  struct tcp_pcb *pcb;
  struct tp_flow *next_in_bucket;
  struct tp_flow_queue *queue; /* NULL: it has a stream */
  struct tp_flow *older;
  struct tp_flow *newer;
  struct tp_stream *stream; /* NULL while half-open, when refused and when Java has done with it */
  uint32_t bucket;
  uint32_t since_ticks; /* of tcp_ticks, when its SYN came */
  uint8_t is_refused;
  uint8_t hardware_address[6]; /* where its last frame came from */
};

/* Forgets all; at most max_half_open half-open ones from now on. */
void tp_flows_open(uint32_t max_half_open);

/* Makes the connections that this listener accepts known. */
void tp_flows_follow(struct tcp_pcb *listener);

struct tp_flow *tp_flow_of(const struct tcp_pcb *pcb);

/* The handshake is done. */
void tp_flow_opened(struct tp_flow *flow);

/* Java has done with it: TCP finishes alone. When too many do the oldest is forgotten. */
void tp_flow_part(struct tp_flow *flow);

/* Java has no slot for it. 1: it is closed by tp_flows_close_refused; 0: too many are being closed, so reset it. */
int tp_flow_refuse(struct tp_flow *flow);

/* Closes what was refused; not while TCP is receiving, which would send one FIN twice. */
void tp_flows_close_refused(void);

/* Forgets handshakes that took too long; when TCP's timers have run. */
void tp_flows_expire(void);

/* Of all states. */
uint32_t tp_flows_count(void);

uint32_t tp_flows_half_open(void);
uint64_t tp_flows_half_open_dropped(void);

/* streams.c: TCP has freed the connection. */
void tp_stream_gone(struct tp_stream *stream);

#endif
