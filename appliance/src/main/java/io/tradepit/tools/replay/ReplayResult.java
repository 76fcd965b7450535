package io.tradepit.tools.replay;

import io.tradepit.telemetry.Json;
import io.tradepit.telemetry.RunDescription.Load;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a replay has shown.
 *
 * @param ok whether all that the file says was seen, and nothing else
 * @param failure why it was not carried through, or empty
 * @param findings what differed, the first ten
 * @param findingCount how often something differed
 * @param figures name and number, in the order in which they are shown
 * @param load offered and achieved rate
 * @param latencyTable a line for each leg
 * @param latencyJson the same as JSON, nanoseconds
 * @param notes sentences for whoever reads the figures
 * @param results folder of the results
 * @param kept directory of a fresh segment that was kept, or empty
 */
public record ReplayResult(
    Path file,
    List<String> symbols,
    Pace pace,
    boolean ok,
    String failure,
    List<String> findings,
    long findingCount,
    Map<String, Long> figures,
    Load load,
    double durationS,
    List<String> latencyTable,
    String latencyJson,
    List<String> notes,
    Path results,
    Optional<Path> kept) {

  /** A figure by its name. */
  public long figure(String name) {
    return figures.getOrDefault(name, 0L);
  }

  /** For a terminal. */
  public List<String> lines() {
    return new ReplayText(this).lines();
  }

  /** The figures as one JSON object, a key a line. */
  public String json() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("ok", Boolean.toString(ok));
    keys.put("file", Json.text(file.toString()));
    keys.put("symbols", Json.texts(symbols));
    keys.put("pace", Json.text(pace.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')));
    figures.forEach((name, value) -> keys.put(name, Long.toString(value)));
    keys.put("offeredRate", number(load.offeredRate()));
    keys.put("achievedRate", number(load.achievedRate()));
    keys.put("rateKept", Boolean.toString(load.kept()));
    keys.put("durationS", number(durationS));
    keys.put("latencyNs", latencyJson);
    keys.put("findingCount", Long.toString(findingCount));
    keys.put("findings", Json.texts(findings));
    keys.put("failure", Json.text(failure));
    keys.put("notes", Json.texts(notes));
    keys.put("results", Json.text(results.toString()));
    return keys.entrySet().stream()
        .map(key -> Json.text(key.getKey()) + ": " + key.getValue())
        .collect(Collectors.joining(",\n  ", "{\n  ", "\n}\n"));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
