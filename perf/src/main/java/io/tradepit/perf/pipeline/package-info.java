/**
 * Whole pipelines under an open loop: from the sequencer's input to the event stream, and
 * exchange-core from its ring to its results, each in a JVM of its own ({@link
 * io.tradepit.perf.pipeline.PipelineRuns}). What a peer needs to be attached ({@link
 * io.tradepit.perf.pipeline.Pipeline}, {@link io.tradepit.perf.pipeline.Completions}, the workload)
 * must never depend on a library other than HdrHistogram: it runs on the peer's class path.
 */
package io.tradepit.perf.pipeline;
