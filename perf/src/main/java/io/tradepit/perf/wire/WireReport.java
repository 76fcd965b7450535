package io.tradepit.perf.wire;

import io.tradepit.tools.report.Markup;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that a comparison has found.
 *
 * @param network between segment and member
 * @param journal directory in which recordings were made
 * @param results by transport and layout, without those skipped
 * @param skipped transports that this machine has not, with what the segment said
 */
public record WireReport(
    WireOptions options,
    String network,
    Path journal,
    List<WireResults> results,
    Map<String, String> skipped) {
  public WireReport {
    results = List.copyOf(results);
    skipped = new LinkedHashMap<>(skipped);
  }

  /** Whether this machine has none of the transports. */
  public boolean isEmpty() {
    return results.isEmpty();
  }

  /** Counts of sessions that anything was measured with. */
  List<Integer> sessions() {
    TreeSet<Integer> all = new TreeSet<>();
    results.forEach(each -> all.addAll(each.sessions()));
    return List.copyOf(all);
  }

  /** Rates of the open loop that were tried with so many sessions, ascending. */
  List<Long> rates(int sessions) {
    TreeSet<Long> all = new TreeSet<>();
    results.forEach(each -> all.addAll(each.rates(sessions)));
    return List.copyOf(all);
  }

  /** Those that had an open loop. */
  List<WireResults> openLoops() {
    return results.stream()
        .filter(each -> each.sessions().stream().anyMatch(n -> !each.rates(n).isEmpty()))
        .toList();
  }

  /** The highest rate up to which all transports kept each, 0 = none. */
  long keptByAll(int sessions) {
    return openLoops().stream().mapToLong(each -> each.highestKept(sessions)).min().orElse(0);
  }

  /** What was not done, by transport and layout. */
  List<String> givenUp() {
    return results.stream()
        .flatMap(each -> each.givenUp().stream().map(line -> each.name() + ": " + line))
        .toList();
  }

  /** What holds for all rows: names and values. */
  Map<String, String> conditions() {
    Map<String, String> conditions = new LinkedHashMap<>();
    conditions.put("network", network + "; kernel TCP at the member");
    conditions.put("durability", WirePlan.DURABILITY + " in " + journal);
    conditions.put("orders", mix());
    conditions.put("sessions", numbers(options.sessions()));
    conditions.put(
        "warm-up",
        Markup.format(
            "each segment: %,d orders at %,d a second, then one in flight, %,d or 1 s",
            WireRuns.WARMUP_ORDERS, WireRuns.WARMUP_RATE, WireRuns.WARMUP_IN_FLIGHT));
    conditions.put(
        "one in flight",
        Markup.format("%,d orders or %.1f s", options.orders(), options.seconds()));
    conditions.put(
        "rates", Markup.format("%s a second, %.1f s", numbers(options.rates()), options.seconds()));
    for (ThreadLayout layout : ThreadLayout.values()) {
      if (results.stream().anyMatch(each -> each.layout() == layout)) {
        conditions.put(layout.label(), layout.description());
      }
    }
    TreeMap<String, String> members = new TreeMap<>();
    results.forEach(each -> members.put(each.member(), each.name()));
    conditions.put("member and segment", String.join("; ", members.keySet()));
    skipped.forEach((transport, reason) -> conditions.put("skipped: " + transport, reason));
    return conditions;
  }

  private static String numbers(List<? extends Number> numbers) {
    return numbers.stream()
        .map(each -> Markup.format("%,d", each.longValue()))
        .collect(Collectors.joining(" "));
  }

  private String mix() {
    return switch (options.mix()) {
      case IOC -> "immediate-or-cancel, far from the market";
      case RESTING -> "resting, far from the market, canceled with the session's next order";
      case BOTH -> "of a session in turn: immediate-or-cancel, and resting until its next order";
    };
  }
}
