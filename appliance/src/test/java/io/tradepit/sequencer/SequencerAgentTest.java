package io.tradepit.sequencer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tradepit.journal.InMemoryLog;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.protocol.sbe.OriginEncoder;
import io.tradepit.protocol.sbe.TickDecoder;
import io.tradepit.stream.Log;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHandler;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.time.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class SequencerAgentTest {
  private static final int COMMAND_LENGTH =
      MessageHeaderEncoder.ENCODED_LENGTH + OriginEncoder.ENCODED_LENGTH;
  private static final int FRAME_LENGTH = 8 + LogFrame.HEADER_LENGTH + COMMAND_LENGTH;

  private final OneToOneRingBuffer[] rings = {ring(), ring(), ring()};
  private final List<long[]> logged = new ArrayList<>();
  private long nowNs = 1_000;

  @Test
  void shouldTakeSixteenCommandsFromEachGatewayInTurn() {
    InMemoryLog log = new InMemoryLog(1 << 20, 1 << 20, true);
    SequencerAgent sequencer = new SequencerAgent(context(log));
    fill(0, 40);
    fill(1, 3);
    fill(2, 20);
    assertEquals(63, sequencer.doWork());
    assertEquals(0, sequencer.doWork());
    drain(log);
    assertEquals(63, logged.size());
    assertEquals(
        "0".repeat(16) + "111" + "2".repeat(16) + "0".repeat(16) + "2222" + "0".repeat(8), order());
  }

  /** The gateway of each command that was logged; their numbers have no gap. */
  private String order() {
    String order = "";
    for (int i = 0; i < logged.size(); i++) {
      assertEquals(i + 1, logged.get(i)[0]);
      order += logged.get(i)[2] / 1000;
    }
    return order;
  }

  @Test
  void shouldTakeSomeTurnsInADutyCycleAndNoMore() {
    SequencerAgent sequencer = new SequencerAgent(context(new InMemoryLog(1 << 20, 1 << 20, true)));
    fill(0, 70);
    fill(1, 3);
    assertEquals(SequencerAgent.TURNS * SequencerAgent.BATCH + 3, sequencer.doWork());
    assertEquals(6, sequencer.doWork());
  }

  @Test
  void shouldTakeOneTurnWhenNoGatewayGaveAllThatItMay() {
    InMemoryLog log = new InMemoryLog(1 << 20, 1 << 20, true);
    int all = 3 * 6;
    // With the last of them the first gateway writes one more, which a second turn would take.
    Log watched = new WatchedLog(log, offered -> fill(0, offered == all ? 1 : 0));
    SequencerAgent sequencer = new SequencerAgent(context(watched));
    for (int gateway = 0; gateway < rings.length; gateway++) {
      fill(gateway, 6);
    }
    assertEquals(all, sequencer.doWork());
    assertEquals(1, sequencer.doWork());
  }

  @Test
  void shouldKeepTheTurnWhenTheLogRefusesInTheSecondOne() {
    InMemoryLog log = new InMemoryLog(1 << 20, 50 * FRAME_LENGTH, true);
    SequencerAgent sequencer = new SequencerAgent(context(log));
    fill(0, 40);
    fill(1, 20);
    assertEquals(50, sequencer.doWork());
    assertEquals(0, sequencer.doWork());
    drain(log);
    assertEquals(10, sequencer.doWork());
    drain(log);
    assertEquals(
        "0".repeat(16) + "1".repeat(16) + "0".repeat(16) + "11" + "11" + "0".repeat(8), order());
  }

  @Test
  void shouldLoseNothingAndKeepTheTurnWhenTheLogRefuses() {
    InMemoryLog log = new InMemoryLog(1 << 20, 20 * FRAME_LENGTH, true);
    SequencerAgent sequencer = new SequencerAgent(context(log));
    fill(0, 30);
    fill(1, 30);
    assertEquals(20, sequencer.doWork());
    assertEquals(0, sequencer.doWork());
    drain(log);
    assertEquals(20, sequencer.doWork());
    drain(log);
    while (sequencer.doWork() > 0) {
      drain(log);
    }
    assertEquals(60, logged.size());
    long[] next = {0, 1000};
    for (int i = 0; i < logged.size(); i++) {
      int gateway = (int) (logged.get(i)[2] / 1000);
      assertEquals(i + 1, logged.get(i)[0]);
      assertEquals(next[gateway]++, logged.get(i)[2]);
    }
    assertEquals(0, logged.get(15)[2] / 1000);
    assertEquals(1, logged.get(16)[2] / 1000);
    assertEquals(1, logged.get(20)[2] / 1000);
  }

  @Test
  void shouldNumberTheSegmentsOwnCommandsInTheOrderOfTheLog() {
    InMemoryLog log = new InMemoryLog(1 << 20, 2 * FRAME_LENGTH, true);
    SequencerAgent sequencer = new SequencerAgent(context(log).lastSegmentSequence(7));
    UnsafeBuffer body = new UnsafeBuffer(new byte[COMMAND_LENGTH]);
    OriginEncoder origin = new OriginEncoder().wrap(body, MessageHeaderEncoder.ENCODED_LENGTH);
    for (int ring = 0; ring < rings.length; ring++) {
      origin.gateway((short) (ring == 1 ? 3 : SequencerAgent.SEGMENT)).gatewaySequence(99);
      rings[ring].write(1, body, 0, COMMAND_LENGTH);
    }
    List<Long> numbers = new ArrayList<>();
    OriginDecoder logged = new OriginDecoder();
    int command = LogFrame.HEADER_LENGTH + MessageHeaderEncoder.ENCODED_LENGTH;
    while (sequencer.doWork() > 0) { // the log refuses the third at first
      log.poll(
          (buffer, offset, length) ->
              numbers.add(logged.wrap(buffer, offset + command).gatewaySequence()),
          1000);
    }
    assertEquals(List.of(8L, 99L, 9L), numbers);
  }

  @Test
  void shouldNeverLetTimeDecreaseWhenTheClockStepsBack() {
    InMemoryLog log = new InMemoryLog(1 << 20, 1 << 20, true);
    SequencerAgent sequencer = new SequencerAgent(context(log).lastLogged(41, 1_500));
    long[] clock = {1_000, 2_000, 1_900, 2_001};
    for (long now : clock) {
      nowNs = now;
      fill(0, 1);
      sequencer.doWork();
    }
    drain(log);
    long[] expected = {1_500, 2_000, 2_000, 2_001};
    for (int i = 0; i < clock.length; i++) {
      assertEquals(42 + i, logged.get(i)[0]);
      assertEquals(expected[i], logged.get(i)[1]);
    }
  }

  @Test
  void shouldRefuseToStartWhenTheClockIsTooFarBehindTheLog() {
    long boundNs = TimeUnit.SECONDS.toNanos(1);
    InMemoryLog log = new InMemoryLog(1 << 10, 1 << 10, true);
    SequencerContext within = context(log).lastLogged(1, nowNs + boundNs);
    assertEquals(0, new SequencerAgent(within).doWork());
    SequencerContext beyond = context(log).lastLogged(1, nowNs + boundNs + 1);
    assertEquals(
        "clock is behind the log: clockNs=1000 lastLoggedNs=1000001001 behindNs=1000000001"
            + " allowedNs=1000000000",
        assertThrows(ClockBehindLogException.class, () -> new SequencerAgent(beyond)).getMessage());
  }

  @Test
  void shouldAppendOneTickWhenADeadlineHasPassed() {
    InMemoryLog log = new InMemoryLog(1 << 20, 1 << 20, true);
    Deadline deadline = new Deadline();
    SequencerAgent sequencer =
        new SequencerAgent(context(log).deadline(deadline).lastSegmentSequence(4));
    assertEquals(0, sequencer.doWork());
    deadline.set(2_000);
    assertEquals(0, sequencer.doWork());
    nowNs = 1_999;
    assertEquals(0, sequencer.doWork());
    nowNs = 2_000;
    assertEquals(1, sequencer.doWork());
    nowNs = 3_000;
    // The matcher has not said yet what is due next.
    assertEquals(0, sequencer.doWork());
    deadline.set(2_500);
    assertEquals(1, sequencer.doWork());
    deadline.set(Deadline.NONE);
    nowNs = 9_000;
    assertEquals(0, sequencer.doWork());
    assertEquals(List.of("1 2000 T5", "2 3000 T6"), ticks(log));
  }

  @Test
  void shouldAppendATickThatTheLogRefusedBeforeAnythingElse() {
    InMemoryLog log = new InMemoryLog(1 << 20, 2 * FRAME_LENGTH, true);
    Deadline deadline = new Deadline();
    SequencerAgent sequencer = new SequencerAgent(context(log).deadline(deadline));
    fill(0, 2);
    assertEquals(2, sequencer.doWork());
    deadline.set(1_500);
    nowNs = 1_600;
    fill(0, 1);
    assertEquals(0, sequencer.doWork());
    assertEquals(List.of("1 1000 ", "2 1000 "), ticks(log));
    assertEquals(2, sequencer.doWork());
    assertEquals(List.of("3 1600 T1", "4 1600 "), ticks(log));
  }

  /** Sequence number and time of each command; T and its gateway sequence if it is a tick. */
  private static List<String> ticks(InMemoryLog log) {
    List<String> lines = new ArrayList<>();
    OriginDecoder origin = new OriginDecoder();
    log.poll(
        (buffer, offset, length) -> {
          int command = offset + LogFrame.HEADER_LENGTH;
          boolean isTick = buffer.getShort(command + 2) == TickDecoder.TEMPLATE_ID;
          origin.wrap(buffer, command + MessageHeaderEncoder.ENCODED_LENGTH);
          assertEquals(isTick ? SequencerAgent.SEGMENT : 0, origin.gateway());
          return lines.add(
              buffer.getLong(offset + LogFrame.SEQUENCE_OFFSET)
                  + " "
                  + buffer.getLong(offset + LogFrame.TIME_NS_OFFSET)
                  + " "
                  + (isTick ? "T" + origin.gatewaySequence() : ""));
        },
        1000);
    return lines;
  }

  private SequencerContext context(Log log) {
    return new SequencerContext()
        .log(log)
        .clock(() -> nowNs)
        .counters(CounterFactory.unexported())
        .rings(rings);
  }

  private static OneToOneRingBuffer ring() {
    return new OneToOneRingBuffer(
        new UnsafeBuffer(new byte[(1 << 12) + RingBufferDescriptor.TRAILER_LENGTH]));
  }

  private void fill(int gateway, int commands) {
    UnsafeBuffer body = new UnsafeBuffer(new byte[COMMAND_LENGTH]);
    for (int i = 0; i < commands; i++) {
      body.putLong(0, gateway * 1000L + i);
      rings[gateway].write(1, body, 0, COMMAND_LENGTH);
    }
  }

  private void drain(InMemoryLog log) {
    log.poll(
        (buffer, offset, length) ->
            logged.add(
                new long[] {
                  buffer.getLong(offset + LogFrame.SEQUENCE_OFFSET),
                  buffer.getLong(offset + LogFrame.TIME_NS_OFFSET),
                  buffer.getLong(offset + LogFrame.HEADER_LENGTH)
                }),
        1000);
  }

  /** A log that says of each offer, once it is taken, the how manieth it is. */
  private static final class WatchedLog implements Log {
    private final Log log;
    private final IntConsumer onOffered;
    private int offered;

    private WatchedLog(Log log, IntConsumer onOffered) {
      this.log = log;
      this.onOffered = onOffered;
    }

    @Override
    public long offer(
        DirectBuffer header,
        int headerOffset,
        int headerLength,
        DirectBuffer body,
        int bodyOffset,
        int bodyLength) {
      long position = log.offer(header, headerOffset, headerLength, body, bodyOffset, bodyLength);
      onOffered.accept(++offered);
      return position;
    }

    @Override
    public long releasePosition() {
      return log.releasePosition();
    }

    @Override
    public long offeredPosition() {
      return log.offeredPosition();
    }

    @Override
    public long polledPosition() {
      return log.polledPosition();
    }

    @Override
    public int poll(LogHandler handler, int limit) {
      return log.poll(handler, limit);
    }
  }
}
