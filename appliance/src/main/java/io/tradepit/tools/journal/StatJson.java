package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedFiles;
import io.tradepit.telemetry.Json;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** The figures of recorded days as one JSON object. Times are nanoseconds since the epoch. */
final class StatJson {
  private StatJson() {}

  static String of(List<DayFigures> days, MessageSchema schema) {
    StringJoiner all = new StringJoiner(",\n", "{\"days\":[\n", "\n]}");
    days.forEach(day -> all.add(day(day, schema)));
    return all.toString();
  }

  private static String day(DayFigures day, MessageSchema schema) {
    StringJoiner json = object();
    add(json, "day", day.files.number());
    add(json, "state", Json.text(day.state()));
    add(json, "torn", day.isTorn());
    day.terms.ifPresent(terms -> {
      add(json, "date", terms.date());
      add(json, "zone", Json.text(terms.zone().getId()));
      add(json, "ruleVersion", terms.ruleVersion());
      add(json, "streamSession", Json.text(terms.streamSession()));
    });
    add(json, "commands", day.commands);
    add(json, "firstTimeNs", day.firstTimeNs);
    add(json, "lastTimeNs", day.lastTimeNs);
    add(json, "peakOfASecond", day.peak);
    add(json, "peakAtSecond", day.peakSecond);
    add(json, "secondsWithCommands", day.seconds);
    add(json, "log", files(day.files.log(), day.commands));
    add(json, "events", files(day.files.events(), day.eventFrames));
    add(json, "commandsByKind", kinds(day.commandsByTemplate, schema));
    add(json, "eventsByKind", kinds(day.eventsByTemplate, schema));
    add(json, "sessions", sessions(day));
    if (day.damage != null) {
      add(json, "damage", Json.text(day.damage));
    }
    return json.toString();
  }

  private static String files(RecordedFiles files, long frames) {
    StringJoiner json = object();
    add(json, "recordingId", files.recordingId());
    add(json, "frames", frames);
    add(json, "bytes", files.lengthBytes());
    add(json, "files", files.count());
    add(json, "startPosition", files.startPosition());
    add(json, "endPosition", files.endPosition());
    add(json, "stopped", files.isStopped());
    add(json, "torn", files.isTorn());
    return json.toString();
  }

  private static String kinds(Map<Integer, Long> counts, MessageSchema schema) {
    StringJoiner json = object();
    counts.forEach((template, count) -> add(json, schema.name(template), count));
    return json.toString();
  }

  private static String sessions(DayFigures day) {
    StringJoiner all = new StringJoiner(",", "[", "]");
    day.sessions.forEach((id, session) -> {
      StringJoiner json = object();
      add(json, "session", id);
      add(json, "username", Json.text(session.username));
      add(json, "commands", session.commands);
      add(json, "messages", session.messages);
      all.add(json.toString());
    });
    return all.toString();
  }

  private static StringJoiner object() {
    return new StringJoiner(",", "{", "}");
  }

  private static void add(StringJoiner json, String name, Object value) {
    json.add(Json.text(name) + ":" + value);
  }
}
