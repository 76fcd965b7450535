#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

#define QUEUE 8192
#define ETHERNET 14
#define PEER_TIMEOUT_NS 30000000ULL

unsigned wire_lost, wire_doubled;
int (*wire_passes)(const uint8_t *frame, uint32_t length);

static struct tp_stack_view view;
const struct tp_stack_view *wire_view = &view;

static uint64_t now_ns = 1000000000ULL;
static uint64_t random_state;
static const uint8_t stack_mac[6] = {2, 0, 0, 0, 0, 1};
static const uint8_t peer_mac[6] = {2, 0, 0, 0, 0, 2};
static uint16_t vlan_tag;

struct queued {
  uint32_t length;
  uint8_t *bytes; /* malloced, so that a read beyond it is seen */
};
static struct queued to_stack[QUEUE];
static uint32_t to_stack_head, to_stack_tail;
static struct queued to_peers[QUEUE];
static uint32_t to_peers_count;
static long held;

/* The stack's clock is ours. */
int clock_gettime(clockid_t clock, struct timespec *time) {
  (void)clock;
  time->tv_sec = (time_t)(now_ns / 1000000000ULL);
  time->tv_nsec = (long)(now_ns % 1000000000ULL);
  return 0;
}

/* And its keys are the same in each run. */
ssize_t getrandom(void *bytes, size_t length, unsigned flags) {
  (void)flags;
  memset(bytes, 7, length);
  return (ssize_t)length;
}

void wire_require(int is_true, const char *what, long long value) {
  if (!is_true) {
    fprintf(stderr, "broken: %s value=%lld time=%lld ms\n", what, value, (long long)(now_ns / 1000000));
    exit(1);
  }
}

uint64_t wire_now_ns(void) { return now_ns; }

void wire_pass_time(uint64_t ns) { now_ns += ns; }

uint32_t wire_random(uint32_t below) { /* splitmix64 */
  uint64_t z = (random_state += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return (uint32_t)((z ^ (z >> 31)) >> 32) % below;
}

/* The device. */

static uint16_t receive(void *context, struct tp_frame *frames, uint16_t limit) {
  (void)context;
  uint16_t count = 0;
  while (count < limit && to_stack_head != to_stack_tail) {
    struct queued *next = &to_stack[to_stack_head++ % QUEUE];
    frames[count++] = (struct tp_frame){.data = next->bytes, .length = next->length, .handle = next->bytes};
  }
  held += count;
  return count;
}

static void release(void *context, struct tp_frame *frames, uint16_t count) {
  (void)context;
  for (uint16_t i = 0; i < count; i++) {
    free(frames[i].handle);
  }
  held -= count;
}

static uint8_t *reserve(void *context, uint16_t length) {
  (void)context;
  if (to_peers_count == QUEUE || (wire_lost > 0 && wire_random(2000) == 0)) {
    return NULL;
  }
  struct queued *frame = &to_peers[to_peers_count++];
  frame->length = length;
  frame->bytes = malloc(length);
  return frame->bytes;
}

static uint16_t flush(void *context) {
  (void)context;
  return 0;
}

static struct tp_device device = {
    .mac = {2, 0, 0, 0, 0, 1}, .mtu = 1500, .receive = receive, .release = release, .reserve = reserve, .flush = flush};

void wire_open(uint64_t seed, uint32_t max_connections, uint32_t max_half_open, uint32_t vlan) {
  struct tp_stack_config config = {.address = STACK_ADDRESS,
                                   .prefix = 24,
                                   .vlan = vlan,
                                   .max_connections = max_connections,
                                   .max_half_open = max_half_open,
                                   .send_bytes = 1 << 15};
  random_state = seed;
  vlan_tag = (uint16_t)vlan;
  int error = tp_stack_open(&device, &config, &view);
  wire_require(error == 0, "open", error);
  int port = tp_stack_listen(STACK_PORT);
  wire_require(port == STACK_PORT, "listen", port);
}

void wire_close(void) {
  tp_stack_close();
  while (to_stack_head != to_stack_tail) {
    free(to_stack[to_stack_head++ % QUEUE].bytes);
  }
  wire_drop();
  wire_require(held == 0, "frames held after close", held);
}

/* Frames. */

static void put16(uint8_t *at, uint32_t value) {
  at[0] = (uint8_t)(value >> 8);
  at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value) {
  put16(at, value >> 16);
  put16(at + 2, value);
}

static uint32_t get16(const uint8_t *at) { return (uint32_t)at[0] << 8 | at[1]; }

static uint32_t get32(const uint8_t *at) { return get16(at) << 16 | get16(at + 2); }

static uint32_t sum(const uint8_t *bytes, uint32_t length, uint32_t before) {
  uint32_t total = before;
  for (uint32_t i = 0; i + 1 < length; i += 2) {
    total += get16(bytes + i);
  }
  if (length & 1) {
    total += (uint32_t)bytes[length - 1] << 8;
  }
  while (total >> 16) {
    total = (total & 0xffff) + (total >> 16);
  }
  return total;
}

static uint32_t header_bytes(void) { return vlan_tag != 0 ? ETHERNET + 4 : ETHERNET; }

static uint32_t tcp_sum(const uint8_t *ip, uint32_t segment_bytes) {
  return sum(ip + 20, segment_bytes, sum(ip + 12, 8, 6 + segment_bytes));
}

void wire_mend(uint8_t *frame, uint32_t length) {
  uint32_t header = header_bytes();
  if (length < header + 40) {
    return;
  }
  uint8_t *ip = frame + header;
  put16(ip + 10, 0);
  put16(ip + 10, ~sum(ip, 20, 0));
  put16(ip + 36, 0);
  put16(ip + 36, ~tcp_sum(ip, length - header - 20));
}

uint32_t wire_segment(uint8_t *frame, uint32_t address, uint16_t port, uint32_t sequence, uint32_t acknowledgement, uint8_t flags,
                      uint16_t window, const uint8_t *data, uint32_t length) {
  uint32_t options = flags & TCP_SYN_FLAG ? 8 : 0;
  uint32_t header = header_bytes();
  uint8_t *ip = frame + header;
  uint8_t *tcp = ip + 20;
  memcpy(frame, stack_mac, 6);
  memcpy(frame + 6, peer_mac, 6);
  if (vlan_tag != 0) {
    put16(frame + 12, 0x8100);
    put16(frame + 14, vlan_tag);
  }
  put16(ip - 2, 0x0800);
  memset(ip, 0, 40);
  ip[0] = 0x45;
  put16(ip + 2, 40 + options + length);
  ip[8] = 64;
  ip[9] = 6;
  put32(ip + 12, address);
  put32(ip + 16, STACK_ADDRESS);
  put16(tcp, port);
  put16(tcp + 2, STACK_PORT);
  put32(tcp + 4, sequence);
  put32(tcp + 8, acknowledgement);
  tcp[12] = (uint8_t)((20 + options) / 4 << 4);
  tcp[13] = flags;
  put16(tcp + 14, window);
  if (options != 0) {
    static const uint8_t mss_and_sack[8] = {2, 4, 5, 0xb4, 1, 1, 4, 2};
    memcpy(tcp + 20, mss_and_sack, 8);
  }
  if (length > 0) {
    memcpy(tcp + 20 + options, data, length);
  }
  wire_mend(frame, header + 40 + options + length);
  return header + 40 + options + length;
}

static void queue_to_stack(const uint8_t *frame, uint32_t length) {
  if (to_stack_tail - to_stack_head == QUEUE || length == 0) {
    return;
  }
  struct queued *next = &to_stack[to_stack_tail++ % QUEUE];
  next->length = length;
  next->bytes = malloc(length);
  memcpy(next->bytes, frame, length);
}

void wire_send(const uint8_t *frame, uint32_t length) {
  if (wire_lost > 0 && wire_random(1000) < wire_lost) {
    return;
  }
  queue_to_stack(frame, length);
  if (wire_doubled > 0 && wire_random(1000) < wire_doubled) {
    queue_to_stack(frame, length);
  }
}

/* Peers. */

static uint8_t pattern(const struct peer *peer, uint64_t position) { return (uint8_t)(position * 31 + (position >> 8) + peer->port); }

void peer_begin(struct peer *peer, uint32_t address, uint16_t port, uint64_t total) {
  *peer = (struct peer){.address = address, .port = port, .total = total, .first = wire_random(UINT32_MAX), .window = 60000};
}

static uint32_t segment_of(struct peer *peer, uint8_t *frame, uint8_t flags, uint64_t position, uint32_t length) {
  uint8_t data[1460] = {0};
  for (uint32_t i = 0; i < length; i++) {
    data[i] = pattern(peer, position + i);
  }
  return wire_segment(frame, peer->address, peer->port, peer->first + 1 + (uint32_t)position, peer->expected, flags,
                      (uint16_t)peer->window, data, length);
}

static uint32_t data_of(struct peer *peer, uint8_t *frame, uint64_t position) {
  uint64_t left = peer->total - position;
  uint32_t length = 1 + wire_random(wire_random(4) == 0 ? 1460 : 100);
  return segment_of(peer, frame, TCP_ACK_FLAG | TCP_PSH_FLAG, position, left < length ? (uint32_t)left : length);
}

static uint32_t length_of(const uint8_t *frame) {
  const uint8_t *ip = frame + header_bytes();
  return get16(ip + 2) - 20 - (ip[32] >> 4) * 4;
}

uint32_t peer_again(struct peer *peer, uint8_t *frame) {
  peer->quiet_since_ns = now_ns;
  if (peer->state == PEER_CLOSING) {
    return segment_of(peer, frame, TCP_ACK_FLAG | TCP_FIN_FLAG, peer->total, 0);
  }
  return peer->acknowledged < peer->sent ? data_of(peer, frame, peer->acknowledged)
                                         : segment_of(peer, frame, TCP_ACK_FLAG, peer->sent, 0);
}

uint32_t peer_next(struct peer *peer, uint8_t *frame) {
  int is_quiet = now_ns - peer->quiet_since_ns > PEER_TIMEOUT_NS;
  switch (peer->state) {
    case PEER_IDLE:
      peer->state = PEER_CONNECTING;
      peer->quiet_since_ns = now_ns;
      return wire_segment(frame, peer->address, peer->port, peer->first, 0, TCP_SYN_FLAG, 60000, NULL, 0);
    case PEER_CONNECTING:
      if (is_quiet) {
        peer->state = PEER_IDLE;
      }
      return 0;
    case PEER_OPEN:
      if (peer->sent < peer->total && peer->sent - peer->acknowledged < 16384) {
        uint32_t length = data_of(peer, frame, peer->sent);
        peer->sent += length_of(frame);
        return length;
      }
      if (peer->echoed == peer->total && peer->acknowledged == peer->total) {
        peer->state = PEER_CLOSING;
        return peer_again(peer, frame);
      }
      return is_quiet ? peer_again(peer, frame) : 0;
    case PEER_CLOSING:
      return is_quiet ? peer_again(peer, frame) : 0;
    default:
      return 0;
  }
}

static void acknowledge(struct peer *peer) {
  uint8_t frame[FRAME_BYTES];
  uint64_t position = peer->sent + (peer->state >= PEER_CLOSING ? 1 : 0);
  wire_send(frame, segment_of(peer, frame, TCP_ACK_FLAG, position, 0));
}

static void on_data(struct peer *peer, const uint8_t *data, uint32_t length, uint32_t sequence) {
  int32_t behind = (int32_t)(peer->expected - sequence);
  if (behind < 0 || (uint32_t)behind > length) {
    return;
  }
  for (uint32_t i = (uint32_t)behind; i < length; i++) {
    wire_require(data[i] == pattern(peer, peer->echoed), "echoed byte at", (long long)peer->echoed);
    peer->echoed++;
    peer->expected++;
  }
}

static void on_segment(struct peer *peer, const uint8_t *tcp, uint32_t bytes) {
  uint8_t flags = tcp[13];
  uint32_t header = (tcp[12] >> 4) * 4u;
  uint32_t sequence = get32(tcp + 4);
  uint32_t length = bytes - header;
  if (peer->state == PEER_DONE) {
    return;
  }
  if (flags & TCP_RST_FLAG) {
    peer->is_reset = 1;
    peer->state = PEER_DONE;
    return;
  }
  if (peer->state == PEER_CONNECTING) {
    if ((flags & (TCP_SYN_FLAG | TCP_ACK_FLAG)) == (TCP_SYN_FLAG | TCP_ACK_FLAG) && get32(tcp + 8) == peer->first + 1) {
      peer->expected = sequence + 1;
      peer->state = PEER_OPEN;
      peer->quiet_since_ns = now_ns;
      acknowledge(peer);
    }
    return;
  }
  if (peer->state != PEER_OPEN && peer->state != PEER_CLOSING) {
    return;
  }
  uint32_t acknowledged = get32(tcp + 8) - peer->first - 1;
  if (acknowledged > (uint32_t)peer->acknowledged && acknowledged <= (uint32_t)peer->sent) {
    peer->acknowledged = acknowledged;
    peer->quiet_since_ns = now_ns;
  }
  on_data(peer, tcp + header, length, sequence);
  if (flags & TCP_FIN_FLAG && sequence + length == peer->expected) {
    peer->expected++;
    peer->is_shut_by_stack = 1;
  }
  if (length > 0 || flags & (TCP_FIN_FLAG | TCP_SYN_FLAG)) {
    acknowledge(peer);
  }
  if (peer->is_shut_by_stack) {
    peer->state = PEER_DONE;
  }
}

static void answer_arp(const uint8_t *request) {
  uint8_t frame[FRAME_BYTES];
  uint32_t header = header_bytes();
  memcpy(frame, request, header + 28);
  memcpy(frame, stack_mac, 6);
  memcpy(frame + 6, peer_mac, 6);
  uint8_t *arp = frame + header;
  put16(arp + 6, 2);
  memcpy(arp + 8, peer_mac, 6);
  memcpy(arp + 14, request + header + 24, 4);
  memcpy(arp + 18, request + header + 8, 10);
  queue_to_stack(frame, header + 28);
}

static void deliver(struct peer *peers, unsigned count, const uint8_t *frame, uint32_t length) {
  uint32_t header = header_bytes();
  wire_require(vlan_tag == 0 || (get16(frame + 12) == 0x8100 && get16(frame + 14) == vlan_tag), "vlan", get16(frame + 12));
  const uint8_t *ip = frame + header;
  uint32_t type = get16(ip - 2);
  if (type == 0x0806) {
    if (get16(ip + 6) == 1 && get32(ip + 24) != STACK_ADDRESS) {
      answer_arp(frame);
    }
    return;
  }
  wire_require(type == 0x0800 && sum(ip, 20, 0) == 0xffff, "checksum of IP, type", type);
  if (ip[9] != 6) {
    return;
  }
  wire_require(tcp_sum(ip, get16(ip + 2) - 20) == 0xffff, "checksum of TCP, length", length);
  for (unsigned i = 0; i < count; i++) {
    if (peers[i].address == get32(ip + 16) && peers[i].port == get16(ip + 22)) {
      on_segment(&peers[i], ip + 20, get16(ip + 2) - 20);
      return;
    }
  }
}

/* An application that echoes, as far as the rings have room, and shuts when the peer does. */
static void echo(void) {
  for (uint32_t i = 0; i < view.ready->count; i++) {
    uint32_t slot = view.ready->slots[i];
    struct tp_connection *line = &view.connections[slot];
    if (line->number == 0) {
      continue;
    }
    wire_require(line->received - line->taken <= view.receive_bytes, "received", (long long)(line->received - line->taken));
    wire_require(line->queued - line->acknowledged <= 1 << 15, "queued", (long long)(line->queued - line->acknowledged));
    wire_require(line->mark_count - line->marks_read <= TP_STACK_MARKS, "marks", line->mark_count - line->marks_read);
    const uint8_t *in = view.receive_rings + slot * view.receive_bytes;
    uint8_t *out = view.send_rings + ((uint64_t)slot << 15);
    while (line->taken < line->received && line->queued - line->acknowledged < 1 << 15) {
      out[line->queued++ & ((1 << 15) - 1)] = in[line->taken++ & (view.receive_bytes - 1)];
    }
    while (line->marks_read < line->mark_count && line->marks[line->marks_read % TP_STACK_MARKS].end <= line->taken) {
      line->marks_read++;
    }
    if (line->state & TP_STATE_GONE) {
      line->orders = TP_ORDER_RELEASE;
    } else if (line->state & TP_STATE_PEER_SHUT && line->taken == line->received) {
      line->orders = TP_ORDER_SHUT;
    }
    view.work->slots[view.work->count++] = slot;
  }
}

void wire_shut(uint32_t slot) {
  view.connections[slot].orders |= TP_ORDER_SHUT;
  view.work->slots[view.work->count++] = slot;
}

void wire_drop(void) {
  while (to_peers_count > 0) {
    free(to_peers[--to_peers_count].bytes);
  }
}

void wire_turn(struct peer *peers, unsigned count) {
  now_ns += 100000; /* a turn is 100 microseconds */
  tp_stack_poll();
  echo();
  for (uint32_t i = 0; i < to_peers_count; i++) {
    int passes = wire_passes == NULL || wire_passes(to_peers[i].bytes, to_peers[i].length);
    int is_lost = wire_lost > 0 && wire_random(1000) < wire_lost;
    for (int twice = wire_doubled > 0 && wire_random(1000) < wire_doubled; passes && !is_lost && twice >= 0; twice--) {
      deliver(peers, count, to_peers[i].bytes, to_peers[i].length);
    }
    free(to_peers[i].bytes);
  }
  to_peers_count = 0;
}
