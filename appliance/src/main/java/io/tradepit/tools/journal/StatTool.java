package io.tradepit.tools.journal;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.StartException;
import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.stream.LogFailedException;
import io.tradepit.tools.terminal.Glyphs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tells what a segment has recorded: all days in a table, one of them in full. */
public final class StatTool {
  private final JournalPlace place;
  private final MessageSchema schema = MessageSchema.read();

  public StatTool(SegmentConfig config) {
    place = new JournalPlace(config);
  }

  /**
   * Prints the figures.
   *
   * @param day that is told in full, from 1; 0 = the newest
   * @param json a file for the figures, "-" for {@code out} instead of the text, or null
   * @return {@link ExitCode#RECOVERY_REFUSED} when something recorded is damaged
   * @throws StartException when there is no such day
   */
  public ExitCode show(int day, Glyphs glyphs, Path json, PrintWriter out) {
    int chosen = place.number(day);
    List<DayFigures> days = new ArrayList<>();
    List<String> damages = new ArrayList<>();
    for (int number : place.days().numbers()) {
      read(number, days, damages);
    }
    boolean jsonOnly = json != null && "-".equals(json.toString());
    if (jsonOnly) {
      out.println(StatJson.of(days, schema));
    } else {
      StatText text = new StatText(schema, glyphs, out);
      text.table(days);
      days.stream().filter(figures -> figures.files.number() == chosen).forEach(text::day);
      damages.forEach(line -> out.println("damaged: " + line));
    }
    out.flush();
    if (json != null && !jsonOnly) {
      write(json, StatJson.of(days, schema));
    }
    return damages.isEmpty() ? ExitCode.OK : ExitCode.RECOVERY_REFUSED;
  }

  private void read(int number, List<DayFigures> days, List<String> damages) {
    try {
      RecordedDayFiles files = place.days().day(number);
      DayFigures figures = DayFigures.of(files);
      days.add(figures);
      if (figures.damage != null) {
        damages.add("day=" + number + " " + figures.damage);
      }
    } catch (LogFailedException e) {
      damages.add("day=" + number + " " + e.getMessage());
    }
  }

  private static void write(Path file, String json) {
    try {
      Files.writeString(file, json + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("json=" + file + ": " + e.getMessage(), e);
    }
  }
}
