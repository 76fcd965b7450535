package io.tradepit.publication;

import io.tradepit.protocol.mold.MoldLayout;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.MessageIndex;
import io.tradepit.telemetry.CounterFactory;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of feed recovery: the recording of the day is needed, and one server at least.
 *
 * <p>By default the index is made from the start of the recording, in bounded steps of the agent's
 * duty cycle. A restart that has a snapshot passes the index of the messages before it with {@link
 * #startAt}.
 */
public final class FeedRecoveryContext {
  /** Entries of an index of the feed; 64 messages to an entry at first, 4 million in all. */
  public static final int INDEX_ENTRIES = 1 << 16;

  private Supplier<EventHistory> histories;
  private CounterFactory counters = CounterFactory.unexported();
  private NanoClock clock = SystemNanoClock.INSTANCE;
  private RetransmissionContext retransmission;
  private GlimpseContext glimpse;
  private MessageIndex index = new MessageIndex(INDEX_ENTRIES);
  private long startPosition = -1;
  private long startNumber = 1;
  private String startSession = "";
  private int framesPerDutyCycle = 1_024;

  /** Makes readers of the recorded event stream of the day; two are made. Required. */
  public FeedRecoveryContext histories(Supplier<EventHistory> makes) {
    histories = makes;
    return this;
  }

  Supplier<EventHistory> histories() {
    return histories;
  }

  /** By default no one exports them. */
  public FeedRecoveryContext counters(CounterFactory factory) {
    counters = factory;
    return this;
  }

  CounterFactory counters() {
    return counters;
  }

  /** Times limits; default the machine's. */
  public FeedRecoveryContext clock(NanoClock nanoClock) {
    clock = nanoClock;
    return this;
  }

  NanoClock clock() {
    return clock;
  }

  /** Serves retransmissions; default not. */
  public FeedRecoveryContext retransmission(RetransmissionContext context) {
    retransmission = context;
    return this;
  }

  RetransmissionContext retransmission() {
    return retransmission;
  }

  /** Serves snapshots; default not. */
  public FeedRecoveryContext glimpse(GlimpseContext context) {
    glimpse = context;
    return this;
  }

  GlimpseContext glimpse() {
    return glimpse;
  }

  /**
   * Goes on with an index that was made before.
   *
   * @param known of the messages of all frames before the position; handed over
   * @param position where a frame begins
   * @param nextNumber of the first message at or behind it, from 1
   * @param session of the day, at most ten characters; empty when no day was opened before the
   *     position
   */
  public FeedRecoveryContext startAt(
      MessageIndex known, long position, long nextNumber, String session) {
    index = known;
    startPosition = position;
    startNumber = nextNumber;
    startSession = session;
    return this;
  }

  /** Frames that are taken note of in a duty cycle; default 1,024. */
  public FeedRecoveryContext framesPerDutyCycle(int frames) {
    framesPerDutyCycle = frames;
    return this;
  }

  int framesPerDutyCycle() {
    return framesPerDutyCycle;
  }

  FeedHistory newHistory() {
    return new FeedHistory(histories, index, startPosition, startNumber, session());
  }

  private byte[] session() {
    if (startSession.isBlank()) {
      return null;
    }
    String padded = String.format("%-" + MoldLayout.SESSION_LENGTH + "s", startSession);
    return padded.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException when one is out of its range; the message names it
   */
  FeedRecoveryContext conclude() {
    Objects.requireNonNull(histories, "histories");
    Objects.requireNonNull(counters, "counters");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(index, "index");
    Ranges.require(startNumber, "startNumber", 1, Long.MAX_VALUE);
    Ranges.require(startSession.length(), "startSession.length", 0, MoldLayout.SESSION_LENGTH);
    Ranges.require(framesPerDutyCycle, "framesPerDutyCycle", 1, 1 << 20);
    if (retransmission != null) {
      retransmission.conclude();
    }
    if (glimpse != null) {
      glimpse.conclude();
    }
    return this;
  }
}
