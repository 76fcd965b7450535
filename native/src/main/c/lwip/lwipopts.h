/*
 * How lwIP is built: no operating system, one thread, memory of fixed pools, TCP over Ethernet and IPv4 only.
 * With TP_STOCK_TCP the values of the distribution's own library stand for timers, windows and SACK, to measure what
 * the others bring.
 */
#ifndef TRADEPIT_LWIPOPTS_H
#define TRADEPIT_LWIPOPTS_H

#include "stack.h"

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_TIMERS 0 /* the poll calls tcp_tmr and etharp_tmr */
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0

#define LWIP_IPV4 1
#define LWIP_IPV6 0
#define LWIP_ARP 1
#define LWIP_ICMP 1
#define LWIP_TCP 1
#define LWIP_UDP 0
#define LWIP_RAW 0
#define LWIP_DNS 0
#define LWIP_DHCP 0
#define LWIP_AUTOIP 0
#define LWIP_IGMP 0
#define IP_FORWARD 0
#define IP_REASSEMBLY 0 /* a member's TCP sends no fragments, and reassembly is a door for floods */
#define IP_FRAG 0

#define ETHARP_SUPPORT_VLAN 1
#define ARP_TABLE_SIZE 127
#define ARP_QUEUEING 0 /* see hardware_address() */
#define LWIP_NETIF_HWADDRHINT 1 /* lets the output see which connection sends, see hardware_address() */

/* TCP */
#define TCP_MSS 1460
#define TCP_LISTEN_BACKLOG 0 /* half-open connections are bounded by flows.c, the oldest goes first */
#define TCP_QUEUE_OOSEQ 1
#define TCP_OOSEQ_MAX_PBUFS 64
#define LWIP_WND_SCALE 1
#define TCP_SND_BUF (256 * 1024)
#define TCP_SND_QUEUELEN 1024
#define TCP_SNDLOWAT (2 * TCP_MSS)
#define TCP_SNDQUEUELOWAT 512
#define TCP_OVERSIZE 0 /* written without a copy, see stack.h */
#define TCP_MSL 2000UL
#define LWIP_TCP_PCB_NUM_EXT_ARGS 1
#define TP_TCP_TICK_MS TCP_TMR_INTERVAL
#ifdef TP_STOCK_TCP
#define TCP_TMR_INTERVAL 250
#define TCP_WND 0xFFFF
#define TCP_RCV_SCALE 1
#define TP_FIRST_RTO_MS 3000
#define TP_OPTIONS_NAME "stock"
#else
/*
 * A segment is sent again after two to three slow ticks, and a slow tick is two of these: 48 to 72 ms. Not less, for
 * Linux holds back an acknowledgement for up to 40 ms (TCP_DELACK_MIN), and each that comes later than that would
 * have the segment sent twice. A peer that holds one back for longer, as others do for 200 ms, does have each lone segment sent
 * twice: to learn of that takes measurements of segments that were sent once (Karn's rule), of which there are none, or a time that
 * stays doubled until there is one, which this TCP does not keep.
 */
#define TCP_TMR_INTERVAL 12
/*
 * The same before a round trip was measured, for a SYN-ACK above all. RFC 6298 says a second, for a path of which nothing is
 * known; ours is a cross-connect, and a member who waits a second for his session has lost the opening. A peer that is farther than
 * this gets the SYN-ACK twice and answers it twice, and flows.c learns of the distance by that. The time doubles with each, flows.c
 * lets a handshake go after five seconds, and it bounds how many there are: so a SYN from a forged address draws seven frames at most.
 */
#define TP_FIRST_RTO_MS 72
#define LWIP_TCP_SACK_OUT 1
#define LWIP_TCP_MAX_SACK_NUM 4
#define TCP_WND (128 * 1024)
#define TCP_RCV_SCALE 2
#define TP_OPTIONS_NAME "own"
#endif
#define TP_RECEIVE_BYTES (128 * 1024)

/* Hooks: initial sequence numbers and the lookup of a segment's connection */
#define LWIP_HOOK_FILENAME "hooks.h"
#define LWIP_HOOK_TCP_ISN tp_flow_sequence
#define LWIP_HOOK_VLAN_CHECK(netif, eth_hdr, vlan_hdr) tp_is_our_vlan(lwip_ntohs((vlan_hdr)->prio_vid))
#define LWIP_HOOK_VLAN_SET(netif, p, src, dst, eth_type) tp_vlan_to_set()

/* Checksums: by the device where it can, per frame and per stack; else by ours, eight bytes at a time */
#define LWIP_CHECKSUM_CTRL_PER_NETIF 1
#define LWIP_CHKSUM tp_checksum
#define LWIP_CHECKSUM_ON_COPY 0

/* Memory: pools, taken at start. An instrumented build takes each piece from malloc, so that each is watched. */
#define MEM_ALIGNMENT 8
#define PBUF_POOL_SIZE 1024 /* of frames that are kept out of order when too many of the device's are */
#define LWIP_PBUF_REF_T u16_t
#define LWIP_SUPPORT_CUSTOM_PBUF 1 /* frames are read where the device has them */
#define MEMP_NUM_TCP_PCB (2 * TP_STACK_MAX_CONNECTIONS + TP_STACK_MAX_HALF_OPEN) /* and those in TIME_WAIT */
#define MEMP_NUM_TCP_PCB_LISTEN 1
#define MEMP_NUM_TCP_SEG 65535 /* the most that a pool has */
#define MEMP_NUM_PBUF 65535
#ifdef TP_MALLOC
#define MEM_LIBC_MALLOC 1
#define MEMP_MEM_MALLOC 1
#else
#define MEM_USE_POOLS 1
#define MEM_USE_POOLS_TRY_BIGGER_POOL 1
#define MEMP_USE_CUSTOM_POOLS 1
#endif

#define LWIP_STATS 1
#define MIB2_STATS 1
#define LWIP_STATS_LARGE 1
#define LINK_STATS 0
#define ETHARP_STATS 0
#define IP_STATS 0
#define ICMP_STATS 0
#define MEM_STATS 0
#define MEMP_STATS 0
#define SYS_STATS 0

#endif
