package io.tradepit.sequencer;

import io.tradepit.stream.Log;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.time.Clock;
import io.tradepit.time.Deadline;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;

/** Configuration of a {@link SequencerAgent}. Times are nanoseconds since the Unix epoch. */
public final class SequencerContext {
  private Log log;
  private Clock clock;
  private CounterFactory counters;
  private OneToOneRingBuffer[] rings = {};
  private Deadline deadline = new Deadline();
  private long lastSequence;
  private long lastTimeNs;
  private long lastSegmentSequence;
  private long maxClockBehindNs = TimeUnit.SECONDS.toNanos(1);

  /**
   * Checks the values.
   *
   * @throws ClockBehindLogException when the clock is too far behind the last logged time
   */
  public SequencerContext conclude() {
    Objects.requireNonNull(log, "log=null");
    Objects.requireNonNull(clock, "clock=null");
    Objects.requireNonNull(counters, "counters=null");
    Objects.requireNonNull(deadline, "deadline=null");
    if (rings.length == 0) {
      throw new IllegalArgumentException("rings=0 allowed=1 or more");
    }
    if (lastSequence < 0) {
      throw new IllegalArgumentException("lastSequence=" + lastSequence + " allowed=from 0");
    }
    long nowNs = clock.epochNs();
    if (lastTimeNs - nowNs > maxClockBehindNs) {
      throw new ClockBehindLogException(nowNs, lastTimeNs, maxClockBehindNs);
    }
    return this;
  }

  /** Where the commands go. */
  public SequencerContext log(Log target) {
    log = target;
    return this;
  }

  public Log log() {
    return log;
  }

  public SequencerContext clock(Clock source) {
    clock = source;
    return this;
  }

  public Clock clock() {
    return clock;
  }

  public SequencerContext counters(CounterFactory factory) {
    counters = factory;
    return this;
  }

  public CounterFactory counters() {
    return counters;
  }

  /** One ring for each gateway, in turn; its messages are SBE header and command. */
  public SequencerContext rings(OneToOneRingBuffer... ofGateways) {
    rings = ofGateways.clone();
    return this;
  }

  public OneToOneRingBuffer[] rings() {
    return rings.clone();
  }

  /** When a timer of the matching state is due; a Tick is appended then. Never if not set. */
  public SequencerContext deadline(Deadline ofTimers) {
    deadline = ofTimers;
    return this;
  }

  public Deadline deadline() {
    return deadline;
  }

  /** Sequence number and time of the last command in the log; 0 and 0 when it is empty. */
  public SequencerContext lastLogged(long sequence, long timeNs) {
    lastSequence = sequence;
    lastTimeNs = timeNs;
    return this;
  }

  public long lastSequence() {
    return lastSequence;
  }

  public long lastTimeNs() {
    return lastTimeNs;
  }

  /** The highest gateway sequence of the segment's own commands in the log; 0 when it has none. */
  public SequencerContext lastSegmentSequence(long gatewaySequence) {
    lastSegmentSequence = gatewaySequence;
    return this;
  }

  public long lastSegmentSequence() {
    return lastSegmentSequence;
  }

  /** How far the clock may be behind the last logged time at the start; 1 s if not set. */
  public SequencerContext maxClockBehindNs(long boundNs) {
    maxClockBehindNs = boundNs;
    return this;
  }
}
