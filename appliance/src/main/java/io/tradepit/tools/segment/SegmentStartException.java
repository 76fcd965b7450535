package io.tradepit.tools.segment;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;

/** A tool's segment did not start; the message has the last lines that it printed. */
public final class SegmentStartException extends StartException {
  private static final long serialVersionUID = 1L;

  SegmentStartException(String message) {
    super(ExitCode.OTHER, message);
  }
}
