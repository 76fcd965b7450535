package io.tradepit.publication;

import io.tradepit.protocol.mold.MoldLayout;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventReader;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.time.Clock;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;

/**
 * Configuration of the publisher. Set what has no default, then {@link #conclude}; after it nothing
 * can be changed.
 */
public final class PublisherContext {
  /** Default of {@link #maxPayloadBytes}. */
  public static final int MAX_PAYLOAD_BYTES = 1_400;

  /** Largest ITCH message that the publisher writes, with the length in front of it, bytes. */
  private static final int MAX_BLOCK_LENGTH = 42;

  private EventReader eventReader;
  private PacketSender lineA;
  private PacketSender lineB;
  private Clock clock;
  private CounterFactory counters;
  private long heartbeatIntervalNs = TimeUnit.SECONDS.toNanos(1);
  private long endOfSessionRepeatNs = TimeUnit.SECONDS.toNanos(10);
  private long lineDownAfterNs = TimeUnit.SECONDS.toNanos(1);
  private int maxPayloadBytes = MAX_PAYLOAD_BYTES;
  private int maxFrameLengthBytes = 64 * 1024;
  private int ringPackets = 512;
  private int framesPerDutyCycle = 64;
  private long firstFeedMessageNumber = 1;
  private String streamSession = "";
  private boolean sessionEnded;
  private boolean concluded;

  /** The event stream, read by the publisher's thread; required. */
  public PublisherContext eventReader(EventReader eventReader) {
    this.eventReader = open(eventReader);
    return this;
  }

  EventReader eventReader() {
    return eventReader;
  }

  /** Where line A leaves; required. */
  public PublisherContext lineA(PacketSender lineA) {
    this.lineA = open(lineA);
    return this;
  }

  PacketSender lineA() {
    return lineA;
  }

  /** Where line B leaves; required. */
  public PublisherContext lineB(PacketSender lineB) {
    this.lineB = open(lineB);
    return this;
  }

  PacketSender lineB() {
    return lineB;
  }

  /** Times heartbeats and failures; required. Stamps of messages come with the events. */
  public PublisherContext clock(Clock clock) {
    this.clock = open(clock);
    return this;
  }

  Clock clock() {
    return clock;
  }

  /** Required. */
  public PublisherContext counters(CounterFactory counters) {
    this.counters = open(counters);
    return this;
  }

  CounterFactory counters() {
    return counters;
  }

  /** A heartbeat leaves after this long without a packet; default 1 s, from 1 ms. */
  public PublisherContext heartbeatIntervalNs(long intervalNs) {
    this.heartbeatIntervalNs = open(intervalNs);
    return this;
  }

  long heartbeatIntervalNs() {
    return heartbeatIntervalNs;
  }

  /** How long the end of the session is repeated, once a heartbeat interval; default 10 s. */
  public PublisherContext endOfSessionRepeatNs(long repeatNs) {
    this.endOfSessionRepeatNs = open(repeatNs);
    return this;
  }

  long endOfSessionRepeatNs() {
    return endOfSessionRepeatNs;
  }

  /**
   * A line that has refused for this long gives up its oldest packets instead of holding up the
   * other line and the segment; default 1 s.
   */
  public PublisherContext lineDownAfterNs(long downAfterNs) {
    this.lineDownAfterNs = open(downAfterNs);
    return this;
  }

  long lineDownAfterNs() {
    return lineDownAfterNs;
  }

  /** Largest UDP payload; default 1,400 as is usual for an MTU of 1,500; 128 to 65,507. */
  public PublisherContext maxPayloadBytes(int payloadBytes) {
    this.maxPayloadBytes = open(payloadBytes);
    return this;
  }

  int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  /** Largest frame of the event stream, its header included; default 64 KiB. */
  public PublisherContext maxFrameLengthBytes(int frameLengthBytes) {
    this.maxFrameLengthBytes = open(frameLengthBytes);
    return this;
  }

  int maxFrameLengthBytes() {
    return maxFrameLengthBytes;
  }

  /** Packets that may wait for a line, a power of two; default 512. */
  public PublisherContext ringPackets(int packets) {
    this.ringPackets = open(packets);
    return this;
  }

  int ringPackets() {
    return ringPackets;
  }

  /** At most this many frames are read in a duty cycle, then what they gave leaves; default 64. */
  public PublisherContext framesPerDutyCycle(int frames) {
    this.framesPerDutyCycle = open(frames);
    return this;
  }

  int framesPerDutyCycle() {
    return framesPerDutyCycle;
  }

  /**
   * Number of the first message to publish; default 1. Events with lower numbers are those of
   * before the restart and are left out.
   */
  public PublisherContext firstFeedMessageNumber(long number) {
    this.firstFeedMessageNumber = open(number);
    return this;
  }

  long firstFeedMessageNumber() {
    return firstFeedMessageNumber;
  }

  /**
   * Session of the day that is open at start, at most ten characters; default none: it comes with
   * the event that opens the day.
   */
  public PublisherContext streamSession(String session) {
    this.streamSession = open(session);
    return this;
  }

  /** The session's ten bytes, or null when no day is open at start. */
  byte[] streamSession() {
    if (streamSession.isBlank()) {
      return null;
    }
    String padded = String.format("%-" + MoldLayout.SESSION_LENGTH + "s", streamSession);
    return padded.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the day of that session is closed already, so that its end is repeated; default no. */
  public PublisherContext sessionEnded(boolean ended) {
    this.sessionEnded = open(ended);
    return this;
  }

  boolean sessionEnded() {
    return sessionEnded;
  }

  /** Packets that the messages of the largest frame can fill, one begun before it included. */
  int packetsOfLargestFrame() {
    // No message is longer than its event but R, by less than a tenth.
    int messageBytes = maxFrameLengthBytes + maxFrameLengthBytes / 10;
    int usedAtLeast = maxPayloadBytes - MoldLayout.HEADER_LENGTH - MAX_BLOCK_LENGTH;
    return messageBytes / usedAtLeast + 4;
  }

  /**
   * Checks the values and freezes them.
   *
   * @throws IllegalArgumentException when one is missing or out of its range; the message names it
   */
  public PublisherContext conclude() {
    Objects.requireNonNull(eventReader, "eventReader");
    Objects.requireNonNull(lineA, "lineA");
    Objects.requireNonNull(lineB, "lineB");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(counters, "counters");
    require(heartbeatIntervalNs, "heartbeatIntervalNs", 1_000_000, Long.MAX_VALUE);
    require(endOfSessionRepeatNs, "endOfSessionRepeatNs", 0, Long.MAX_VALUE);
    require(lineDownAfterNs, "lineDownAfterNs", 0, Long.MAX_VALUE);
    require(maxPayloadBytes, "maxPayloadBytes", 128, 65_507);
    require(maxFrameLengthBytes, "maxFrameLengthBytes", EventFrame.HEADER_LENGTH, 16 << 20);
    require(framesPerDutyCycle, "framesPerDutyCycle", 1, Integer.MAX_VALUE);
    require(firstFeedMessageNumber, "firstFeedMessageNumber", 1, Long.MAX_VALUE);
    require(streamSession.length(), "streamSession.length", 0, MoldLayout.SESSION_LENGTH);
    require(ringPackets, "ringPackets", packetsOfLargestFrame(), 1 << 14);
    if (!BitUtil.isPowerOfTwo(ringPackets)) {
      throw new IllegalArgumentException("ringPackets=" + ringPackets + " allowed=power of two");
    }
    concluded = true;
    return this;
  }

  @Override
  public String toString() {
    return "heartbeatIntervalNs=%d endOfSessionRepeatNs=%d lineDownAfterNs=%d maxPayloadBytes=%d maxFrameLengthBytes=%d ringPackets=%d framesPerDutyCycle=%d firstFeedMessageNumber=%d streamSession=%s sessionEnded=%b"
        .formatted(
            heartbeatIntervalNs,
            endOfSessionRepeatNs,
            lineDownAfterNs,
            maxPayloadBytes,
            maxFrameLengthBytes,
            ringPackets,
            framesPerDutyCycle,
            firstFeedMessageNumber,
            streamSession,
            sessionEnded);
  }

  private <T> T open(T value) {
    if (concluded) {
      throw new IllegalStateException("context=concluded");
    }
    return value;
  }

  private static void require(long value, String name, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + "=" + value + " allowed=" + min + ".." + max);
    }
  }
}
