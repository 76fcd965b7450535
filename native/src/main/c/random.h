/* What a peer must not be able to guess. */
#ifndef TRADEPIT_RANDOM_H
#define TRADEPIT_RANDOM_H

#include <stdint.h>

/* Draws a new key from the kernel; 0, or a negated errno. */
int tp_random_open(void);

/* SipHash-2-4 of eight bytes under the key. */
uint64_t tp_keyed_hash(uint64_t message);

/* SipHash-2-4 of sixteen bytes under the key. */
uint64_t tp_keyed_hash_of_two(uint64_t first, uint64_t second);

#endif
