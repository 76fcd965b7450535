/* A port's memory; written by its thread only. */
#ifndef TRADEPIT_PORT_STATE_H
#define TRADEPIT_PORT_STATE_H

#include "port.h"

#include <net/if.h>
#include <stdatomic.h>
#include <stdbool.h>

#include <rte_ethdev.h>
#include <rte_mbuf_dyn.h>

/* Ethernet header and one VLAN tag. */
#define TP_HEADER_BYTES (RTE_ETHER_HDR_LEN + RTE_VLAN_HLEN)
#define TP_PENDING_LIMIT 256

struct tp_port {
  struct tp_device device;
  struct rte_mempool *pool;
  uint64_t stamp_flag; /* 0: stamps are not read */
  uint64_t stamp_tick_ns;
  int64_t stamp_offset_ns;
  int stamp_field;
  bool is_started;
  bool is_of_kernel_rings; /* AF_XDP: buffers are told to the kernel as one piece of memory */
  uint16_t id;
  uint16_t receive_ring;
  uint16_t send_ring;
  uint16_t pending_count;
  uint16_t described_count; /* of these, the first whose checksums were left to the device */
  uint32_t can;
  uint32_t does;
  uint64_t in_pieces;
  uint64_t refused_room;
  uint64_t foreign_stamps;
  uint64_t dropped;
  uint64_t stuck_since_ns; /* the device has taken nothing since, while its link was up; 0: it took some */
  atomic_bool is_link_down; /* the one that other threads write, see tp_port_link */
  bool is_virtual;
  int link_socket; /* of the network namespace that the port was opened in; -1: the driver knows the link */
  char name[TP_NAME_BYTES];
  char interface[IFNAMSIZ];
  struct rte_mbuf *pending[TP_PENDING_LIMIT];
};

/* interface.c: 1: the link is up; 0: down; or -errno. */
int tp_link_of(struct tp_port *port);

#endif
