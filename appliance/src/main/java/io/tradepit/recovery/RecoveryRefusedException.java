package io.tradepit.recovery;

/**
 * Log and recorded events do not fit each other: the segment does not start, and nothing was
 * written.
 */
public final class RecoveryRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message names what differs and where, as {@code name=value}. */
  public RecoveryRefusedException(String message) {
    super(message);
  }

  /** The message names what can't be, as {@code name=value}. */
  public RecoveryRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
