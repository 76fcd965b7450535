/* A port's frames: receive, release, reserve, flush. What opens and closes it is in attach.c. */
#include "port-state.h"

#include <string.h>
#include <time.h>

#include <rte_ip.h>
#include <rte_prefetch.h>
#include <rte_tcp.h>
#include <rte_udp.h>

#define BURST 64
#define SHORTEST_FRAME 60
#define STUCK_NS 1000000000ull
#define NS_PER_SECOND 1000000000ll

#define IN_CHECKSUMS (RTE_MBUF_F_RX_IP_CKSUM_MASK | RTE_MBUF_F_RX_L4_CKSUM_MASK)
#define IN_CHECKSUMS_GOOD (RTE_MBUF_F_RX_IP_CKSUM_GOOD | RTE_MBUF_F_RX_L4_CKSUM_GOOD)

static int64_t clock_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return now.tv_sec * NS_PER_SECOND + now.tv_nsec;
}

/* 0 for a stamp that cannot be this machine's time: a card whose clock nobody steers. */
static uint64_t stamp(struct tp_port *port, const struct rte_mbuf *frame, int64_t now_ns) {
  int64_t stamp_ns;
  if ((frame->ol_flags & port->stamp_flag) == 0) {
    return 0;
  }
  stamp_ns = (int64_t)(*RTE_MBUF_DYNFIELD(frame, port->stamp_field, uint64_t *) * port->stamp_tick_ns) + port->stamp_offset_ns;
  if (stamp_ns > now_ns + NS_PER_SECOND || stamp_ns < now_ns - NS_PER_SECOND) {
    port->foreign_stamps++;
    return 0;
  }
  return (uint64_t)stamp_ns;
}

uint16_t tp_port_receive(void *context, struct tp_frame *frames, uint16_t limit) {
  struct tp_port *port = context;
  struct rte_mbuf *burst[BURST];
  uint16_t taken = 0;
  uint16_t count = rte_eth_rx_burst(port->id, 0, burst, limit < BURST ? limit : BURST);
  int64_t now_ns = count > 0 && port->stamp_flag != 0 ? clock_ns() : 0;
  for (uint16_t i = 0; i < count; i++) {
    rte_prefetch0(rte_pktmbuf_mtod(burst[i], void *));
  }
  for (uint16_t i = 0; i < count; i++) {
    struct rte_mbuf *frame = burst[i];
    if (unlikely(frame->nb_segs > 1)) {
      port->in_pieces++;
      rte_pktmbuf_free(frame);
      continue;
    }
    frames[taken++] = (struct tp_frame){
        .data = rte_pktmbuf_mtod(frame, const uint8_t *),
        .length = rte_pktmbuf_data_len(frame),
        .flags = (frame->ol_flags & IN_CHECKSUMS) == IN_CHECKSUMS_GOOD ? TP_FRAME_CHECKSUM_GOOD : 0,
        .stamp_ns = port->stamp_flag != 0 ? stamp(port, frame, now_ns) : 0,
        .handle = frame,
    };
  }
  return taken;
}

void tp_port_release(void *context, struct tp_frame *frames, uint16_t count) {
  (void)context;
  for (uint16_t i = 0; i < count; i++) {
    rte_pktmbuf_free(frames[i].handle);
  }
}

uint8_t *tp_port_reserve(void *context, uint16_t length) {
  struct tp_port *port = context;
  uint16_t padded = length < SHORTEST_FRAME ? SHORTEST_FRAME : length;
  struct rte_mbuf *frame = NULL;
  uint8_t *bytes;
  if (port->pending_count < TP_PENDING_LIMIT && length <= port->device.mtu + TP_HEADER_BYTES) {
    frame = rte_pktmbuf_alloc(port->pool);
  }
  if (frame == NULL) {
    port->refused_room++;
    return NULL;
  }
  bytes = (uint8_t *)rte_pktmbuf_append(frame, padded);
  memset(bytes + length, 0, padded - length);
  port->pending[port->pending_count++] = frame;
  return bytes;
}

/* A card pads by itself, and QEMU's e1000e takes padding of ours for a part of the datagram whose sum it makes. */
static void cut_padding(struct rte_mbuf *frame, uint16_t length) {
  if (rte_pktmbuf_pkt_len(frame) > length) {
    rte_pktmbuf_trim(frame, (uint16_t)(rte_pktmbuf_pkt_len(frame) - length));
  }
}

/* Tells the device where its checksums go. The frame was built here, so its lengths are right. */
static void leave_checksums(struct rte_mbuf *frame) {
  struct rte_ether_hdr *ether = rte_pktmbuf_mtod(frame, struct rte_ether_hdr *);
  bool is_tagged = ether->ether_type == RTE_BE16(RTE_ETHER_TYPE_VLAN);
  struct rte_vlan_hdr *tag = (struct rte_vlan_hdr *)(ether + 1);
  struct rte_ipv4_hdr *ip = (struct rte_ipv4_hdr *)((uint8_t *)(ether + 1) + (is_tagged ? sizeof *tag : 0));
  void *segment;
  if ((is_tagged ? tag->eth_proto : ether->ether_type) != RTE_BE16(RTE_ETHER_TYPE_IPV4)) {
    return;
  }
  frame->l2_len = (uint64_t)((uint8_t *)ip - (uint8_t *)ether);
  frame->l3_len = rte_ipv4_hdr_len(ip);
  frame->ol_flags |= RTE_MBUF_F_TX_IPV4 | RTE_MBUF_F_TX_IP_CKSUM;
  ip->hdr_checksum = 0;
  cut_padding(frame, (uint16_t)(frame->l2_len + rte_be_to_cpu_16(ip->total_length)));
  segment = (uint8_t *)ip + frame->l3_len;
  if ((ip->fragment_offset & RTE_BE16(RTE_IPV4_HDR_MF_FLAG | RTE_IPV4_HDR_OFFSET_MASK)) != 0) {
    return;
  }
  if (ip->next_proto_id == IPPROTO_TCP) {
    frame->ol_flags |= RTE_MBUF_F_TX_TCP_CKSUM;
    struct rte_tcp_hdr *tcp = segment;
    frame->l4_len = (tcp->data_off >> 4) * 4u;
    tcp->cksum = rte_ipv4_phdr_cksum(ip, frame->ol_flags);
  } else if (ip->next_proto_id == IPPROTO_UDP) {
    frame->ol_flags |= RTE_MBUF_F_TX_UDP_CKSUM;
    struct rte_udp_hdr *udp = segment;
    frame->l4_len = sizeof *udp;
    udp->dgram_cksum = rte_ipv4_phdr_cksum(ip, frame->ol_flags);
  }
}

/* What waited for a device or a link that came back would be of another time: TCP has sent it again, and a feed has gone on. */
static void drop_pending(struct tp_port *port) {
  port->dropped += port->pending_count;
  rte_pktmbuf_free_bulk(port->pending, port->pending_count);
  port->pending_count = 0;
  port->described_count = 0;
}

/*
 * The device has not taken all: keeps the rest, unless it has taken nothing for long. From then on all is dropped at once, until it
 * takes some: frames kept for a second each time would hold back their sender, and with it the segment, as long as the device is stuck.
 */
static void keep_rest(struct tp_port *port, uint16_t sent, uint16_t count) {
  struct timespec now;
  uint64_t now_ns;
  port->pending_count = port->described_count = count - sent;
  if (sent > 0) {
    memmove(port->pending, port->pending + sent, port->pending_count * sizeof port->pending[0]);
    port->stuck_since_ns = 0;
    return;
  }
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  now_ns = (uint64_t)now.tv_sec * NS_PER_SECOND + (uint64_t)now.tv_nsec;
  if (port->stuck_since_ns == 0) {
    port->stuck_since_ns = now_ns;
  } else if (now_ns - port->stuck_since_ns > STUCK_NS) {
    drop_pending(port);
  }
}

uint16_t tp_port_flush(void *context) {
  struct tp_port *port = context;
  uint16_t count = port->pending_count;
  uint16_t sent;
  if (count == 0) {
    return 0;
  }
  if (unlikely(atomic_load_explicit(&port->is_link_down, memory_order_relaxed))) {
    drop_pending(port);
    port->stuck_since_ns = 0;
    return 0;
  }
  if ((port->device.flags & TP_DEVICE_SENDS_CHECKSUMS) != 0) {
    for (uint16_t i = port->described_count; i < count; i++) {
      leave_checksums(port->pending[i]);
    }
  }
  sent = rte_eth_tx_burst(port->id, 0, port->pending, count);
  if (unlikely(sent < count)) {
    keep_rest(port, sent, count);
  } else {
    port->pending_count = port->described_count = 0;
    port->stuck_since_ns = 0;
  }
  return sent;
}
