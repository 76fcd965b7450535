package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedFiles;
import io.tradepit.tools.terminal.Figures;
import io.tradepit.tools.terminal.Glyphs;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of recorded days for people, within 80 columns. */
final class StatText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final int BAR_COLUMNS = 24;
  private static final long NS_OF_A_SECOND = 1_000_000_000L;

  private final MessageSchema schema;
  private final Glyphs glyphs;
  private final PrintWriter out;

  StatText(MessageSchema schema, Glyphs glyphs, PrintWriter out) {
    this.schema = schema;
    this.glyphs = glyphs;
    this.out = out;
  }

  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a library more
  private void line(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values).stripTrailing());
  }

  void table(List<DayFigures> days) {
    line(
        "%4s  %-10s  %-7s  %-5s %10s  %-8s  %-8s  %7s %7s  %s",
        "day", "date", "state", "rules", "commands", "from", "to", "log", "events", "tail");
    days.forEach(this::row);
  }

  private void row(DayFigures day) {
    line(
        "%4d  %-10s  %-7s  %-5s %10s  %-8s  %-8s  %7s %7s  %s",
        day.files.number(),
        day.terms.map(DayTerms::dateText).orElse("-"),
        day.state(),
        day.terms.map(terms -> "v" + terms.ruleVersion()).orElse("-"),
        Figures.whole(day.commands),
        day.commands == 0 ? "-" : time(day, day.firstTimeNs),
        day.commands == 0 ? "-" : time(day, day.lastTimeNs),
        Figures.compact(day.files.log().lengthBytes()),
        Figures.compact(day.files.events().lengthBytes()),
        day.isTorn() ? "torn" : "whole");
  }

  private static String time(DayFigures day, long timeNs) {
    ZoneId zone = day.terms.map(DayTerms::zone).orElse(ZoneOffset.UTC);
    return TIME.format(Instant.ofEpochSecond(timeNs / NS_OF_A_SECOND).atZone(zone));
  }

  /** One day in full. */
  void day(DayFigures day) {
    out.println();
    line(
        "day %d: %s, %s",
        day.files.number(),
        day.state(),
        day.terms
            .map(terms -> "stream session " + terms.streamSession() + ", times in " + terms.zone())
            .orElse("not opened, times in UTC"));
    files("log", day.files.log(), day.commands);
    files("events", day.files.events(), day.eventFrames);
    if (day.commands > 0) {
      line(
          "  a second: at most %s commands, at %s; %.1f in the %s seconds that had any",
          Figures.whole(day.peak),
          time(day, day.peakSecond * NS_OF_A_SECOND),
          (double) day.commands / day.seconds,
          Figures.whole(day.seconds));
    }
    kinds("commands", day.commandsByTemplate, day.commands);
    kinds("events", day.eventsByTemplate, day.events);
    sessions(day);
  }

  private void files(String name, RecordedFiles files, long frames) {
    line(
        "  %-6s  recording %d: %s frames, %s bytes, %d file%s, positions %d to %d%s%s",
        name,
        files.recordingId(),
        Figures.whole(frames),
        Figures.whole(files.lengthBytes()),
        files.count(),
        files.count() == 1 ? "" : "s",
        files.startPosition(),
        files.endPosition(),
        files.isStopped() ? "" : ", not stopped",
        files.isTorn() ? ", torn" : "");
  }

  private void kinds(String name, Map<Integer, Long> counts, long all) {
    if (all == 0) {
      return;
    }
    line("  %-22s %12s", name, Figures.whole(all));
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
    counts.forEach((template, count) ->
        line(
            "    %-20s %12s %6.2f%%  %s",
            schema.name(template),
            Figures.whole(count),
            100.0 * count / all,
            glyphs.bar(count, most, BAR_COLUMNS)));
  }

  private void sessions(DayFigures day) {
    if (day.sessions.isEmpty()) {
      return;
    }
    line("  %-7s  %-8s %12s %12s", "session", "username", "commands", "messages");
    day.sessions.forEach((id, session) ->
        line(
            "  %7d  %-8s %12s %12s",
            id,
            session.username,
            Figures.whole(session.commands),
            Figures.whole(session.messages)));
  }
}
