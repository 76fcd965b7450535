/* The stack of stack.h: lwIP's only interface, its device and its turns. */
#include <errno.h>
#include <string.h>
#include <stdio.h>
#include <time.h>

#include "flows.h"
#include "frame.h"
#include "hooks.h"
#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/priv/tcp_priv.h"
#include "lwip/stats.h"
#include "netif/ethernet.h"
#include "random.h"
#include "stack.h"
#include "streams.h"

#define BURST 64
#define HELD_FRAMES 512 /* of the device's, at most, in segments that wait for an earlier one */
#define ARP_INTERVAL_NS (ARP_TMR_INTERVAL * 1000000ULL)
#define TCP_INTERVAL_NS (TCP_TMR_INTERVAL * 1000000ULL)
#define ETHERNET_BYTES 14
#define VLAN_BYTES 4
#define VLAN_NUMBER 0xfff
#define NO_VLAN (-1)

/* A frame of the device while lwIP reads from it. */
struct held_frame {
  struct pbuf_custom pbuf; /* first: lwIP's free callback gets its address */
  struct tp_frame frame;
  struct held_frame *next;
};

static struct tp_device *device;
static struct netif interface;
static struct tcp_pcb *listener;
static struct tp_stack_statistics *statistics;
static struct held_frame held_frames[HELD_FRAMES];
static struct held_frame *unheld;
/* Of the frame that is being received: lwIP may have given it back while it answers. */
static struct {
  uint64_t stamp_ns;
  uint8_t source[6];
  uint8_t is_there;
} current;
static uint64_t tcp_due_ns;
static uint64_t arp_due_ns;
static int32_t vlan;
static int is_started;
static int is_blocked; /* the device had no room; TCP has segments that nothing else would send */

void tp_broken(const char *what, const char *file, int line) {
  fprintf(stderr, "tradepit: stack broken: %s at %s:%d\n", what, file, line);
  abort();
}

u32_t sys_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return (u32_t)((uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000);
}

/* lwIP's word that a timer is needed from now on: the poll runs them always. */
void tcp_timer_needed(void) {}

const uint8_t *tp_frame_source(void) { return current.source; }

uint64_t tp_frame_stamp(void) { return current.stamp_ns; }

int tp_is_our_vlan(u16_t tag) { return (tag & VLAN_NUMBER) == vlan; }

s32_t tp_vlan_to_set(void) { return vlan; }

/* Sending. */

static err_t send_frame(struct netif *netif, struct pbuf *chain) {
  LWIP_UNUSED_ARG(netif);
  uint8_t *room = device->reserve(device->context, chain->tot_len);
  if (room == NULL) {
    statistics->frames_not_sent++;
    is_blocked = 1;
    return ERR_MEM;
  }
  pbuf_copy_partial(chain, room, chain->tot_len, 0);
  statistics->frames_out++;
  return ERR_OK;
}

/* A segment is sent again: its peer may have moved to another card. */
static void ask_arp(struct netif *netif, struct tp_flow *flow, const ip4_addr_t *to) {
  const ip4_addr_t *hop = ip4_addr_netcmp(to, netif_ip4_addr(netif), netif_ip4_netmask(netif)) ? to : netif_ip4_gw(netif);
  struct eth_addr *known;
  const ip4_addr_t *ignored;
  if (ip4_addr_isany(hop)) {
    return; /* of another network, and there is no gateway: where its frames come from is all that is known */
  }
  if (etharp_find_addr(netif, hop, &known, &ignored) >= 0) {
    memcpy(flow->hardware_address, known, sizeof flow->hardware_address);
  } else {
    etharp_request(netif, hop);
  }
}

/*
 * Where a packet goes without waiting for ARP: a connection's to where its peer's last good frame came from, an answer to
 * where the frame came from that it answers. So a flood from made-up addresses cannot push members out of the table of
 * ARP, and no segment lies in a queue of ARP, whose bytes Java may have written anew when it is sent at last.
 */
static const uint8_t *hardware_address(struct netif *netif, const ip4_addr_t *to) {
  if (netif->hints != NULL) {
    const struct tcp_pcb *pcb =
        (const struct tcp_pcb *)((const uint8_t *)netif->hints - offsetof(struct tcp_pcb, netif_hints));
    if (pcb->state != LISTEN) {
      if (pcb->nrtx > 0 && pcb->state != SYN_RCVD) {
        ask_arp(netif, tp_flow_of(pcb), to);
      }
      return tp_flow_of(pcb)->hardware_address;
    }
  }
  if (current.is_there && ip4_current_src_addr()->addr == to->addr) {
    return tp_frame_source();
  }
  return NULL;
}

static err_t send_packet(struct netif *netif, struct pbuf *packet, const ip4_addr_t *to) {
  const uint8_t *address = hardware_address(netif, to);
  if (address == NULL) {
    return etharp_output(netif, packet, to);
  }
  return ethernet_output(netif, packet, (const struct eth_addr *)netif->hwaddr, (const struct eth_addr *)address,
                         ETHTYPE_IP);
}

/* Receiving. */

static void give_back_frame(struct pbuf *p) {
  struct held_frame *held = (struct held_frame *)p;
  device->release(device->context, &held->frame, 1);
  held->next = unheld;
  unheld = held;
}

/* lwIP reads the frame where the device has it; a copy when too many are being kept. NULL: no memory. */
static struct pbuf *wrap_once(const struct tp_frame *frame) {
  struct held_frame *held = unheld;
  if (held != NULL) {
    unheld = held->next;
    held->frame = *frame;
    held->pbuf.custom_free_function = give_back_frame;
    return pbuf_alloced_custom(PBUF_RAW, (u16_t)frame->length, PBUF_REF, &held->pbuf, (void *)(uintptr_t)frame->data,
                               (u16_t)frame->length);
  }
  struct pbuf *copy = pbuf_alloc(PBUF_RAW, (u16_t)frame->length, PBUF_POOL);
  if (copy != NULL) {
    pbuf_take(copy, frame->data, (u16_t)frame->length);
    device->release(device->context, (struct tp_frame *)(uintptr_t)frame, 1);
  }
  return copy;
}

/* When frames that came out of order hold all memory, those of one connection go: else what they wait for found none. */
static struct pbuf *wrap(const struct tp_frame *frame) {
  struct pbuf *wrapped = wrap_once(frame);
  if (wrapped == NULL) {
    PBUF_CHECK_FREE_OOSEQ();
    wrapped = wrap_once(frame);
  }
  return wrapped;
}

/* Whether lwIP may see the frame: it reads the headers of IP and ARP before it looks at the length. */
static int is_ours(const struct tp_frame *frame) {
  uint32_t header = vlan == NO_VLAN ? ETHERNET_BYTES : ETHERNET_BYTES + VLAN_BYTES;
  if (frame->length < header + IP_HLEN || frame->length > 0xffff) {
    return 0;
  }
  if (vlan != NO_VLAN && ((frame->data[12] << 8 | frame->data[13]) != ETHTYPE_VLAN ||
                          ((frame->data[14] << 8 | frame->data[15]) & VLAN_NUMBER) != vlan)) {
    return 0;
  }
  int type = frame->data[header - 2] << 8 | frame->data[header - 1];
  return type == ETHTYPE_IP || (type == ETHTYPE_ARP && frame->length >= header + SIZEOF_ETHARP_HDR);
}

static void receive(struct tp_frame *frame) {
  statistics->frames_in++;
  if (!is_ours(frame)) {
    statistics->frames_not_ours++;
    device->release(device->context, frame, 1);
    return;
  }
  struct pbuf *p = wrap(frame);
  if (p == NULL) {
    statistics->frames_no_memory++;
    device->release(device->context, frame, 1);
    return;
  }
  int is_proved = (frame->flags & TP_FRAME_CHECKSUM_GOOD) != 0;
  uint16_t checks = is_proved ? 0 : NETIF_CHECKSUM_CHECK_IP | NETIF_CHECKSUM_CHECK_TCP | NETIF_CHECKSUM_CHECK_ICMP;
  NETIF_SET_CHECKSUM_CTRL(&interface, (interface.chksum_flags & ~0xff00) | checks);
  current.stamp_ns = frame->stamp_ns;
  memcpy(current.source, (const uint8_t *)p->payload + sizeof current.source, sizeof current.source);
  current.is_there = 1;
  if (interface.input(p, &interface) != ERR_OK) {
    pbuf_free(p);
  }
  current.is_there = 0;
}

static uint16_t receive_burst(void) {
  struct tp_frame frames[BURST];
  uint16_t count = device->receive(device->context, frames, BURST);
  for (uint16_t i = 0; i < count; i++) {
    receive(&frames[i]);
  }
  return count;
}

/* Turns. */

static uint64_t coarse_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return (uint64_t)now.tv_sec * 1000000000ULL + (uint64_t)now.tv_nsec;
}

static void start(void) {
  is_started = 1;
  tcp_due_ns = arp_due_ns = coarse_ns();
  netif_set_up(&interface); /* tells the network who has our address */
}

static void run_timers(void) {
  uint64_t now_ns = coarse_ns();
  if (now_ns >= tcp_due_ns) {
    tcp_tmr();
    tp_flows_expire();
    tcp_due_ns = now_ns + TCP_INTERVAL_NS;
  }
  if (now_ns >= arp_due_ns) {
    etharp_tmr();
    arp_due_ns = now_ns + ARP_INTERVAL_NS;
  }
}

int tp_stack_poll(void) {
  if (!is_started) {
    start();
  }
  tp_streams_begin();
  if (is_blocked || tp_streams_stuck()) {
    is_blocked = 0;
    tp_streams_retry();
  }
  uint32_t work = tp_streams_work();
  work += receive_burst();
  tp_flows_close_refused();
  run_timers();
  device->flush(device->context);
  statistics->half_open = tp_flows_half_open();
  statistics->flows = tp_flows_count();
  statistics->half_open_dropped = tp_flows_half_open_dropped();
  statistics->checksum_errors = lwip_stats.tcp.chkerr;
  statistics->segments_sent_again = lwip_stats.mib2.tcpretranssegs;
  return (int)(work + tp_streams_ready());
}

/* Begin and end. */

static err_t set_up(struct netif *netif) {
  netif->name[0] = 't';
  netif->name[1] = 'p';
  netif->output = send_packet;
  netif->linkoutput = send_frame;
  netif->mtu = device->mtu;
  netif->hwaddr_len = sizeof device->mac;
  memcpy(netif->hwaddr, device->mac, sizeof device->mac);
  netif->flags = NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
  int is_sender = (device->flags & TP_DEVICE_SENDS_CHECKSUMS) != 0;
  NETIF_SET_CHECKSUM_CTRL(netif, is_sender ? NETIF_CHECKSUM_GEN_ICMP
                                           : NETIF_CHECKSUM_GEN_IP | NETIF_CHECKSUM_GEN_TCP | NETIF_CHECKSUM_GEN_ICMP);
  return ERR_OK;
}

static int is_valid(const struct tp_device *opened, const struct tp_stack_config *config) {
  return opened->mtu >= 576 && opened->mtu <= 9000 && config->address != 0 && config->prefix >= 1 &&
         config->prefix <= 32 && config->vlan <= 4094 && config->max_connections >= 1 &&
         config->max_connections <= TP_STACK_MAX_CONNECTIONS && config->max_half_open >= 1 &&
         config->max_half_open <= TP_STACK_MAX_HALF_OPEN && config->send_bytes >= 4096 &&
         (config->send_bytes & (config->send_bytes - 1)) == 0;
}

const char *tp_stack_name(void) { return "lwip-" LWIP_VERSION_STRING "-" TP_OPTIONS_NAME; }

int tp_stack_open(struct tp_device *opened, const struct tp_stack_config *config, struct tp_stack_view *view) {
  if (device != NULL) {
    return -EALREADY;
  }
  if (!is_valid(opened, config)) {
    return -EINVAL;
  }
  int error = tp_random_open();
  if (error == 0) {
    error = tp_streams_open(config, view);
  }
  if (error != 0) {
    return error;
  }
  device = opened;
  statistics = view->statistics;
  view->may_wait = (opened->flags & TP_DEVICE_MAY_WAIT) != 0;
  vlan = config->vlan == 0 ? NO_VLAN : (int32_t)config->vlan;
  memset(&current, 0, sizeof current);
  is_started = is_blocked = 0;
  unheld = NULL;
  for (int i = 0; i < HELD_FRAMES; i++) {
    held_frames[i].next = unheld;
    unheld = &held_frames[i];
  }
  memset(&lwip_stats, 0, sizeof lwip_stats);
  lwip_init();
  tp_flows_open(config->max_half_open);
  ip4_addr_t address = {lwip_htonl(config->address)};
  ip4_addr_t mask = {lwip_htonl(~(uint32_t)((1ULL << (32 - config->prefix)) - 1))};
  ip4_addr_t gateway = {lwip_htonl(config->gateway)};
  netif_add(&interface, &address, &mask, &gateway, NULL, set_up, ethernet_input);
  netif_set_default(&interface);
  return 0;
}

int tp_stack_listen(uint32_t port) {
  if (listener != NULL) {
    return -EALREADY;
  }
  struct tcp_pcb *bound = tcp_new();
  if (bound == NULL) {
    return -ENOMEM;
  }
  if (tcp_bind(bound, &interface.ip_addr, (u16_t)port) != ERR_OK) {
    tcp_close(bound);
    return -EADDRINUSE;
  }
  tp_flows_follow(bound);
  listener = tcp_listen(bound);
  if (listener == NULL) {
    tcp_close(bound);
    return -ENOMEM;
  }
  tcp_accept(listener, tp_streams_accept);
  return listener->local_port;
}

void tp_stack_unlisten(void) {
  if (listener != NULL) {
    tcp_close(listener);
    listener = NULL;
  }
}

void tp_stack_close(void) {
  if (device == NULL) {
    return;
  }
  tp_stack_unlisten();
  while (tcp_active_pcbs != NULL) {
    tcp_abandon(tcp_active_pcbs, 0);
  }
  while (tcp_tw_pcbs != NULL) {
    tcp_abandon(tcp_tw_pcbs, 0);
  }
  etharp_cleanup_netif(&interface);
  netif_remove(&interface);
  tp_streams_close();
  device = NULL;
}
