package io.tradepit.host.preflight;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The table of {@code rtla osnoise top -q} (rtla-osnoise-top(1)); times in us, counts behind them.
 * A table that is drawn again replaces what was drawn before.
 */
final class OsnoiseText {
  private static final Pattern ROW =
      Pattern.compile(
          "\\s*(\\d{1,4}) #(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+([\\d.]+)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)"
              + "\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s+(\\d+)\\s*");

  /**
   * What a core lost.
   *
   * @param availablePercent of its time that a thread which only spins got
   * @param longestUs the longest single noise
   * @param sources how many of the hardware, of non-maskable interrupts, interrupts, softirqs and
   *     threads
   */
  record Noise(double availablePercent, long longestUs, String sources) {}

  private OsnoiseText() {}

  /** By CPU; none for another text. */
  static Map<Integer, Noise> parse(String text) {
    Map<Integer, Noise> noises = new TreeMap<>();
    for (String line : text.lines().toList()) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        noises.put(
            Integer.valueOf(row.group(1)),
            new Noise(
                Double.parseDouble(row.group(5)),
                Long.parseLong(row.group(7)),
                "hardware "
                    + row.group(8)
                    + ", NMI "
                    + row.group(9)
                    + ", interrupts "
                    + row.group(10)
                    + ", softirqs "
                    + row.group(11)
                    + ", threads "
                    + row.group(12)));
      }
    }
    return noises;
  }
}
