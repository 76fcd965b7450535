package io.tradepit.tools.journal;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.journal.RecordedFiles;
import io.tradepit.matching.Matcher;
import io.tradepit.recovery.RecoveryResult;
import io.tradepit.recovery.SnapshotDirectory;
import io.tradepit.stream.LogFailedException;
import io.tradepit.telemetry.Json;
import io.tradepit.tools.terminal.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a recorded day: every frame, what fits to what, and a replay of it all. One thread. */
public final class VerifyTool {
  private final RecordedDayFiles day;
  private final List<SnapshotDirectory.Entry> snapshots;
  private final Optional<DayTerms> terms;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private String defect;
  private String refusal;

  /**
   * @param number of the day, from 1; 0 = the newest
   * @param out takes what was checked
   * @param err takes how far a long check is
   * @throws StartException when there is no such day, or it can't even be opened
   */
  public VerifyTool(SegmentConfig config, int number, PrintWriter out, PrintWriter err) {
    JournalPlace place = new JournalPlace(config);
    this.snapshots = SnapshotCheck.list(SegmentPaths.of(config).snapshots(), place.number(number));
    this.day = place.day(number);
    this.out = out;
    this.err = err;
    this.terms = terms(day.log());
  }

  /** Where the log is damaged before them, the check of the log says so. */
  private static Optional<DayTerms> terms(RecordedFiles log) {
    try {
      return DayTerms.read(log);
    } catch (LogFailedException e) {
      return Optional.empty();
    }
  }

  /**
   * Checks and prints a line for each thing that was checked, and a verdict.
   *
   * @param quick leaves the replay out
   * @param json a file for the figures, "-" for {@code out} instead of the text, or null
   * @return {@link ExitCode#RECOVERY_REFUSED} when something does not fit; {@link ExitCode#OTHER}
   *     when a replay was asked for that this build can't do
   */
  public ExitCode check(boolean quick, Path json) {
    long started = System.nanoTime();
    boolean jsonOnly = json != null && "-".equals(json.toString());
    PrintWriter text = jsonOnly ? new PrintWriter(PrintWriter.nullWriter()) : out;
    text.println("day " + day.number() + title());
    try {
      checkAll(quick, text);
    } catch (DefectFoundException e) {
      defect = e.getMessage();
    }
    text.println(verdict() + " (" + Figures.duration(System.nanoTime() - started) + ")");
    write(json, jsonOnly);
    out.flush();
    if (defect != null) {
      return ExitCode.RECOVERY_REFUSED;
    }
    return refusal == null ? ExitCode.OK : ExitCode.OTHER;
  }

  private String title() {
    return terms
        .map(of -> " of " + of.dateText() + ", rule version " + of.ruleVersion())
        .orElse(", not opened");
  }

  private String verdict() {
    if (defect != null) {
      return "day " + day.number() + " is DAMAGED: " + defect;
    }
    String fits = "day " + day.number() + " is whole: all that was checked fits together";
    return refusal == null ? fits : fits + "; not replayed: " + refusal;
  }

  private void checkAll(boolean quick, PrintWriter text) {
    SnapshotCheck files = new SnapshotCheck(snapshots, day);
    checkStreams(files, text);
    if (!quick && mayReplay()) {
      replay(files, text);
    }
    tail(text, "log", day.log());
    tail(text, "events", day.events());
  }

  private void checkStreams(SnapshotCheck files, PrintWriter text) {
    Progress progress = new Progress(err, "checking frames", day.log().endPosition());
    try (LogCheck log = new LogCheck(day.log());
        EventCheck events = new EventCheck(day.events(), MessageSchema.read(), log)) {
      boolean isPending = events.next();
      while (log.next()) {
        while (isPending && events.sequenceOfFrame() <= log.sequence()) {
          events.checkFrame();
          isPending = events.next();
        }
        files.onCommand(log, events.checkedPosition());
        progress.at(log.nextPosition());
      }
      if (isPending) {
        throw new DefectFoundException(
            "events are ahead of the log: eventRecordingId="
                + day.events().recordingId()
                + " sequence="
                + events.sequenceOfFrame()
                + " logEndsWith="
                + log.sequence());
      }
      files.onEnd(log.sequence());
      tell(log, events, files, text);
    }
  }

  private void tell(LogCheck log, EventCheck events, SnapshotCheck files, PrintWriter text) {
    line(
        text,
        "commands",
        log.sequence(),
        "CRC, headers, numbers, times; "
            + log.gateways()
            + " gateways, sent again "
            + log.repeats());
    line(text, "event frames", events.frames(), "CRC, headers, in the order of the log");
    line(
        text,
        "events",
        events.events(),
        "dense; " + events.sessions() + " streams, feed to " + events.feedMessages());
    line(text, "state reports", events.reports(), "hash of the log as chained here");
    line(text, "snapshots", files.count(), "of this log and these events");
    if (!events.isComplete()) {
      text.println("  the last command has events that are not recorded yet");
    }
  }

  private boolean mayReplay() {
    if (terms.isPresent() && terms.get().ruleVersion() != Matcher.RULE_VERSION) {
      refusal =
          "ruleVersion logged="
              + terms.get().ruleVersion()
              + " here="
              + Matcher.RULE_VERSION
              + ": this build can't replay the day";
    }
    return terms.isPresent() && refusal == null;
  }

  private void replay(SnapshotCheck files, PrintWriter text) {
    files.load(terms.orElseThrow().capacities());
    Progress progress = new Progress(err, "replaying", counts.get("commands"));
    RecoveryResult result =
        new ReplayCheck(day, files, progress).run(terms.orElseThrow().capacities());
    long perSecond = result.commands() * 1_000_000_000L / Math.max(1, result.durationNs());
    line(
        text,
        "replayed",
        result.commands(),
        Figures.whole(result.framesCompared())
            + " event frames equal, "
            + Figures.compact(perSecond)
            + " commands a second");
    if (result.appended()) {
      text.println("  events behind command " + result.commands() + " are not recorded yet");
    }
  }

  private void line(PrintWriter text, String what, long count, String checked) {
    counts.put(what, count);
    text.println("  %-14s %12s  %s".formatted(what, Figures.whole(count), checked));
  }

  private static void tail(PrintWriter text, String name, RecordedFiles files) {
    if (files.isTorn()) {
      text.println(
          "  the "
              + name
              + " has a torn frame behind position "
              + files.endPosition()
              + ": what a kill leaves; no damage");
    }
  }

  private void write(Path json, boolean jsonOnly) {
    if (jsonOnly) {
      out.println(json());
    } else if (json != null) {
      try {
        Files.writeString(json, json() + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException("json=" + json + ": " + e.getMessage(), e);
      }
    }
  }

  private String json() {
    StringBuilder json = new StringBuilder("{\"day\":").append(day.number());
    counts.forEach(
        (what, count) -> json.append(',').append(Json.text(what)).append(':').append(count));
    json.append(",\"torn\":").append(day.log().isTorn() || day.events().isTorn());
    json.append(",\"whole\":").append(defect == null);
    if (defect != null) {
      json.append(",\"defect\":").append(Json.text(defect));
    }
    if (refusal != null) {
      json.append(",\"notReplayed\":").append(Json.text(refusal));
    }
    return json.append('}').toString();
  }
}
