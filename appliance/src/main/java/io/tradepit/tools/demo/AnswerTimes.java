package io.tradepit.tools.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import org.HdrHistogram.Histogram;

/**
 * How long the venue's answers took, in nanoseconds from the moment at which a request was meant to
 * be sent, of the whole run and of the last seconds. One thread.
 */
final class AnswerTimes {
  private static final long HIGHEST_NS = 60_000_000_000L;
  private static final int DIGITS = 3;
  private static final int RECENT_S = 5;

  private final Histogram total = newHistogram();
  private final Deque<Histogram> seconds = new ArrayDeque<>();
  private Histogram second = newHistogram();

  void record(long ns) {
    second.recordValue(Math.clamp(ns, 0, HIGHEST_NS));
  }

  /** A second has ended. */
  void onSecond() {
    total.add(second);
    seconds.addLast(second);
    second = seconds.size() > RECENT_S ? seconds.removeFirst() : newHistogram();
    second.reset();
  }

  /** Of the last five whole seconds; a copy. */
  Histogram recent() {
    Histogram recent = newHistogram();
    seconds.forEach(recent::add);
    return recent;
  }

  /** Of all whole seconds. */
  Histogram total() {
    return total;
  }

  private static Histogram newHistogram() {
    return new Histogram(HIGHEST_NS, DIGITS);
  }
}
