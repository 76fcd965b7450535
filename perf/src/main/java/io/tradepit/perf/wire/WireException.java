package io.tradepit.perf.wire;

/** The measurement cannot go on; the message is one line of {@code name=value}. */
final class WireException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  WireException(String message) {
    super(message);
  }
}
