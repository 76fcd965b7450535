package io.tradepit.tools.replay;

import java.util.Locale;

/** The progress as one line of less than 80 columns. One thread. */
final class ProgressText {
  private static final int WIDTH = 12;

  private final int commands;
  private final boolean withBooks;
  private long startNs;

  ProgressText(int commands, boolean withBooks) {
    this.commands = commands;
    this.withBooks = withBooks;
  }

  String of(int answered, long booksChecked) {
    if (startNs == 0) {
      startNs = System.nanoTime();
    }
    int full = (int) ((long) WIDTH * answered / commands);
    double seconds = Math.max((System.nanoTime() - startNs) / 1e9, 1e-3);
    String line =
        String.format(
            Locale.ROOT,
            "[%s%s] %3d%%  %,d of %,d answered, %,.0f/s",
            "#".repeat(full),
            ".".repeat(WIDTH - full),
            100L * answered / commands,
            answered,
            commands,
            answered / seconds);
    return withBooks ? line + String.format(Locale.ROOT, "  %,d books", booksChecked) : line;
  }
}
