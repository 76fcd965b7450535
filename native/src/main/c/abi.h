/*
 * What a shim says of itself, so that Java asserts its own constants at load: a table of names and numbers, ended by a null name.
 * The first is "abi", which changes whenever a function's meaning or arguments do.
 */
#ifndef TRADEPIT_ABI_H
#define TRADEPIT_ABI_H

#include <stdint.h>

#define TP_API __attribute__((visibility("default")))

struct tp_abi_entry {
  const char *name;
  int64_t value;
};

#endif
