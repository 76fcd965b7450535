/* What Java has of a connection: its slot, its two rings and its part of the tables (stack.h). */
#ifndef TRADEPIT_STREAMS_H
#define TRADEPIT_STREAMS_H

#include "flows.h"
#include "stack.h"

/* Takes memory for the view; 0 or -ENOMEM. */
int tp_streams_open(const struct tp_stack_config *config, struct tp_stack_view *view);

void tp_streams_close(void);

/* lwIP's accept callback. */
err_t tp_streams_accept(void *unused, struct tcp_pcb *pcb, err_t error);

/* Empties the table of news: a poll begins. */
void tp_streams_begin(void);

/* Does what Java asks for. Returns how many connections that were. */
uint32_t tp_streams_work(void);

/* Has every connection try again to write and to send, after device or memory had no room. */
void tp_streams_retry(void);

/* Whether a connection can only go on by that. */
int tp_streams_stuck(void);

/* How many connections have news. */
uint32_t tp_streams_ready(void);

#endif
