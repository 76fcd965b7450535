/**
 * What the segment counts and says: counters, metrics, health, systemd, the log file.
 *
 * <p>Agents count in memory that others read; {@code tp-metrics} answers HTTP, the thread of the
 * admin socket tells systemd, and whoever logs writes the log file itself. Only the counting is on
 * the order path. Never depends on a station.
 */
package io.tradepit.telemetry;
