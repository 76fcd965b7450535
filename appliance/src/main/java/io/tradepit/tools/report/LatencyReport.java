package io.tradepit.tools.report;

import io.tradepit.telemetry.Leg;
import io.tradepit.telemetry.Nanos;
import io.tradepit.telemetry.RunDescription;
import io.tradepit.telemetry.RunDescription.Load;
import io.tradepit.telemetry.StampPoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be said of results: the figures, the verdict, and the sentences that belong to them.
 */
public final class LatencyReport {
  /** The legs that make up an order's way through the segment. */
  static final List<Leg> WAY = List.of(Leg.SEQUENCED, Leg.RELEASED, Leg.MATCHED, Leg.WRITTEN);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
  private static final double MOST = 0.5;
  private static final double HARDLY = 0.1;
  private static final double SHARED = 0.01;
  private static final double MS_A_SECOND = 1_000;

  private final Results results;

  public LatencyReport(Results results) {
    this.results = results;
  }

  Results results() {
    return results;
  }

  /** What was run: the tool's description, else the segment's. */
  Optional<RunDescription> subject() {
    return results.run().or(results::segment);
  }

  String kind() {
    return subject().map(RunDescription::kind).orElse("results");
  }

  Optional<Load> load() {
    return subject().flatMap(RunDescription::load);
  }

  /** {@code OK}, {@code FAIL}, or {@code NO RATE} where no one offered at one. */
  String verdict() {
    return load().map(load -> load.kept() ? "OK" : "FAIL").orElse("NO RATE");
  }

  /** Why the verdict is what it is. */
  String reason() {
    return load()
        .map(LatencyReport::reason)
        .orElse(
            "no one offered at a stated rate: these are the stamps of whatever orders came, and say"
                + " nothing of a rate that can be kept");
  }

  private static String reason(Load load) {
    return load.kept()
        ? String.format(
            Locale.ROOT,
            "the offered rate was kept: %.1f %% of it achieved",
            100 * load.achievedRate() / Math.max(1e-9, load.offeredRate()))
        : load.reason();
  }

  /** The leg that the report is about: the member's answer when it was timed, else the order. */
  LegFigures main() {
    return results
        .leg(Leg.ANSWER)
        .or(() -> results.leg(Leg.ORDER))
        .orElseGet(() -> results.legs().getFirst());
  }

  /** The legs that are lines of the percentile plot. */
  List<LegFigures> wholes() {
    List<LegFigures> wholes = new ArrayList<>();
    for (Leg leg : List.of(Leg.ANSWER, Leg.ANSWER_UNCORRECTED, Leg.ORDER)) {
      results.leg(leg).ifPresent(wholes::add);
    }
    return wholes.isEmpty() ? List.of(main()) : wholes;
  }

  /** The legs of the way through the segment, empty unless all were measured. */
  List<LegFigures> way() {
    List<LegFigures> way = new ArrayList<>();
    WAY.forEach(leg -> results.leg(leg).ifPresent(way::add));
    return way.size() == WAY.size() ? way : List.of();
  }

  /** The rows of the table of percentiles: wholes before their parts, gaps not among them. */
  List<LegFigures> rows() {
    List<LegFigures> rows = new ArrayList<>(wholes());
    for (LegFigures leg : results.legs()) {
      if (!rows.contains(leg) && !leg.is(Leg.GAPS)) {
        rows.add(leg);
      }
    }
    return rows;
  }

  Optional<MachineGaps> gaps() {
    return results.leg(Leg.GAPS).map(MachineGaps::of);
  }

  Instant started() {
    return subject()
        .map(RunDescription::started)
        .orElseGet(() -> Instant.ofEpochMilli(main().startMs()));
  }

  String startedText() {
    return TIME.format(started());
  }

  /** Of the measurement: as it was described, else from the first interval to the last, seconds. */
  double durationS() {
    return subject()
        .map(RunDescription::durationS)
        .filter(seconds -> seconds > 0)
        .orElse((main().endMs() - main().startMs()) / MS_A_SECOND);
  }

  /** When the greatest value came, and how it stands among the rest. */
  String worst() {
    LegFigures leg = main();
    Timeline.Interval worst = leg.worst();
    double atS = (worst.startMs() - started().toEpochMilli()) / MS_A_SECOND;
    return String.format(
        Locale.ROOT,
        "The longest %s, %s, came in the interval from %s (%.1f s after the start; %,d of %,d values"
            + " are in it).",
        leg.tag(),
        Nanos.text(leg.total().getMaxValue()),
        TIME.format(Instant.ofEpochMilli(worst.startMs())),
        atS,
        worst.values().getTotalCount(),
        leg.count());
  }

  /** What of the tail the machine's own gaps explain. */
  String gapSentence() {
    return gaps().map(this::gapSentence).orElse("The machine's own gaps were not measured.");
  }

  private String gapSentence(MachineGaps gaps) {
    Percentile at = main().count() >= 1_000 ? Percentile.P99_9 : Percentile.P99;
    long latency = at.of(main().total());
    long wait = gaps.waitNs(at.share());
    return String.format(
        Locale.ROOT,
        "A thread that only spun was away %.2f %% of the time, %s at the longest. Whoever came at a"
            + " random instant would have waited %s at %s for that alone, of the %s that %s took."
            + " Every thread on an order's way has gaps of its own, so this is the least. %s",
        100 * gaps.awayShare(),
        Nanos.text(gaps.waitNs(1)),
        Nanos.text(wait),
        at.label(),
        Nanos.text(latency),
        main().tag(),
        judgement(gaps.awayShare(), latency == 0 ? 0 : (double) wait / latency));
  }

  private static String judgement(double awayShare, double shareOfTail) {
    if (awayShare > SHARED) {
      return "The machine was shared, and queues grow while a thread is away: the tail says more of"
          + " this machine than of what ran on it.";
    }
    if (shareOfTail >= MOST) {
      return "Most of this tail is the machine's.";
    }
    return shareOfTail >= HARDLY
        ? "A part of this tail is the machine's."
        : "The machine's gaps do not explain this tail.";
  }

  /** Where stamps were taken: the tool's and the segment's, each leg once. */
  List<StampPoint> stamps() {
    Map<String, StampPoint> points = new LinkedHashMap<>();
    results.segment().ifPresent(it -> it.stamps().forEach(at -> points.put(at.leg(), at)));
    results.run().ifPresent(it -> it.stamps().forEach(at -> points.put(at.leg(), at)));
    return List.copyOf(points.values());
  }

  /** Names and values of the environment, by a title: what all share, then what each has alone. */
  Map<String, Map<String, String>> environments() {
    List<RunDescription> all =
        Stream.of(results.run(), results.segment()).flatMap(Optional::stream).toList();
    Map<String, String> shared = new LinkedHashMap<>();
    if (all.size() > 1) {
      shared.putAll(all.getFirst().environment());
      shared.entrySet().retainAll(all.getLast().environment().entrySet());
    }
    Map<String, Map<String, String>> environments = new LinkedHashMap<>();
    environments.put("Environment", shared);
    for (RunDescription of : all) {
      Map<String, String> own = new LinkedHashMap<>(of.environment());
      own.keySet().removeAll(shared.keySet());
      environments.put("Environment of " + of.kind(), own);
    }
    environments.values().removeIf(Map::isEmpty);
    return environments;
  }

  List<String> notes() {
    List<String> notes = new ArrayList<>();
    results.run().ifPresent(run -> notes.addAll(run.notes()));
    results.segment().ifPresent(segment -> notes.addAll(segment.notes()));
    if (main().count() < 10_000) {
      notes.add(
          String.format(
              Locale.ROOT,
              "Only %,d values: p99.99 is the maximum, and says as little.",
              main().count()));
    }
    return notes;
  }
}
