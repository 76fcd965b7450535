package io.tradepit.config;

/** How a command of Tradepit ends: the numbers are part of its interface. */
public enum ExitCode {
  /** Everything was done. */
  OK(0, "done, or stopped as asked"),
  /** None of the others; the line on stderr says what. */
  OTHER(1, "any other failure; the line on stderr names it"),
  /** Wrong use of the command line, or a configuration that is not allowed. */
  CONFIGURATION(2, "the command line or the configuration is wrong"),
  /** An address is taken. */
  PORT_IN_USE(3, "a port that the configuration names is in use"),
  /** Pages of the kind asked for were not obtained. */
  MEMORY(4, "too little memory, or not of the page kind asked for"),
  /** Recorded log and events do not fit each other. */
  RECOVERY_REFUSED(5, "recovery refused: what was recorded does not fit together"),
  /** The log cannot go on. */
  STORAGE(6, "the storage of the log failed"),
  /** Another process serves this directory. */
  ALREADY_RUNNING(7, "a segment already runs in this directory"),
  /**
   * A core, a priority, memory, a page size or an Ethernet port is not had, or preflight failed.
   */
  HOST(8, "the host is not what the configuration asks for");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }

  /** One line for each code, for help texts and documents. */
  public static String table() {
    StringBuilder table = new StringBuilder();
    for (ExitCode code : values()) {
      table.append("  ").append(code.number).append("  ").append(code.meaning).append('\n');
    }
    return table.toString();
  }
}
