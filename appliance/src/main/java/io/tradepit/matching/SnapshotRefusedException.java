package io.tradepit.matching;

/**
 * A snapshot that is damaged or not for this state. The message is one line of {@code name=value}.
 * What was loaded of it is of no use: the memory it was loaded into is refused by a {@link
 * Matcher}.
 */
public final class SnapshotRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SnapshotRefusedException(String message) {
    super(message);
  }
}
