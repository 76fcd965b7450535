package io.tradepit.main;

import io.tradepit.host.ThreadUsage;
import io.tradepit.telemetry.CounterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * What the kernel does to the threads of a segment: read from /proc by the thread that answers a
 * scrape, never by the threads themselves.
 */
final class ThreadGauges {
  private static final String LABEL = "thread";

  private final CounterRegistry counters;
  private final Set<String> added = ConcurrentHashMap.newKeySet();

  ThreadGauges(CounterRegistry counters) {
    this.counters = counters;
  }

  /**
   * Shows a thread; once, also where another thread comes to have the name.
   *
   * @param id its number now, of the operating system
   */
  void add(String thread, LongSupplier id) {
    if (added.add(thread)) {
      add(
          "thread_voluntary_switches_total",
          "Times that the thread left its core to wait",
          thread,
          id,
          ThreadUsage::voluntarySwitches);
      add(
          "thread_nonvoluntary_switches_total",
          "Times that the thread's core was taken from it",
          thread,
          id,
          ThreadUsage::nonvoluntarySwitches);
      add(
          "thread_minor_faults_total",
          "Pages that the thread touched first",
          thread,
          id,
          ThreadUsage::minorFaults);
      add(
          "thread_major_faults_total",
          "Pages that the thread waited for a disk for",
          thread,
          id,
          ThreadUsage::majorFaults);
    }
  }

  private void add(
      String name,
      String help,
      String thread,
      LongSupplier id,
      ToLongFunction<ThreadUsage> figure) {
    counters.gauge(
        name, help, LABEL, thread, () -> figure.applyAsLong(ThreadUsage.of(id.getAsLong())));
  }
}
