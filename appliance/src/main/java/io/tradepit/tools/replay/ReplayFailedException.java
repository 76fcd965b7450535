package io.tradepit.tools.replay;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;

/** A replay could not be carried through; the message is one line. */
public final class ReplayFailedException extends StartException {
  private static final long serialVersionUID = 1L;

  ReplayFailedException(String message) {
    super(ExitCode.OTHER, message);
  }
}
