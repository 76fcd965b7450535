package io.tradepit.main;

import io.tradepit.journal.Journal;
import io.tradepit.recovery.RecoveryResult;
import io.tradepit.telemetry.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a start did to bring the day back.
 *
 * @param startedAt when the day was looked for
 * @param day number of the day among those of the archive
 * @param isContinued false for a day that was begun now
 * @param snapshot that was used, or null
 * @param journalNs until log and events were open
 * @param memoryNs until there was memory: made anew, cleared, or taken over and proved
 * @param loadNs of the snapshot
 * @param replayNs of the log behind it
 * @param readyNs from the beginning of the start until members may log in
 * @param commands replayed
 * @param framesCompared recorded event frames that were found equal
 * @param notes why other ways were not taken, a line each
 */
record RecoveryReport(
    Instant startedAt,
    int day,
    boolean isContinued,
    RecoveryWay way,
    Path snapshot,
    long journalNs,
    long memoryNs,
    long loadNs,
    long replayNs,
    long readyNs,
    long commands,
    long framesCompared,
    List<String> notes) {
  private static final double NS_OF_MS = 1e6;

  static RecoveryReport of(
      Journal journal,
      long journalNs,
      RecoveredState state,
      RecoveryResult result,
      List<String> notes) {
    long tookNs = journalNs + state.memoryNs() + state.loadNs() + result.durationNs();
    return new RecoveryReport(
        Instant.now().minusNanos(tookNs),
        journal.day(),
        journal.isContinued(),
        state.way(),
        state.snapshot(),
        journalNs,
        state.memoryNs(),
        state.loadNs(),
        result.durationNs(),
        0,
        result.commands(),
        result.framesCompared(),
        List.copyOf(notes));
  }

  /** The same with the time after which members may log in. */
  RecoveryReport ready(long afterNs) {
    return new RecoveryReport(
        startedAt,
        day,
        isContinued,
        way,
        snapshot,
        journalNs,
        memoryNs,
        loadNs,
        replayNs,
        afterNs,
        commands,
        framesCompared,
        notes);
  }

  /** One line for the table at start. */
  String line() {
    return isContinued
        ? String.format(
            Locale.ROOT,
            "goes on %s; %,d commands replayed, %,d event frames equal, %,.0f ms",
            way,
            commands,
            framesCompared,
            (memoryNs + loadNs + replayNs) / NS_OF_MS)
        : "begun now";
  }

  /** What people read. */
  List<String> lines() {
    Map<String, String> rows = new LinkedHashMap<>(rows());
    List<String> lines =
        rows.entrySet().stream()
            .map(row -> String.format(Locale.ROOT, "%-16s %s", row.getKey(), row.getValue()))
            .collect(Collectors.toList());
    notes.forEach(note -> lines.add(String.format(Locale.ROOT, "%-16s %s", "why", note)));
    return lines;
  }

  private Map<String, String> rows() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("started", startedAt.toString());
    rows.put("day", Integer.toString(day));
    rows.put("way", isContinued ? way.toString() : "a new day, nothing to recover");
    rows.put("snapshot", snapshot == null ? "none" : snapshot.toString());
    rows.put("journal", String.format(Locale.ROOT, "%,.1f ms", journalNs / NS_OF_MS));
    rows.put("memory", String.format(Locale.ROOT, "%,.1f ms", memoryNs / NS_OF_MS));
    rows.put("load", String.format(Locale.ROOT, "%,.1f ms", loadNs / NS_OF_MS));
    rows.put("replay", String.format(Locale.ROOT, "%,.1f ms", replayNs / NS_OF_MS));
    rows.put("ready after", String.format(Locale.ROOT, "%,.1f ms", readyNs / NS_OF_MS));
    rows.put("commands", String.format(Locale.ROOT, "%,d replayed", commands));
    rows.put("event frames", String.format(Locale.ROOT, "%,d equal", framesCompared));
    return rows;
  }

  /** The report as JSON, a field a line. */
  String json() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("startedAt", Json.text(startedAt.toString()));
    fields.put("day", Integer.toString(day));
    fields.put("continued", Boolean.toString(isContinued));
    fields.put("way", Json.text(isContinued ? way.name().toLowerCase(Locale.ROOT) : "new-day"));
    fields.put("snapshot", snapshot == null ? "null" : Json.text(snapshot.toString()));
    fields.put("journalNs", Long.toString(journalNs));
    fields.put("memoryNs", Long.toString(memoryNs));
    fields.put("loadNs", Long.toString(loadNs));
    fields.put("replayNs", Long.toString(replayNs));
    fields.put("readyNs", Long.toString(readyNs));
    fields.put("commands", Long.toString(commands));
    fields.put("framesCompared", Long.toString(framesCompared));
    fields.put("notes", Json.texts(notes));
    fields.put("text", Json.texts(lines()));
    return fields.entrySet().stream()
        .map(field -> "  " + Json.text(field.getKey()) + ": " + field.getValue())
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  /** Writes the JSON; a reader sees the old file or the new one, never a part. */
  void write(Path file) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, json());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file, e);
    }
  }
}
