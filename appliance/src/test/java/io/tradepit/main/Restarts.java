package io.tradepit.main;

import io.tradepit.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Which way each restart of a suite took, and how long it was. */
final class Restarts {
  private static final double NS_OF_MS = 1e6;

  private final Path report;
  private final Map<String, List<Double>> readyMs = new TreeMap<>();
  private final Map<String, List<Double>> recoveryMs = new TreeMap<>();

  Restarts(Path report) {
    this.report = report;
  }

  /** Takes note of a start that is ready, and prints a line. */
  void take(int number, SegmentProcess process) throws IOException {
    Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(report));
    Map<?, ?> fields = (Map<?, ?>) read;
    String way = fields.get("way").toString();
    double state = ms(fields, "memoryNs") + ms(fields, "loadNs");
    double replay = ms(fields, "replayNs");
    double ready = ms(fields, "readyNs");
    readyMs.computeIfAbsent(way, key -> new ArrayList<>()).add(ready);
    recoveryMs.computeIfAbsent(way, key -> new ArrayList<>()).add(state + replay);
    System.out.printf(
        "restart=%d way=%s readyMs=%.0f processMs=%.0f stateMs=%.1f replayMs=%.1f commands=%s"
            + " notes=%s%n",
        number,
        way,
        ready,
        process.readyMs(),
        state,
        replay,
        fields.get("commands"),
        fields.get("notes"));
  }

  private static double ms(Map<?, ?> fields, String name) {
    return ((Number) fields.get(name)).longValue() / NS_OF_MS;
  }

  /** Prints how often each way was taken, with least, middle and most of its times. */
  void print(String more) {
    StringBuilder text = new StringBuilder();
    readyMs.forEach((way, times) ->
        text.append(way)
            .append('=')
            .append(times.size())
            .append(" readyMs=")
            .append(spread(times))
            .append(" stateAndReplayMs=")
            .append(spread(recoveryMs.get(way)))
            .append("; "));
    Tier.ran("restarts by way, least/middle/most", text + more);
  }

  private static String spread(List<Double> times) {
    List<Double> sorted = times.stream().sorted().toList();
    return "%.0f/%.0f/%.0f"
        .formatted(sorted.getFirst(), sorted.get(sorted.size() / 2), sorted.getLast());
  }
}
