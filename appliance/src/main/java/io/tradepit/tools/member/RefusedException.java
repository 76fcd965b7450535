package io.tradepit.tools.member;

/** What was asked for was not done; the message says why in one line, and what is allowed. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String message) {
    super(message, null, false, false);
  }
}
