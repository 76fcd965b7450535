package io.tradepit.journal;

/** When a command counts as durable: what a released command survives. */
public enum Durability {
  /** Written to the operating system (archive file sync level 0). */
  RECORDED(0, "process yes, OS no, power no"),
  /** Flushed to the disk (archive file sync level 1). */
  SYNCED(1, "process yes, OS yes, power yes (as far as the disk keeps what it confirmed)");

  private final int fileSyncLevel;
  private final String survives;

  Durability(int fileSyncLevel, String survives) {
    this.fileSyncLevel = fileSyncLevel;
    this.survives = survives;
  }

  /** As Aeron Archive counts it: 0 none, 1 data. */
  public int fileSyncLevel() {
    return fileSyncLevel;
  }

  /** For people: what a released command survives. */
  public String survives() {
    return survives;
  }
}
