package io.tradepit.main;

/** How the state of a day came back at a start. */
enum RecoveryWay {
  /** The memory of the process before was taken over. */
  WARM("warm: the memory that the process before left was taken over"),
  /** A snapshot was loaded. */
  SNAPSHOT("cold, from a snapshot"),
  /** From the first command of the day. */
  LOG("cold, from the beginning of the day");

  private final String text;

  RecoveryWay(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
