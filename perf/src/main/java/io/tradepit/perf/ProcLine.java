package io.tradepit.perf;

/** A line of {@code /proc} that says a size: {@code Rss: 1234 kB}. */
public final class ProcLine {
  private ProcLine() {}

  /**
   * Bytes.
   *
   * @throws RuntimeException when the line has no number of kB behind a colon
   */
  public static long bytes(String line) {
    String value = line.substring(line.indexOf(':') + 1).strip();
    return Long.parseLong(value.substring(0, value.indexOf(' '))) << 10;
  }
}
