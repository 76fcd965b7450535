/* A port's memory; written by its thread only. */
#ifndef TRADEPIT_PORT_STATE_H
#define TRADEPIT_PORT_STATE_H

#include "port.h"

#include <stdbool.h>

#include <rte_ethdev.h>
#include <rte_mbuf_dyn.h>

/* Ethernet header and one VLAN tag. */
#define TP_HEADER_BYTES (RTE_ETHER_HDR_LEN + RTE_VLAN_HLEN)
#define TP_PENDING_LIMIT 256

struct tp_port {
  struct tp_device device;
  struct rte_mempool *pool;
  struct rte_device *bus_device;
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
  struct rte_mbuf *pending[TP_PENDING_LIMIT];
};

#endif
