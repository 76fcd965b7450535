/** Clocks: where stations read the time, and how a test gives it. */
package io.tradepit.time;
