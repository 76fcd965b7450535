package io.tradepit.perf.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a run is of.
 *
 * @param sessions counts of sessions that send, ascending; each has all that follows
 * @param orders one in flight, as many again before them, and before the open loop, to warm up
 * @param rates of the open loop, orders a second, ascending; none = no open loop
 * @param seconds of each rate; for half of that the member's thread only spins before, to see how
 *     long it is away
 */
public record WireOptions(
    List<Integer> sessions, int orders, List<Long> rates, double seconds, OrderMix mix) {
  private static final int BACKING_OFF_SHARE = 4;
  private static final int ARGUMENTS = 5;

  public WireOptions {
    sessions = List.copyOf(sessions);
    rates = List.copyOf(rates);
  }

  /** Of threads that back off: a round trip takes ten times as long, and no rate is kept better. */
  WireOptions forBackingOff() {
    int fewer = Math.max(1, orders / BACKING_OFF_SHARE);
    return new WireOptions(sessions, fewer, List.of(), seconds, mix);
  }

  int mostSessions() {
    return sessions.getLast();
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
