package io.tradepit.main;

import io.tradepit.stream.Log;
import io.tradepit.stream.LogFailedException;
import io.tradepit.telemetry.CounterRegistry;

/** Figures that are read where they lie when someone asks for metrics. */
final class SegmentGauges {
  private final CounterRegistry counters;

  SegmentGauges(CounterRegistry counters) {
    this.counters = counters;
  }

  void addTo(TradingDay day) {
    counters.gauge(
        "log_offered_position", "End of the log, bytes", day.journal.log()::offeredPosition);
    counters.gauge(
        "log_release_position",
        "Durable up to here, bytes; -1 = the log failed",
        () -> releasePosition(day.journal.log()));
    counters.gauge("orders_resting", "Orders in all books", day.matcher::ordersInUse);
    counters.gauge("levels_in_use", "Price levels in all books", day.matcher::levelsInUse);
    counters.gauge("commands_applied", "Sequence number applied last", day.matcher::lastSequence);
  }

  // The other figures are wanted most when the log has failed.
  private static long releasePosition(Log log) {
    try {
      return log.releasePosition();
    } catch (LogFailedException e) {
      return -1;
    }
  }
}
