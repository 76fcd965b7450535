package io.tradepit.cli;

import io.tradepit.config.SegmentConfig;
import java.io.PrintStream;

/** Runs a segment until it is stopped. */
@FunctionalInterface
public interface SegmentRunner {
  /**
   * @param out where the start table and the status line go
   * @return an exit code
   * @throws io.tradepit.config.StartException when it does not start, with its exit code
   */
  int run(SegmentConfig config, PrintStream out);
}
