#include "flows.h"

#include <string.h>

#include "frame.h"
#include "hooks.h"
#include "lwip/ip.h"
#include "lwip/priv/tcp_priv.h"
#include "random.h"
#include "stack.h"

#define BUCKETS 16384 /* a power of two above MEMP_NUM_TCP_PCB */

static struct tp_flow flows[MEMP_NUM_TCP_PCB];
static struct tp_flow *buckets[BUCKETS];
static struct tp_flow *unused;
static struct tp_flow *oldest_half_open;
static struct tp_flow *newest_half_open;
static uint32_t half_open;
static uint32_t half_open_limit;
static uint64_t half_open_dropped;
static uint8_t argument;

static uint32_t bucket_of(uint32_t remote_address, uint16_t remote_port, uint16_t local_port) {
  uint64_t key = ((uint64_t)remote_address << 32) | ((uint32_t)remote_port << 16) | local_port;
  return (uint32_t)tp_keyed_hash(key) & (BUCKETS - 1);
}

static void leave_half_open(struct tp_flow *flow) {
  if (!flow->is_half_open) {
    return;
  }
  flow->is_half_open = 0;
  half_open--;
  *(flow->older != NULL ? &flow->older->newer : &oldest_half_open) = flow->newer;
  *(flow->newer != NULL ? &flow->newer->older : &newest_half_open) = flow->older;
}

static void enter_half_open(struct tp_flow *flow) {
  flow->is_half_open = 1;
  half_open++;
  flow->newer = NULL;
  flow->older = newest_half_open;
  *(newest_half_open != NULL ? &newest_half_open->newer : &oldest_half_open) = flow;
  newest_half_open = flow;
}

/* A SYN has made a connection. When too many are half-open the oldest goes: a flood's, as a member's handshake is short. */
static err_t on_syn(u8_t id, struct tcp_pcb_listen *listener, struct tcp_pcb *pcb) {
  LWIP_UNUSED_ARG(listener);
  if (half_open == half_open_limit) {
    half_open_dropped++;
    tcp_abandon(oldest_half_open->pcb, 0);
  }
  struct tp_flow *flow = unused;
  if (flow == NULL) {
    return ERR_MEM;
  }
  unused = flow->next_in_bucket;
  memset(flow, 0, sizeof *flow);
  flow->pcb = pcb;
  flow->bucket = bucket_of(ip_2_ip4(&pcb->remote_ip)->addr, pcb->remote_port, pcb->local_port);
  flow->next_in_bucket = buckets[flow->bucket];
  buckets[flow->bucket] = flow;
  memcpy(flow->hardware_address, tp_frame_source(), sizeof flow->hardware_address);
  enter_half_open(flow);
  tcp_ext_arg_set(pcb, id, flow);
  tp_flows_follow(pcb);
  return ERR_OK;
}

static void on_destroyed(u8_t id, void *data) {
  struct tp_flow *flow = data;
  LWIP_UNUSED_ARG(id);
  if (flow == NULL) {
    return; /* the listener's, and one that was refused in on_syn */
  }
  leave_half_open(flow);
  struct tp_flow **link = &buckets[flow->bucket];
  while (*link != flow) {
    link = &(*link)->next_in_bucket;
  }
  *link = flow->next_in_bucket;
  if (flow->stream != NULL) {
    tp_stream_gone(flow->stream);
  }
  flow->next_in_bucket = unused;
  unused = flow;
}

static const struct tcp_ext_arg_callbacks callbacks = {.destroy = on_destroyed, .passive_open = on_syn};

void tp_flows_open(uint32_t max_half_open) {
  memset(buckets, 0, sizeof buckets);
  unused = NULL;
  for (int i = MEMP_NUM_TCP_PCB - 1; i >= 0; i--) {
    flows[i].next_in_bucket = unused;
    unused = &flows[i];
  }
  oldest_half_open = newest_half_open = NULL;
  half_open = 0;
  half_open_limit = max_half_open;
  half_open_dropped = 0;
}

void tp_flows_follow(struct tcp_pcb *pcb) { tcp_ext_arg_set_callbacks(pcb, argument, &callbacks); }

struct tp_flow *tp_flow_of(const struct tcp_pcb *pcb) { return tcp_ext_arg_get(pcb, argument); }

void tp_flow_opened(struct tp_flow *flow) { leave_half_open(flow); }

uint32_t tp_flows_half_open(void) { return half_open; }

uint64_t tp_flows_half_open_dropped(void) { return half_open_dropped; }

static struct tcp_pcb *find(u16_t remote_port, u16_t local_port, int is_waiting) {
  uint32_t remote_address = ip4_current_src_addr()->addr;
  struct tp_flow *flow = buckets[bucket_of(remote_address, remote_port, local_port)];
  for (; flow != NULL; flow = flow->next_in_bucket) {
    const struct tcp_pcb *pcb = flow->pcb;
    if (pcb->remote_port == remote_port && pcb->local_port == local_port &&
        ip_2_ip4(&pcb->remote_ip)->addr == remote_address && (pcb->state == TIME_WAIT) == is_waiting) {
      return flow->pcb;
    }
  }
  return NULL;
}

struct tcp_pcb *tp_flow_active(u16_t remote_port, u16_t local_port) { return find(remote_port, local_port, 0); }

struct tcp_pcb *tp_flow_waiting(u16_t remote_port, u16_t local_port) { return find(remote_port, local_port, 1); }
