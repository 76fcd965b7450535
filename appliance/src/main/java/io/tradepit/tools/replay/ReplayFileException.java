package io.tradepit.tools.replay;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;

/** A file cannot be played, or not as asked; the message is one line that says where and why. */
public final class ReplayFileException extends StartException {
  private static final long serialVersionUID = 1L;

  ReplayFileException(String message) {
    super(ExitCode.CONFIGURATION, message);
  }
}
