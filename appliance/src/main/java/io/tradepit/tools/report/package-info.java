/**
 * Latency reports: a results folder in, percentiles, {@code .hgrm} files and one self-contained
 * page out.
 *
 * <p>{@link io.tradepit.tools.report.Results} is what a folder holds, {@link
 * io.tradepit.tools.report.LatencyReport} what is to be said of it; text, page, JSON and charts are
 * pure functions of that. Runs on its caller's thread, long after the measurement. Depends on
 * {@code telemetry} and HdrHistogram.
 */
package io.tradepit.tools.report;
