package io.tradepit.stream;

/** The log or the event stream can't be written or recorded any more: the segment stops. */
public final class LogFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message names what failed, as {@code name=value}. */
  public LogFailedException(String message) {
    super(message);
  }

  /** The message names what failed, as {@code name=value}. */
  public LogFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
