package io.tradepit.perf.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a run is of.
 *
 * @param sessions counts of sessions that send, ascending; each has all that follows
 * @param orders one in flight, at most
 * @param rates of the open loop, orders a second, ascending; none = no open loop
 * @param seconds of each rate, and of one order in flight at most; for half of that the member's
 *     thread only spins before, to see how long it is away
 */
public record WireOptions(
    List<Integer> sessions, int orders, List<Long> rates, double seconds, OrderMix mix) {
  // Log and event stream take some 410 a command, and an order is one, or two with its cancel.
  private static final long MOST_RECORDED_BYTES_OF_ORDER = 1_000;
  private static final int ARGUMENTS = 5;

  public WireOptions {
    sessions = List.copyOf(sessions);
    rates = List.copyOf(rates);
  }

  /** For threads that back off: no rate is kept better. */
  WireOptions withoutOpenLoop() {
    return new WireOptions(sessions, orders, List.of(), seconds, mix);
  }

  /** Of one count of sessions. */
  WireOptions withSessions(int count) {
    return new WireOptions(List.of(count), orders, rates, seconds, mix);
  }

  int mostSessions() {
    return sessions.getLast();
  }

  long limitNs() {
    return Math.round(seconds * 1e9);
  }

  /** What one segment can have recorded in the end, not below it. */
  long mostRecordedBytes() {
    long open = rates.stream().mapToLong(this::orders).sum();
    return MOST_RECORDED_BYTES_OF_ORDER * (WireRuns.MOST_WARMUP_ORDERS + orders + open);
  }

  /** Orders of a run of the open loop. */
  int orders(long rate) {
    return (int) Math.max(1, Math.round(rate * seconds));
  }

  /** For the process of the member. */
  List<String> arguments() {
    return List.of(
        text(sessions),
        Integer.toString(orders),
        text(rates),
        String.format(Locale.ROOT, "%.3f", seconds),
        mix.name());
  }

  /** What {@link #arguments} wrote. */
  static WireOptions parse(List<String> arguments) {
    if (arguments.size() != ARGUMENTS) {
      throw new WireException("arguments=" + arguments + " allowed=" + ARGUMENTS);
    }
    return new WireOptions(
        numbers(arguments.get(0)).stream().map(Math::toIntExact).toList(),
        Integer.parseInt(arguments.get(1)),
        numbers(arguments.get(2)),
        Double.parseDouble(arguments.get(3)),
        OrderMix.valueOf(arguments.get(4)));
  }

  private static String text(List<? extends Number> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static List<Long> numbers(String text) {
    return Arrays.stream(text.split(",", -1))
        .filter(word -> !word.isEmpty())
        .map(Long::valueOf)
        .toList();
  }
}
