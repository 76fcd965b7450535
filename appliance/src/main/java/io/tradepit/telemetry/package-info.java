/**
 * What the segment counts, times and says: counters, stamps and latencies, metrics, health,
 * systemd, the log file.
 *
 * <p>Agents count and stamp in memory that others read; {@code tp-metrics} answers HTTP, the thread
 * of the admin socket tells systemd, reads the stamps and writes latencies, and whoever logs hands
 * the line to a thread of its own. Only the counting and the stamping are on the order path; both
 * allocate nothing and wait for no one. Never depends on a station.
 */
package io.tradepit.telemetry;
