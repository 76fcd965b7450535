/* What one peer, or many that never log in, may cost the stack; each trial prints one line and returns 0, or says what broke. */
#ifndef TRADEPIT_TRIALS_H
#define TRADEPIT_TRIALS_H

#include <stdint.h>

#define BASE_ADDRESS 0x0a4d0010u /* of the first peer: 10.77.0.16 */

/* Connections of one host are refused while all slots trade. */
int trial_refused(uint64_t seed, uint64_t connections);
/* What one SYN of a flood costs by how many handshakes are open. */
int trial_syncost(uint64_t seed, uint64_t syns);
/* When a lost SYN-ACK is sent again, how many are sent, and how long the handshake is kept. */
int trial_synack(void);
/* A peer whose round trip takes longer than the first time to send again: how often its lone answers are sent twice. */
int trial_far(uint64_t round_trip_ms);
/* A SYN for a connection that was just closed. */
int trial_again(void);
/* Connections of one host that the stack closes first, more than it has memory for while each waits. */
int trial_waiting(uint64_t connections);
/* A peer of another network, and no gateway. */
int trial_stranger(void);

#endif
