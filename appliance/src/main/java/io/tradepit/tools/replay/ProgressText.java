package io.tradepit.tools.replay;

import java.util.Locale;

/** The progress as one line of text. One thread. */
final class ProgressText {
  private static final int WIDTH = 20;

  private final int commands;
  private final boolean withBooks;
  private final long startNs = System.nanoTime();

  ProgressText(int commands, boolean withBooks) {
    this.commands = commands;
    this.withBooks = withBooks;
  }

  String of(int sent, int answered, long booksChecked) {
    int full = (int) ((long) WIDTH * answered / commands);
    double seconds = (System.nanoTime() - startNs) / 1e9;
    String bar = "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "]";
    String line =
        String.format(
            Locale.ROOT,
            "%s %3d%%  %,d sent  %,d answered  %,.0f/s",
            bar,
            100L * answered / commands,
            sent,
            answered,
            answered / seconds);
    return withBooks ? line + String.format(Locale.ROOT, "  %,d books", booksChecked) : line;
  }
}
