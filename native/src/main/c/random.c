/* SipHash-2-4 (Aumasson, Bernstein: SipHash: a fast short-input PRF, 2012), and what lwIP draws from it. */
#include "random.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>

#include "lwip/ip_addr.h"
#include "hooks.h"

static uint64_t key[2];
static uint64_t drawn;

int tp_random_open(void) {
  ssize_t length = getrandom(key, sizeof key, 0);
  return length == (ssize_t)sizeof key ? 0 : -(length < 0 ? errno : EIO);
}

static inline uint64_t rotated(uint64_t value, int bits) { return (value << bits) | (value >> (64 - bits)); }

struct state {
  uint64_t a, b, c, d;
};

static inline void scramble(struct state *s, int rounds) {
  while (rounds-- > 0) {
    s->a += s->b;
    s->b = rotated(s->b, 13) ^ s->a;
    s->a = rotated(s->a, 32);
    s->c += s->d;
    s->d = rotated(s->d, 16) ^ s->c;
    s->a += s->d;
    s->d = rotated(s->d, 21) ^ s->a;
    s->c += s->b;
    s->b = rotated(s->b, 17) ^ s->c;
    s->c = rotated(s->c, 32);
  }
}

static inline struct state begun(void) {
  return (struct state){key[0] ^ 0x736f6d6570736575ULL, key[1] ^ 0x646f72616e646f6dULL,
                        key[0] ^ 0x6c7967656e657261ULL, key[1] ^ 0x7465646279746573ULL};
}

static inline void take(struct state *s, uint64_t word) {
  s->d ^= word;
  scramble(s, 2);
  s->a ^= word;
}

static inline uint64_t ended(struct state *s, uint64_t length) {
  take(s, length << 56);
  s->c ^= 0xff;
  scramble(s, 4);
  return s->a ^ s->b ^ s->c ^ s->d;
}

uint64_t tp_keyed_hash(uint64_t message) {
  struct state s = begun();
  take(&s, message);
  return ended(&s, 8);
}

uint64_t tp_keyed_hash_of_two(uint64_t first, uint64_t second) {
  struct state s = begun();
  take(&s, first);
  take(&s, second);
  return ended(&s, 16);
}

/* RFC 6528: a clock of four microseconds, moved by a secret for each pair of addresses. */
u32_t tp_initial_sequence(const ip_addr_t *local_ip, u16_t local_port, const ip_addr_t *remote_ip, u16_t remote_port) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  uint64_t clock = (uint64_t)now.tv_sec * 250000 + (uint64_t)now.tv_nsec / 4000;
  uint64_t addresses = ((uint64_t)ip_2_ip4(local_ip)->addr << 32) | ip_2_ip4(remote_ip)->addr;
  uint64_t ports = ((uint64_t)local_port << 16) | remote_port;
  return (u32_t)(clock + tp_keyed_hash_of_two(addresses, ports));
}

uint32_t tp_random(void) { return (uint32_t)tp_keyed_hash_of_two(++drawn, ~0ULL); }
