package io.tradepit.matching;

/**
 * What a snapshot that is loaded is held against; counts its messages, so that a refusal names one.
 */
final class SnapshotChecks {
  private long message;

  /** The next message is checked. */
  void next() {
    message++;
  }

  /** The number of the message that is checked, from 1. */
  long message() {
    return message;
  }

  /** Refuses unless it holds; the line is {@code name=value: allowed}. */
  void require(boolean holds, String name, long value, String allowed) {
    if (!holds) {
      throw refusal(name + "=" + value + ": " + allowed);
    }
  }

  /** Refuses a snapshot whose value is not the one here. */
  void requireSame(String name, long ofSnapshot, long here) {
    if (ofSnapshot != here) {
      throw refusal(name + "=" + ofSnapshot + " here=" + here);
    }
  }

  SnapshotRefusedException refusal(String why) {
    return new SnapshotRefusedException("snapshot=refused message=" + message + " " + why);
  }
}
