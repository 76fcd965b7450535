/*
 * Trials of the stack over a wire in memory; each prints one line and ends with 0, or says what broke.
 *   fuzz SEED FRAMES    frames of peers, most of them changed, among good peers that must be served
 *   flood SEED SYNS     a SYN flood from made-up addresses, while good peers connect and trade
 *   loss SEED PEERS     peers over a wire that loses and doubles frames
 *   answers             the stack answers ARP and pings, untagged and in a VLAN, and nothing of another VLAN
 *   tail                what one lost segment at the end of a message costs, in milliseconds
 * and those of trials.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trials.h"
#include "wire.h"

#define PEERS 8
#define VICTIMS 24
#define HALF_OPEN 64

static struct peer peers[1024];

static void send_next(struct peer *peer) {
  uint8_t frame[FRAME_BYTES];
  uint32_t length = peer_next(peer, frame);
  if (length > 0) {
    wire_send(frame, length);
  }
}

/* A peer that has ended begins anew from another port; returns whether it had been served. */
static int renew(struct peer *peer, uint64_t total) {
  if (peer->state != PEER_DONE) {
    return 0;
  }
  int is_served = !peer->is_reset && peer->echoed == peer->total;
  peer_begin(peer, peer->address, (uint16_t)(peer->port < 60000 ? peer->port + 1 : 1024), total);
  return is_served;
}

static uint32_t changed(uint8_t *frame, uint32_t length) {
  uint32_t changes = wire_random(4);
  for (uint32_t i = 0; i < changes; i++) {
    uint32_t at = wire_random(3) == 0 ? wire_random(length) : 12 + wire_random(54);
    frame[at < length ? at : length - 1] = (uint8_t)wire_random(256);
  }
  if (wire_random(8) == 0) {
    length = 1 + wire_random(length);
  }
  if (wire_random(4) != 0) {
    wire_mend(frame, length);
  }
  return length;
}

static uint32_t noise(uint8_t *frame) {
  uint32_t length = 1 + wire_random(200);
  for (uint32_t i = 0; i < length; i++) {
    frame[i] = (uint8_t)wire_random(256);
  }
  if (length > 23 && wire_random(2) == 0) { /* ARP, ICMP or TCP at least in its type */
    static const uint8_t types[3][2] = {{8, 6}, {8, 0}, {0x81, 0}};
    memcpy(frame + 12, types[wire_random(3)], 2);
    frame[14] = 0x45;
    frame[23] = wire_random(2) == 0 ? 1 : 6;
  }
  return length;
}

static int fuzz(uint64_t seed, uint64_t frames) {
  uint64_t served = 0;
  wire_open(seed, 64, HALF_OPEN, seed % 3 == 0 ? 7 : 0);
  for (unsigned i = 0; i < PEERS + VICTIMS; i++) {
    peer_begin(&peers[i], BASE_ADDRESS + i, (uint16_t)(2000 + i), 1 + wire_random(20000));
  }
  for (uint64_t sent = 0; sent < frames;) {
    for (unsigned i = 0; i < PEERS; i++) {
      served += (uint64_t)renew(&peers[i], 1 + wire_random(20000));
      send_next(&peers[i]);
    }
    for (unsigned i = PEERS; i < PEERS + VICTIMS; i++, sent++) {
      uint8_t frame[FRAME_BYTES];
      renew(&peers[i], 1 + wire_random(20000));
      uint32_t length = wire_random(8) == 0 ? noise(frame) : peer_next(&peers[i], frame);
      wire_send(frame, changed(frame, length == 0 ? peer_again(&peers[i], frame) : length));
    }
    wire_turn(peers, PEERS); /* what comes for a victim is not looked at: its bytes were changed on the way */
    for (unsigned i = PEERS; i < PEERS + VICTIMS; i++) {
      if (wire_random(200) == 0) {
        peers[i].state = wire_random(2) == 0 ? PEER_OPEN : PEER_DONE;
        peers[i].expected = wire_random(UINT32_MAX);
      }
    }
    wire_require(wire_view->statistics->half_open <= HALF_OPEN, "half open", (long long)wire_view->statistics->half_open);
  }
  const struct tp_stack_statistics statistics = *wire_view->statistics;
  wire_require(served >= frames / 20000, "sessions served", (long long)served);
  wire_close();
  printf("fuzz seed=%llu frames=%llu served=%llu checksumErrors=%llu notOurs=%llu refused=%llu halfOpenDropped=%llu\n",
         (unsigned long long)seed, (unsigned long long)frames, (unsigned long long)served,
         (unsigned long long)statistics.checksum_errors, (unsigned long long)statistics.frames_not_ours,
         (unsigned long long)statistics.connections_refused, (unsigned long long)statistics.half_open_dropped);
  return 0;
}

static int flood(uint64_t seed, uint64_t syns) {
  uint64_t served = 0, slowest_ns = 0;
  uint64_t begun_ns[PEERS];
  wire_open(seed, 64, HALF_OPEN, 0);
  for (unsigned i = 0; i < PEERS; i++) {
    peer_begin(&peers[i], BASE_ADDRESS + i, (uint16_t)(2000 + i), 2000);
    begun_ns[i] = wire_now_ns();
  }
  for (uint64_t sent = 0; sent < syns;) {
    for (int burst = 0; burst < 32; burst++, sent++) {
      uint8_t frame[FRAME_BYTES];
      uint32_t length = wire_segment(frame, wire_random(2) == 0 ? 0x0a4d0000u + wire_random(65536) : wire_random(UINT32_MAX),
                                     (uint16_t)wire_random(65536), wire_random(UINT32_MAX), 0, TCP_SYN_FLAG, 60000, NULL, 0);
      wire_send(frame, length);
    }
    for (unsigned i = 0; i < PEERS; i++) {
      if (peers[i].state == PEER_DONE) {
        uint64_t took_ns = wire_now_ns() - begun_ns[i];
        slowest_ns = took_ns > slowest_ns ? took_ns : slowest_ns;
        begun_ns[i] = wire_now_ns();
      }
      served += (uint64_t)renew(&peers[i], 2000);
      send_next(&peers[i]);
    }
    wire_turn(peers, PEERS);
    wire_require(wire_view->statistics->half_open <= HALF_OPEN, "half open", (long long)wire_view->statistics->half_open);
  }
  uint64_t dropped = wire_view->statistics->half_open_dropped;
  wire_require(served > syns / 2000, "sessions served", (long long)served);
  wire_close();
  printf("flood seed=%llu syns=%llu dropped=%llu served=%llu slowestMs=%llu\n", (unsigned long long)seed,
         (unsigned long long)syns, (unsigned long long)dropped, (unsigned long long)served,
         (unsigned long long)(slowest_ns / 1000000));
  return 0;
}

static int loss(uint64_t seed, unsigned count) {
  unsigned done = 0;
  wire_open(seed, 1024, 1024, 0);
  wire_lost = 30;
  wire_doubled = 20;
  for (unsigned i = 0; i < count; i++) {
    peer_begin(&peers[i], BASE_ADDRESS + i % 200, (uint16_t)(2000 + i), 1 + wire_random(40000));
    peers[i].window = wire_random(10) == 0 ? 40 : 60000; /* a tiny window now and then */
  }
  while (done < count) {
    done = 0;
    for (unsigned i = 0; i < count; i++) {
      send_next(&peers[i]);
      done += peers[i].state == PEER_DONE;
    }
    wire_turn(peers, count);
    wire_require(wire_now_ns() < 600000000000ULL, "not done within simulated 600 s, done", done);
  }
  uint64_t again = wire_view->statistics->segments_sent_again;
  for (unsigned i = 0; i < count; i++) {
    wire_require(!peers[i].is_reset && peers[i].echoed == peers[i].total, "peer not served", i);
  }
  wire_lost = wire_doubled = 0;
  wire_close();
  printf("loss seed=%llu peers=%u simulatedMs=%llu sentAgain=%llu\n", (unsigned long long)seed, count,
         (unsigned long long)(wire_now_ns() / 1000000 - 1000), (unsigned long long)again);
  return 0;
}

/* Loses the first frame with data. */
static uint64_t lost_ns;
static int lose_first_data(const uint8_t *frame, uint32_t length) {
  if (length > 54 && frame[12] == 8 && frame[13] == 0 && lost_ns == 0 && (frame[47] & TCP_SYN_FLAG) == 0) {
    lost_ns = wire_now_ns();
    return 0;
  }
  return 1;
}

static int tail(void) {
  uint64_t least_ns = UINT64_MAX, most_ns = 0;
  for (int trial = 0; trial < 40; trial++) {
    wire_open((uint64_t)trial + 1, 8, 8, 0);
    wire_pass_time((uint64_t)trial * 13000000);
    wire_passes = NULL;
    peer_begin(&peers[0], BASE_ADDRESS, 2000, 1 << 20);
    while (peers[0].echoed < 20000) { /* a connection that has measured its round trips */
      send_next(&peers[0]);
      wire_turn(peers, 1);
    }
    while (peers[0].echoed < peers[0].sent) {
      wire_turn(peers, 1);
    }
    lost_ns = 0;
    wire_passes = lose_first_data;
    uint8_t byte[FRAME_BYTES];
    peers[0].total = peers[0].sent + 1;
    wire_send(byte, peer_next(&peers[0], byte));
    while (peers[0].echoed < peers[0].total) {
      wire_turn(peers, 1);
    }
    uint64_t cost_ns = wire_now_ns() - lost_ns;
    least_ns = cost_ns < least_ns ? cost_ns : least_ns;
    most_ns = cost_ns > most_ns ? cost_ns : most_ns;
    wire_close();
  }
  printf("tail stack=%s leastMs=%llu mostMs=%llu\n", tp_stack_name(), (unsigned long long)(least_ns / 1000000),
         (unsigned long long)(most_ns / 1000000));
  return 0;
}

/* Counts answers: of ARP, of ICMP. */
static int arp_answers, echo_answers;
static uint32_t answer_header;
static int count_answers(const uint8_t *frame, uint32_t length) {
  const uint8_t *packet = frame + answer_header;
  int is_arp = packet[-2] == 8 && packet[-1] == 6;
  arp_answers += is_arp && packet[7] == 2;
  echo_answers += !is_arp && length > answer_header + 28 && packet[9] == 1 && packet[20] == 0 && packet[28] == 0x5a;
  return 1;
}

/* Asks for the stack's hardware address, and pings it, with this tag; 0: none. */
static void ask(uint16_t tag) {
  static const uint8_t arp[28] = {0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 2, 10, 77, 0, 16, 0, 0, 0, 0, 0, 0, 10, 77, 0, 1};
  static const uint8_t ping[29] = {0x45, 0, 0, 29, 0,  0,  0, 0, 64, 1, 0x66, 0x36, 10, 77, 0,
                                   16,   10, 77, 0, 1, 8, 0, 0x9d, 0xff, 0, 0, 0, 0, 0x5a};
  uint8_t frame[FRAME_BYTES] = {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2};
  uint32_t header = tag != 0 ? 18 : 14;
  if (tag != 0) {
    frame[12] = 0x81;
    frame[14] = (uint8_t)(tag >> 8);
    frame[15] = (uint8_t)tag;
  }
  frame[header - 2] = 8;
  frame[header - 1] = 6;
  memcpy(frame + header, arp, sizeof arp);
  wire_send(frame, header + sizeof arp);
  frame[header - 1] = 0;
  memcpy(frame + header, ping, sizeof ping);
  wire_send(frame, header + sizeof ping);
  wire_turn(peers, 0);
}

static int answers(void) {
  static const uint16_t vlans[2] = {0, 7};
  for (int i = 0; i < 2; i++) {
    wire_open(1, 8, 8, vlans[i]);
    answer_header = vlans[i] != 0 ? 18 : 14;
    wire_passes = count_answers;
    wire_turn(peers, 0);
    arp_answers = echo_answers = 0;
    ask(vlans[i]);
    wire_require(arp_answers == 1, "answers to ARP", arp_answers);
    wire_require(echo_answers == 1, "answers to a ping", echo_answers);
    ask(vlans[i] == 0 ? 7 : 0);
    ask(8);
    wire_require(arp_answers == 1 && echo_answers == 1, "answers to another VLAN", arp_answers);
    wire_require(wire_view->statistics->frames_not_ours == 4, "frames not ours",
                 (long long)wire_view->statistics->frames_not_ours);
    wire_close();
  }
  printf("answers stack=%s arp=yes ping=yes vlan=yes\n", tp_stack_name());
  return 0;
}

int main(int count, char **arguments) {
  const char *trial = count > 1 ? arguments[1] : "";
  uint64_t seed = count > 2 ? strtoull(arguments[2], NULL, 10) : 1;
  uint64_t amount = count > 3 ? strtoull(arguments[3], NULL, 10) : 100;
  if (strcmp(trial, "fuzz") == 0) {
    return fuzz(seed, amount);
  } else if (strcmp(trial, "flood") == 0) {
    return flood(seed, amount);
  } else if (strcmp(trial, "loss") == 0) {
    return loss(seed, amount < 1024 ? (unsigned)amount : 1024);
  } else if (strcmp(trial, "answers") == 0) {
    return answers();
  } else if (strcmp(trial, "tail") == 0) {
    return tail();
  } else if (strcmp(trial, "refused") == 0) {
    return trial_refused(seed, amount);
  } else if (strcmp(trial, "syncost") == 0) {
    return trial_syncost(seed, amount);
  } else if (strcmp(trial, "synack") == 0) {
    return trial_synack();
  } else if (strcmp(trial, "far") == 0) {
    return trial_far(amount);
  } else if (strcmp(trial, "again") == 0) {
    return trial_again();
  } else if (strcmp(trial, "waiting") == 0) {
    return trial_waiting(amount);
  } else if (strcmp(trial, "stranger") == 0) {
    return trial_stranger();
  }
  fprintf(stderr, "trial=%s: none of that name\n", trial);
  return 2;
}
