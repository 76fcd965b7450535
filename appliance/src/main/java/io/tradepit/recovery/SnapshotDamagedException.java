package io.tradepit.recovery;

/** A snapshot file that can't be used; the message is one line of {@code name=value}. */
public final class SnapshotDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The message names the file and what is wrong with it. */
  public SnapshotDamagedException(String message) {
    super(message);
  }

  /** The message names the file and what is wrong with it. */
  public SnapshotDamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
