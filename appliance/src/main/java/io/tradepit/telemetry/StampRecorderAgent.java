package io.tradepit.telemetry;

import io.tradepit.time.Clock;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns stamps into the latencies of orders, leg by leg, and writes them interval by interval.
 *
 * <p>A thread of low priority, off the order path: it shares {@code tp-admin}. Commands allocate
 * nothing; writing an interval does. It reports no work, so that its thread sleeps on between two
 * looks as if nothing were there; the table holds what comes meanwhile.
 *
 * <p>All stamps are of one clock. A step of it shows as legs below zero: such an order is counted,
 * not recorded. A file that cannot be written stops the recording, not the segment.
 */
public final class StampRecorderAgent implements Agent, StampReader.Handler {
  private static final int COMMANDS_OF_A_CYCLE = 8_192;
  private static final Logger LOGGER = LoggerFactory.getLogger(StampRecorderAgent.class);
  private static final Leg[] LEGS = {
    Leg.SEQUENCED, Leg.RELEASED, Leg.MATCHED, Leg.WRITTEN, Leg.ORDER
  };

  private final StampReader reader;
  private final LatencyLog log;
  private final Clock clock;
  private final NanoClock timer;
  private final long intervalNs;
  private final SingleWriterRecorder[] recorders = new SingleWriterRecorder[LEGS.length];
  private final AtomicCounter orders;
  private final AtomicCounter missed;
  private final AtomicCounter unanswered;
  private final AtomicCounter behind;
  private final AtomicCounter negative;
  private final LegGauges[] gauges = new LegGauges[LEGS.length];
  private long intervalStartMs;
  private long intervalEndNs;
  private boolean failed;

  /** Percentiles of the last interval that had orders, ns; one writer, any reader. */
  private static final class LegGauges {
    private volatile long p50;
    private volatile long p99;
    private volatile long max;
  }

  /**
   * @param log closed with the agent
   * @param clock of the stamps; labels intervals
   * @param timer ends intervals; it never steps
   * @param intervalNs how long one is, ns
   */
  public StampRecorderAgent(
      StampReader reader,
      LatencyLog log,
      Clock clock,
      NanoClock timer,
      long intervalNs,
      CounterRegistry counters) {
    this.reader = reader;
    this.log = log;
    this.clock = clock;
    this.timer = timer;
    this.intervalNs = intervalNs;
    orders = counters.counter("stamps_orders_total", "Answered orders whose latency was recorded");
    missed = counters.counter("stamps_missed_total", "Stamps overwritten before they were read");
    unanswered =
        counters.counter("stamps_unanswered_total", "Commands of members without an answer");
    behind =
        counters.counter(
            "stamps_behind_total", "Orders whose answer waited because the member was behind");
    negative =
        counters.counter("stamps_negative_total", "Orders with a leg below zero: a clock step");
    for (int i = 0; i < LEGS.length; i++) {
      recorders[i] = log.leg(LEGS[i]);
      gauges[i] = new LegGauges();
      export(counters, LEGS[i], gauges[i]);
    }
  }

  private static void export(CounterRegistry counters, Leg leg, LegGauges gauge) {
    String help = " of the last interval with orders, nanoseconds";
    counters.gauge("latency_p50_ns", "Median" + help, "leg", leg.tag(), () -> gauge.p50);
    counters.gauge("latency_p99_ns", "p99" + help, "leg", leg.tag(), () -> gauge.p99);
    counters.gauge("latency_max_ns", "Maximum" + help, "leg", leg.tag(), () -> gauge.max);
  }

  /** Orders recorded so far; any thread. */
  public long orders() {
    return orders.get();
  }

  /** What was counted and not recorded, for people; any thread. */
  public String notRecorded() {
    return "behind %,d, missed %,d, below zero %,d; commands without an answer %,d"
        .formatted(behind.get(), missed.get(), negative.get(), unanswered.get());
  }

  /** Always 0, whatever was read. */
  @Override
  public int doWork() {
    reader.poll(this, COMMANDS_OF_A_CYCLE);
    long now = timer.nanoTime();
    if (intervalStartMs == 0) {
      begin(now);
    } else if (now - intervalEndNs >= 0) {
      write();
      begin(now);
    }
    return 0;
  }

  // Bounds that hold whatever the clocks read: the sequencer's time is taken before it looks for
  // commands, so one that came meanwhile seems to be older; and events pass to the gateway before
  // the matcher's agent reads the clock. Neither is a step of the clock.
  @Override
  public void onOrder(
      byte source,
      long ingressNs,
      long sequencedNs,
      long releasedNs,
      long matchedNs,
      long writtenNs) {
    long sequenced = Math.max(ingressNs, sequencedNs);
    long matched = Math.min(matchedNs, writtenNs);
    if (releasedNs < sequenced || matched < releasedNs) {
      negative.incrementPlain();
      return;
    }
    record(0, sequenced - ingressNs);
    record(1, releasedNs - sequenced);
    record(2, matched - releasedNs);
    record(3, writtenNs - matched);
    record(4, writtenNs - ingressNs);
    orders.incrementPlain();
  }

  @Override
  public void onUnanswered() {
    unanswered.incrementPlain();
  }

  @Override
  public void onBehind() {
    behind.incrementPlain();
  }

  @Override
  public void onMissed() {
    missed.incrementPlain();
  }

  @Override
  public void onClose() {
    if (intervalStartMs != 0) {
      reader.poll(this, Integer.MAX_VALUE);
      write();
    }
    log.close();
  }

  @Override
  public String roleName() {
    return "tp-stamps";
  }

  private void record(int leg, long ns) {
    recorders[leg].recordValue(Math.min(ns, LatencyLog.MAX_VALUE_NS));
  }

  private void begin(long nowNs) {
    intervalStartMs = epochMs();
    intervalEndNs = nowNs + intervalNs;
  }

  private void write() {
    if (failed) {
      return;
    }
    try {
      log.write(intervalStartMs, Math.max(intervalStartMs, epochMs()));
      for (int i = 0; i < LEGS.length; i++) {
        show(log.written(LEGS[i].tag()), gauges[i]);
      }
    } catch (UncheckedIOException e) {
      failed = true;
      LOGGER.error("latencies are not written any more: {}", e.getMessage(), e);
    }
  }

  private static void show(Histogram interval, LegGauges gauge) {
    if (interval.getTotalCount() > 0) {
      gauge.p50 = interval.getValueAtPercentile(50);
      gauge.p99 = interval.getValueAtPercentile(99);
      gauge.max = interval.getMaxValue();
    }
  }

  private long epochMs() {
    return TimeUnit.NANOSECONDS.toMillis(clock.epochNs());
  }
}
