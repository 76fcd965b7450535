/**
 * Clocks: where stations read the time, and how a test gives it.
 *
 * <p>Any thread may read. The matcher has no clock: its time stands in the log. Depends on {@code
 * kernel} only.
 */
package io.tradepit.time;
