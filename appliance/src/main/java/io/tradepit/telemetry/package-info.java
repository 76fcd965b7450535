/**
 * What the segment counts and says: counters, metrics, health, the log file. Nothing here is on the
 * order path.
 */
package io.tradepit.telemetry;
