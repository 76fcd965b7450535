/* What the files of the DPDK shim share: the reason for a refusal, in one line, and silence. */
#ifndef TRADEPIT_ENVIRONMENT_H
#define TRADEPIT_ENVIRONMENT_H

#include <stdbool.h>
#include <stdint.h>

/* Before a call whose errors are to be told. */
void tp_forget_errors(void);

/* Leaves "STEP: what DPDK said first", or else the error's own words; returns the error. 0 means that the step named none. */
int tp_refuse(int error, const char *step, char *reason, uint32_t reason_bytes);

/* Makes the libraries of AF_XDP silent, if they are there. */
bool tp_xdp_prepare(void);

#endif
