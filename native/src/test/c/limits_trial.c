#include "trials.h"

#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "wire.h"

#define SESSIONS 100
#define ENDLESS (1ULL << 40)
#define HOST 0x0a4d00c8u /* 10.77.0.200 */
#define HALF_OPEN 128

static struct peer sessions[SESSIONS];

/* A segment that the stack sent to a host of the trial. */
struct seen {
  uint32_t address;
  uint16_t port;
  uint8_t flags;
  uint32_t sequence;
  uint32_t acknowledgement;
};

/* Whether the frame is TCP over untagged Ethernet; the stack sends no options of IP. */
static int see(const uint8_t *frame, uint32_t length, struct seen *seen) {
  const uint8_t *ip = frame + 14;
  if (length < 54 || frame[12] != 8 || frame[13] != 0 || ip[9] != 6) {
    return 0;
  }
  *seen = (struct seen){
      .address = (uint32_t)ip[16] << 24 | (uint32_t)ip[17] << 16 | (uint32_t)ip[18] << 8 | ip[19],
      .port = (uint16_t)(ip[22] << 8 | ip[23]),
      .flags = ip[33],
      .sequence = (uint32_t)ip[24] << 24 | (uint32_t)ip[25] << 16 | (uint32_t)ip[26] << 8 | ip[27],
      .acknowledgement = (uint32_t)ip[28] << 24 | (uint32_t)ip[29] << 16 | (uint32_t)ip[30] << 8 | ip[31],
  };
  return 1;
}

static void answer(uint32_t address, uint16_t port, uint32_t sequence, uint32_t acknowledgement, uint8_t flags) {
  uint8_t frame[FRAME_BYTES];
  wire_send(frame, wire_segment(frame, address, port, sequence, acknowledgement, flags, 60000, NULL, 0));
}

static void open_sessions(void) {
  unsigned open = 0;
  for (unsigned i = 0; i < SESSIONS; i++) {
    peer_begin(&sessions[i], BASE_ADDRESS + i, (uint16_t)(2000 + i), ENDLESS);
  }
  while (open < SESSIONS) {
    open = 0;
    for (unsigned i = 0; i < SESSIONS; i++) {
      uint8_t frame[FRAME_BYTES];
      wire_send(frame, peer_next(&sessions[i], frame));
      open += sessions[i].state == PEER_OPEN;
    }
    wire_turn(sessions, SESSIONS);
  }
}

/* Some of the sessions send in each turn. */
static void turn_sessions(unsigned turn) {
  for (unsigned i = turn % 10; i < SESSIONS; i += 10) {
    uint8_t frame[FRAME_BYTES];
    wire_send(frame, peer_next(&sessions[i], frame));
  }
  wire_turn(sessions, SESSIONS);
}

/* Refused connections: the host completes each handshake and says no more, not even to a FIN. */
static uint64_t resets, fins;
static int answer_handshake(const uint8_t *frame, uint32_t length) {
  struct seen seen;
  if (see(frame, length, &seen) && seen.address == HOST) {
    resets += (seen.flags & TCP_RST_FLAG) != 0;
    fins += (seen.flags & TCP_FIN_FLAG) != 0;
    if ((seen.flags & (TCP_SYN_FLAG | TCP_ACK_FLAG)) == (TCP_SYN_FLAG | TCP_ACK_FLAG)) {
      answer(HOST, seen.port, seen.acknowledgement, seen.sequence + 1, TCP_ACK_FLAG);
    }
  }
  return 1;
}

int trial_refused(uint64_t seed, uint64_t connections) {
  uint64_t most_flows = 0, echoed = 0, least = UINT64_MAX;
  unsigned turn = 0;
  wire_open(seed, SESSIONS, HALF_OPEN, 0);
  open_sessions();
  resets = fins = 0;
  wire_passes = answer_handshake;
  for (uint64_t sent = 0; wire_view->statistics->connections_refused < connections; turn++) {
    for (int burst = 0; burst < 16; burst++, sent++) {
      answer(HOST, (uint16_t)(1024 + sent % 64000), wire_random(UINT32_MAX), 0, TCP_SYN_FLAG);
    }
    turn_sessions(turn);
    wire_require(turn != 20 || fins == 64, "FINs before any is sent again", (long long)fins);
    uint64_t flows = wire_view->statistics->flows;
    most_flows = flows > most_flows ? flows : most_flows;
    wire_require(turn < connections, "refused", (long long)wire_view->statistics->connections_refused);
  }
  wire_passes = NULL;
  for (unsigned i = 0; i < SESSIONS; i++) {
    wire_require(sessions[i].state == PEER_OPEN && !sessions[i].is_reset, "session ended", i);
    echoed += sessions[i].echoed;
    least = sessions[i].echoed < least ? sessions[i].echoed : least;
  }
  wire_require(least > turn, "bytes of the slowest session", (long long)least);
  wire_require(most_flows <= SESSIONS + HALF_OPEN + 64, "connections in memory", (long long)most_flows);
  wire_require(resets + fins >= connections, "answers", (long long)(resets + fins));
  wire_close();
  printf("refused seed=%llu connections=%llu resets=%llu fins=%llu mostInMemory=%llu sessions=%u echoedBytes=%llu\n",
         (unsigned long long)seed, (unsigned long long)connections, (unsigned long long)resets, (unsigned long long)fins,
         (unsigned long long)most_flows, SESSIONS, (unsigned long long)echoed);
  return 0;
}

/* The real clock: that of the C library is the wire's. */
static uint64_t real_ns(void) {
  struct timespec now;
  syscall(SYS_clock_gettime, CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000ULL + (uint64_t)now.tv_nsec;
}

/* Nanoseconds of the stack for one SYN of a flood while as many handshakes are open, the least of five. */
static uint64_t cost_of_syn(uint64_t seed, uint32_t half_open, uint64_t syns) {
  uint64_t least = UINT64_MAX;
  wire_open(seed, 8, half_open, 0);
  for (int round = -1; round < 5; round++) {
    uint64_t passed = 0;
    uint64_t count = round < 0 ? half_open + 64 : syns;
    for (uint64_t sent = 0; sent < count; sent += 64) {
      for (int burst = 0; burst < 64; burst++) {
        answer(wire_random(UINT32_MAX) | 0x80000000u, (uint16_t)wire_random(65536), wire_random(UINT32_MAX), 0, TCP_SYN_FLAG);
      }
      uint64_t begin = real_ns();
      tp_stack_poll();
      passed += real_ns() - begin;
      wire_drop();
    }
    if (round >= 0 && passed / count < least) {
      least = passed / count;
    }
  }
  wire_require(wire_view->statistics->half_open == half_open, "half open", (long long)wire_view->statistics->half_open);
  wire_close();
  return least;
}

int trial_syncost(uint64_t seed, uint64_t syns) {
  static const uint32_t limits[] = {16, 256, 1024, 4096};
  printf("syncost stack=%s", tp_stack_name());
  for (unsigned i = 0; i < sizeof limits / sizeof limits[0]; i++) {
    printf(" ns%u=%llu", limits[i], (unsigned long long)cost_of_syn(seed, limits[i], syns));
  }
  printf("\n");
  return 0;
}

/* The handshake of port 2000: when each SYN-ACK was sent. */
static uint64_t syn_acks[64];
static unsigned syn_ack_count;
static struct seen last_syn_ack;
static int note_syn_acks(const uint8_t *frame, uint32_t length) {
  struct seen seen;
  if (see(frame, length, &seen) && (seen.flags & TCP_SYN_FLAG) != 0 && syn_ack_count < 64) {
    syn_acks[syn_ack_count++] = wire_now_ns();
    last_syn_ack = seen;
  }
  return 1;
}

int trial_synack(void) {
  uint64_t least_ns = UINT64_MAX, most_ns = 0, kept_ns = 0;
  unsigned most_count = 0;
  for (int round = 0; round < 20; round++) {
    wire_open((uint64_t)round + 1, 8, 8, 0);
    wire_pass_time((uint64_t)round * 7000000);
    wire_turn(NULL, 0);
    syn_ack_count = 0;
    wire_passes = note_syn_acks;
    answer(HOST, 2000, 1000, 0, TCP_SYN_FLAG);
    wire_turn(NULL, 0);
    while (wire_view->statistics->half_open > 0 && wire_now_ns() - syn_acks[0] < 60000000000ULL) {
      wire_turn(NULL, 0);
    }
    uint64_t again_ns = syn_acks[1] - syn_acks[0];
    least_ns = again_ns < least_ns ? again_ns : least_ns;
    most_ns = again_ns > most_ns ? again_ns : most_ns;
    most_count = syn_ack_count > most_count ? syn_ack_count : most_count;
    kept_ns = wire_now_ns() - syn_acks[0] > kept_ns ? wire_now_ns() - syn_acks[0] : kept_ns;
    wire_passes = NULL;
    wire_close();
  }
  printf("synack stack=%s leastMs=%llu mostMs=%llu mostSent=%u keptMs=%llu\n", tp_stack_name(),
         (unsigned long long)(least_ns / 1000000), (unsigned long long)(most_ns / 1000000), most_count,
         (unsigned long long)(kept_ns / 1000000));
  return 0;
}

/* The answers to a far peer: where the last ends, and when it was sent first. */
static uint32_t answered_to;
static uint64_t answered_ns;
static uint64_t answered_again;
static int note_answers(const uint8_t *frame, uint32_t length) {
  struct seen seen;
  if (!see(frame, length, &seen) || (seen.flags & TCP_PSH_FLAG) == 0) {
    return 1;
  }
  if (seen.sequence == answered_to) {
    answered_to++;
    answered_ns = wire_now_ns();
  } else {
    answered_again++;
  }
  return 1;
}

static void turn_until(uint64_t ns) {
  while (wire_now_ns() < ns) {
    wire_turn(NULL, 0);
  }
}

/* Asks for 50 answers of a byte, one a round trip; returns how many were sent twice, but for the first five. */
static uint64_t far_answers_sent_again(uint64_t round_trip_ns) {
  uint32_t first = wire_random(UINT32_MAX);
  syn_ack_count = 0;
  wire_passes = note_syn_acks;
  answer(HOST, 2000, first, 0, TCP_SYN_FLAG);
  wire_turn(NULL, 0);
  turn_until(syn_acks[0] + round_trip_ns);
  answered_to = last_syn_ack.sequence + 1;
  answer(HOST, 2000, first + 1, answered_to, TCP_ACK_FLAG);
  wire_passes = note_answers;
  for (uint32_t i = 0; i < 50; i++) {
    uint8_t frame[FRAME_BYTES];
    uint32_t asked_to = answered_to;
    answered_again = i < 5 ? 0 : answered_again;
    wire_send(frame, wire_segment(frame, HOST, 2000, first + 1 + i, answered_to, TCP_ACK_FLAG | TCP_PSH_FLAG, 60000,
                                  (const uint8_t *)"x", 1));
    turn_until(wire_now_ns() + 1000000);
    wire_require(answered_to == asked_to + 1, "answer", i);
    turn_until(answered_ns + round_trip_ns);
  }
  wire_passes = NULL;
  return answered_again;
}

int trial_far(uint64_t round_trip_ms) {
  uint64_t most = 0;
  for (int round = 0; round < 20; round++) { /* at different distances from the timer */
    wire_open((uint64_t)round + 1, 8, 8, 0);
    wire_pass_time((uint64_t)round * 7000000);
    wire_turn(NULL, 0);
    uint64_t again = far_answers_sent_again(round_trip_ms * 1000000);
    most = again > most ? again : most;
    wire_close();
  }
  printf("far stack=%s roundTripMs=%llu sentAgain=%llu\n", tp_stack_name(), (unsigned long long)round_trip_ms,
         (unsigned long long)most);
  return 0;
}

/* Opens a connection and has the stack close it first, which leaves it waiting; returns the stack's next byte. */
static uint32_t leave_waiting(uint16_t port, uint32_t first) {
  syn_ack_count = 0;
  wire_passes = note_syn_acks;
  answer(HOST, port, first, 0, TCP_SYN_FLAG);
  wire_turn(NULL, 0);
  wire_require(syn_ack_count == 1, "SYN-ACK", syn_ack_count);
  uint32_t next = last_syn_ack.sequence + 1;
  answer(HOST, port, first + 1, next, TCP_ACK_FLAG);
  wire_turn(NULL, 0);
  wire_shut(0);
  wire_turn(NULL, 0);
  answer(HOST, port, first + 1, next + 1, TCP_ACK_FLAG | TCP_FIN_FLAG);
  wire_turn(NULL, 0);
  wire_turn(NULL, 0);
  return next + 1;
}

/* Whether a SYN with this sequence number is answered by a SYN-ACK at once. */
static int is_taken(uint32_t sequence) {
  syn_ack_count = 0;
  answer(HOST, 2000, sequence, 0, TCP_SYN_FLAG);
  wire_turn(NULL, 0);
  return syn_ack_count == 1;
}

int trial_again(void) {
  static const struct {
    uint32_t beyond; /* the last sequence number of the peer */
    int is_taken;
  } cases[] = {{1, 1}, {1000, 1}, {70000, 1}, {0x40000000u, 1}, {0u - 2, 0}, {0u - 70000, 0}, {0xa0000000u, 0}};
  for (unsigned i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    uint32_t first = 0xfffffff0u; /* its numbers pass zero */
    wire_open(i + 1, 8, 8, 0);
    uint32_t next = leave_waiting(2000, first);
    int taken = is_taken(first + 2 + cases[i].beyond);
    wire_require(taken == cases[i].is_taken, "SYN taken, beyond", cases[i].beyond);
    wire_require(!taken || (int32_t)(last_syn_ack.sequence - next) > 0, "initial sequence number beyond", i);
    wire_require(!taken || wire_view->statistics->flows == 1, "connections in memory", (long long)wire_view->statistics->flows);
    wire_passes = NULL;
    wire_close();
  }
  printf("again stack=%s taken=4 notTaken=3\n", tp_stack_name());
  return 0;
}

int trial_waiting(uint64_t connections) {
  uint64_t most_flows = 0;
  wire_open(1, 1, 8, 0);
  for (uint64_t i = 0; i < connections; i++) {
    leave_waiting((uint16_t)(1024 + i % 60000), wire_random(UINT32_MAX));
    uint64_t flows = wire_view->statistics->flows;
    most_flows = flows > most_flows ? flows : most_flows;
  }
  wire_require(most_flows < TP_STACK_MAX_CONNECTIONS, "connections in memory", (long long)most_flows);
  wire_passes = NULL;
  wire_close();
  printf("waiting connections=%llu mostInMemory=%llu\n", (unsigned long long)connections, (unsigned long long)most_flows);
  return 0;
}

static int arp_for_nobody, segments_to_stranger;
static int note_stranger(const uint8_t *frame, uint32_t length) {
  struct seen seen;
  int is_arp = frame[12] == 8 && frame[13] == 6;
  arp_for_nobody += is_arp && memcmp(frame + 38, "\0\0\0\0", 4) == 0;
  segments_to_stranger += see(frame, length, &seen) && seen.address == 0xc0a80a05u;
  return 1;
}

int trial_stranger(void) {
  wire_open(1, 8, 8, 0);
  wire_turn(NULL, 0);
  arp_for_nobody = segments_to_stranger = 0;
  syn_ack_count = 0;
  wire_passes = note_syn_acks;
  answer(0xc0a80a05u, 2000, 1000, 0, TCP_SYN_FLAG); /* 192.168.10.5 */
  wire_turn(NULL, 0);
  wire_require(syn_ack_count == 1, "SYN-ACK to another network", syn_ack_count);
  answer(0xc0a80a05u, 2000, 1001, last_syn_ack.sequence + 1, TCP_ACK_FLAG | TCP_PSH_FLAG);
  wire_turn(NULL, 0);
  wire_passes = note_stranger;
  wire_shut(0); /* its FIN is never acknowledged */
  for (int turn = 0; turn < 20000; turn++) {
    wire_turn(NULL, 0);
  }
  wire_require(segments_to_stranger >= 3, "segments sent again", segments_to_stranger);
  wire_require(arp_for_nobody == 0, "questions for 0.0.0.0", arp_for_nobody);
  wire_passes = NULL;
  wire_close();
  printf("stranger stack=%s sentAgain=%d arpForNobody=%d\n", tp_stack_name(), segments_to_stranger, arp_for_nobody);
  return 0;
}
