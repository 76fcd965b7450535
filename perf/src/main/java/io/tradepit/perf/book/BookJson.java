package io.tradepit.perf.book;

import io.tradepit.perf.flow.Regime;
import io.tradepit.telemetry.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as JSON: messages a second, bytes a message. */
public final class BookJson {
  private BookJson() {}

  /** The members {@code placement}, {@code runs} and {@code engines} of an object. */
  public static String members(BookResults results) {
    return results.engines().stream()
        .map(engine -> Json.text(engine.name()) + ": " + engine(results, engine))
        .collect(
            Collectors.joining(
                ",\n    ",
                "\"placement\": "
                    + Json.text(results.compared().label())
                    + ",\n  \"runs\": "
                    + runs(results)
                    + ",\n  \"engines\": {\n    ",
                "\n  }"));
  }

  private static String runs(BookResults results) {
    return Arrays.stream(Placement.values())
        .map(placement -> Json.text(placement.label()) + ": " + results.count(placement))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** A rate that rests on some runs; null where it rests on none. */
  private static String number(int runs, double rate) {
    return runs == 0 ? "null" : String.format(Locale.ROOT, "%.0f", rate);
  }

  private static String engine(BookResults results, EngineSetup engine) {
    List<String> members = new ArrayList<>();
    for (Regime regime : Regime.values()) {
      Spread rate = results.rate(engine, regime);
      members.add(
          String.format(
              Locale.ROOT,
              "%s: {\"median\": %s, \"min\": %s, \"max\": %s, \"runs\": %d}",
              Json.text(regime.label()),
              number(rate.count(), rate.median()),
              number(rate.count(), rate.min()),
              number(rate.count(), rate.max()),
              rate.count()));
    }
    return String.format(
        Locale.ROOT,
        "{\"regimes\": {%s}, \"worst\": %s, \"bytesPerMessage\": %.4f, \"role\": %s}",
        String.join(", ", members),
        number((int) results.worst(engine).stream().count(), results.worst(engine).orElse(0)),
        results.bytesPerMessage(engine),
        Json.text(engine.role().name().toLowerCase(Locale.ROOT)));
  }
}
