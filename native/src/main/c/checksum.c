/* The Internet checksum (RFC 1071), eight bytes at a time. */
#include <stdint.h>
#include <string.h>

#include "arch/cc.h"

/* The sum in one's complement of 16-bit words in the order of this machine, not complemented; an odd byte counts as
 * the first of its word, as lwIP expects. */
uint16_t tp_checksum(const void *data, int length) {
  const uint8_t *next = data;
  uint64_t sum = 0;
  for (; length >= 8; length -= 8, next += 8) {
    uint64_t word;
    memcpy(&word, next, sizeof word);
    sum += word;
    sum += sum < word; /* the carry goes round */
  }
  uint64_t rest = 0;
  memcpy(&rest, next, (size_t)length);
  sum += rest;
  sum += sum < rest;
  sum = (sum >> 32) + (sum & 0xffffffffu);
  sum = (sum >> 32) + (sum & 0xffffffffu);
  sum = (sum >> 16) + (sum & 0xffffu);
  sum = (sum >> 16) + (sum & 0xffffu);
  return (uint16_t)sum;
}
