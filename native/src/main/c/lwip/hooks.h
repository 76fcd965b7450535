/* What lwIP asks us, from within its own sources. */
#ifndef TRADEPIT_HOOKS_H
#define TRADEPIT_HOOKS_H

#include "lwip/ip_addr.h"

struct tcp_pcb;

/* random.c: RFC 6528. flows.c: the same, or beyond those of the connection whose place the new one takes */
u32_t tp_initial_sequence(const ip_addr_t *local_ip, u16_t local_port, const ip_addr_t *remote_ip, u16_t remote_port);
u32_t tp_flow_sequence(const ip_addr_t *local_ip, u16_t local_port, const ip_addr_t *remote_ip, u16_t remote_port);

/* flows.c: the connection of the segment being received, where the lists of TCP begin their search; NULL: none */
struct tcp_pcb *tp_flow_active(u16_t remote_port, u16_t local_port);
struct tcp_pcb *tp_flow_waiting(u16_t remote_port, u16_t local_port, u8_t flags, u32_t sequence);

/* lwip.c: the VLAN of the stack; -1: frames carry none */
int tp_is_our_vlan(u16_t tag);
s32_t tp_vlan_to_set(void);

#endif
