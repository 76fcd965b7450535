/**
 * The rules of RULES.md as code: what a command does to the state and which events come of it. The
 * matcher's thread only; must never depend on time, I/O or randomness.
 */
package io.tradepit.matching.rules;
