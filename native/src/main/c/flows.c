#include "flows.h"

#include <string.h>

#include "frame.h"
#include "hooks.h"
#include "lwip/ip.h"
#include "lwip/priv/tcp_priv.h"
#include "random.h"
#include "stack.h"

#define BUCKETS 16384 /* a power of two above MEMP_NUM_TCP_PCB */

/* Each finished by a FIN, as a person would like it; beyond them a peer that comes again and again gets resets. */
#define REFUSED_LIMIT 64
/* With those of Java, half-open ones and refused ones fewer than MEMP_NUM_TCP_PCB, so that TCP never looks for one to give up. */
#define ALONE_LIMIT (TP_STACK_MAX_CONNECTIONS - 2 * REFUSED_LIMIT)
/* Seven SYN-ACKs, each after twice the time; TCP alone would go on for 20 s. */
#define HANDSHAKE_MS 5000
/* A round trip that is measured by a handshake counts as this at most. */
#define LONGEST_ROUND_TRIP_MS 1000
/* Beyond what the connection before may have had in flight. */
#define SEQUENCE_STEP (2 * TCP_SND_BUF)

static struct tp_flow flows[MEMP_NUM_TCP_PCB];
static struct tp_flow *buckets[BUCKETS];
static struct tp_flow *unused;
static struct tp_flow_queue half_open; /* the handshake is not done */
static struct tp_flow_queue refused;   /* to be closed, in this turn */
static struct tp_flow_queue alone;     /* TCP closes them */
static uint32_t used;
static uint32_t refused_count; /* in memory, of those that are closed and not reset */
static uint32_t half_open_limit;
static uint64_t half_open_dropped;
static uint32_t sequence_before; /* the last of ours of the connection that the next one takes the place of */
static uint8_t has_sequence_before;
static uint8_t argument;

static uint32_t bucket_of(uint32_t remote_address, uint16_t remote_port, uint16_t local_port) {
  uint64_t key = ((uint64_t)remote_address << 32) | ((uint32_t)remote_port << 16) | local_port;
  return (uint32_t)tp_keyed_hash(key) & (BUCKETS - 1);
}

static void leave(struct tp_flow *flow) {
  struct tp_flow_queue *queue = flow->queue;
  if (queue == NULL) {
    return;
  }
  flow->queue = NULL;
  queue->count--;
  *(flow->older != NULL ? &flow->older->newer : &queue->oldest) = flow->newer;
  *(flow->newer != NULL ? &flow->newer->older : &queue->newest) = flow->older;
}

static void enter(struct tp_flow_queue *queue, struct tp_flow *flow) {
  leave(flow);
  flow->queue = queue;
  queue->count++;
  flow->newer = NULL;
  flow->older = queue->newest;
  *(queue->newest != NULL ? &queue->newest->newer : &queue->oldest) = flow;
  queue->newest = flow;
}

static void drop_half_open(void) {
  half_open_dropped++;
  tcp_abandon(half_open.oldest->pcb, 0);
}

/* A SYN has made a connection. When too many are half-open the oldest goes: a flood's, as a member's handshake is short. */
static err_t on_syn(u8_t id, struct tcp_pcb_listen *listener, struct tcp_pcb *pcb) {
  LWIP_UNUSED_ARG(listener);
  if (half_open.count == half_open_limit) {
    drop_half_open();
  }
  struct tp_flow *flow = unused;
  if (flow == NULL) {
    return ERR_MEM;
  }
  unused = flow->next_in_bucket;
  used++;
  memset(flow, 0, sizeof *flow);
  flow->pcb = pcb;
  flow->bucket = bucket_of(ip_2_ip4(&pcb->remote_ip)->addr, pcb->remote_port, pcb->local_port);
  flow->next_in_bucket = buckets[flow->bucket];
  buckets[flow->bucket] = flow;
  memcpy(flow->hardware_address, tp_frame_source(), sizeof flow->hardware_address);
  flow->since_ticks = tcp_ticks;
  enter(&half_open, flow);
  pcb->rto = pcb->sv = TP_FIRST_RTO_MS / TCP_SLOW_INTERVAL;
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
  leave(flow);
  refused_count -= flow->is_refused;
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
  used--;
}

static const struct tcp_ext_arg_callbacks callbacks = {.destroy = on_destroyed, .passive_open = on_syn};

void tp_flows_open(uint32_t max_half_open) {
  memset(buckets, 0, sizeof buckets);
  unused = NULL;
  for (int i = MEMP_NUM_TCP_PCB - 1; i >= 0; i--) {
    flows[i].next_in_bucket = unused;
    unused = &flows[i];
  }
  half_open = refused = alone = (struct tp_flow_queue){0};
  used = refused_count = 0;
  has_sequence_before = 0;
  half_open_limit = max_half_open;
  half_open_dropped = 0;
}

void tp_flows_follow(struct tcp_pcb *pcb) { tcp_ext_arg_set_callbacks(pcb, argument, &callbacks); }

struct tp_flow *tp_flow_of(const struct tcp_pcb *pcb) { return tcp_ext_arg_get(pcb, argument); }

/*
 * A SYN-ACK was sent twice, so that nobody knows which one is acknowledged, and TCP itself would measure from the last: less than the
 * round trip, for good, where that is longer than the time to send again. The time since the SYN is not less than it. As the first
 * measurement (RFC 6298 2.2) it gives three times as much, which others bring down. RFC 6298 5.7 has 3 s here: never more than that,
 * and less where the handshake shows that less will do.
 */
static void measure_handshake(const struct tp_flow *flow) {
  struct tcp_pcb *pcb = flow->pcb;
  if (pcb->nrtx > 0) {
    u32_t ticks = LWIP_MIN(tcp_ticks - flow->since_ticks + 1, LONGEST_ROUND_TRIP_MS / TCP_SLOW_INTERVAL);
    pcb->sa = (s16_t)(ticks << 3); /* in eighths of a tick */
    pcb->sv = (s16_t)(ticks << 1); /* four times the deviation, which is half of it */
    pcb->rttest = 0;
  }
}

void tp_flow_opened(struct tp_flow *flow) {
  measure_handshake(flow);
  leave(flow);
}

void tp_flow_part(struct tp_flow *flow) {
  flow->stream = NULL;
  if (alone.count == ALONE_LIMIT) {
    tcp_abandon(alone.oldest->pcb, 0);
  }
  enter(&alone, flow);
}

int tp_flow_refuse(struct tp_flow *flow) {
  if (refused_count == REFUSED_LIMIT) {
    return 0;
  }
  refused_count++;
  flow->is_refused = 1;
  enter(&refused, flow);
  return 1;
}

void tp_flows_close_refused(void) {
  while (refused.oldest != NULL) {
    struct tp_flow *flow = refused.oldest;
    tp_flow_part(flow);
    tcp_close(flow->pcb);
  }
}

void tp_flows_expire(void) {
  while (half_open.oldest != NULL && tcp_ticks - half_open.oldest->since_ticks > HANDSHAKE_MS / TCP_SLOW_INTERVAL) {
    drop_half_open();
  }
}

uint32_t tp_flows_count(void) { return used; }

uint32_t tp_flows_half_open(void) { return half_open.count; }

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

/*
 * A SYN beyond all that the peer sent on the closed connection begins a new one at once (RFC 1122 section 4.2.2.13), whose numbers
 * of ours are beyond all that were used before. Another SYN finds the old connection, which answers as it always did.
 */
struct tcp_pcb *tp_flow_waiting(u16_t remote_port, u16_t local_port, u8_t flags, u32_t sequence) {
  struct tcp_pcb *pcb = find(remote_port, local_port, 1);
  has_sequence_before = 0;
  if (pcb != NULL && (flags & (TCP_SYN | TCP_ACK | TCP_RST | TCP_FIN)) == TCP_SYN && TCP_SEQ_GT(sequence, pcb->rcv_nxt)) {
    sequence_before = pcb->snd_nxt;
    has_sequence_before = 1;
    tcp_abandon(pcb, 0);
    return NULL;
  }
  return pcb;
}

u32_t tp_flow_sequence(const ip_addr_t *local_ip, u16_t local_port, const ip_addr_t *remote_ip, u16_t remote_port) {
  u32_t sequence = tp_initial_sequence(local_ip, local_port, remote_ip, remote_port);
  if (has_sequence_before && !TCP_SEQ_GT(sequence, sequence_before)) {
    sequence = sequence_before + SEQUENCE_STEP;
  }
  has_sequence_before = 0;
  return sequence;
}
