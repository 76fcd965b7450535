package io.tradepit.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventReader;
import io.tradepit.telemetry.CommandStamps;
import io.tradepit.telemetry.CounterFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ReleasedLogAgentTest {
  private static final int EVENTS_LENGTH = 64;
  private static final int FRAME_LENGTH = EventFrame.HEADER_LENGTH + EVENTS_LENGTH + 8;

  private final InMemoryLog log = new InMemoryLog(1 << 16, 1 << 16, false);
  private final InMemoryEventStream events = new InMemoryEventStream(1 << 16, 2 * FRAME_LENGTH);
  private final EventReader reader = events.newReader();
  private final List<String> frames = new ArrayList<>();
  private final EventFrameWriter writer = new EventFrameWriter(events, EVENTS_LENGTH);

  /** Emits one frame for a command, and as many more as its number says above 10. */
  private final class Stepping implements StateMachine {
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[EVENTS_LENGTH]);
    private long sequence;
    private long timeNs;
    private int step;
    private int stepsLeft;

    @Override
    public boolean onCommand(
        long commandSequence, long commandTimeNs, DirectBuffer buffer, int offset, int length) {
      assertFalse(isContinuing());
      sequence = commandSequence;
      timeNs = commandTimeNs;
      step = 0;
      stepsLeft = 1 + (int) Math.max(0, sequence - 10);
      return resume();
    }

    @Override
    public boolean resume() {
      stepsLeft--;
      writer.onEvents(sequence, timeNs, 5, step++, 1, stepsLeft == 0, event, 0, EVENTS_LENGTH);
      return stepsLeft == 0;
    }

    @Override
    public boolean isContinuing() {
      return stepsLeft > 0;
    }
  }

  @Test
  void shouldFinishALongCommandBeforeTheNextWhenTheEventStreamIsFull() {
    ReleasedLogAgent agent =
        new ReleasedLogAgent(
            log, new Stepping(), writer, 8, CommandStamps.NONE, CounterFactory.unexported());
    for (long number = 9; number <= 13; number++) {
      JournalFixture.offer(log, number);
    }
    assertEquals(0, agent.doWork());
    log.release(log.offeredPosition());
    assertEquals(2, agent.doWork());
    assertEquals(0, agent.doWork());
    for (int i = 0; i < 20; i++) {
      reader.poll(this::onFrame, 1);
      agent.doWork();
    }
    reader.poll(this::onFrame, 10);
    assertEquals(
        List.of(
            "9:9000:0:1",
            "10:10000:0:1",
            "11:11000:0:0",
            "11:11000:1:1",
            "12:12000:0:0",
            "12:12000:1:0",
            "12:12000:2:1",
            "13:13000:0:0",
            "13:13000:1:0",
            "13:13000:2:0",
            "13:13000:3:1"),
        frames);
  }

  @Test
  void shouldStopAtTheBatchLimit() {
    ReleasedLogAgent agent =
        new ReleasedLogAgent(
            log, new Stepping(), writer, 1, CommandStamps.NONE, CounterFactory.unexported());
    JournalFixture.offer(log, 1);
    JournalFixture.offer(log, 2);
    log.release(log.offeredPosition());
    assertEquals(1, agent.doWork());
    assertEquals(1, agent.doWork());
    assertEquals(0, agent.doWork());
  }

  private void onFrame(DirectBuffer buffer, int offset, int length, long position) {
    assertEquals(EventFrame.HEADER_LENGTH + EVENTS_LENGTH, length);
    frames.add(
        buffer.getLong(offset + EventFrame.COMMAND_SEQUENCE_OFFSET)
            + ":"
            + buffer.getLong(offset + EventFrame.COMMAND_TIME_NS_OFFSET)
            + ":"
            + buffer.getInt(offset + EventFrame.FIRST_INDEX_OFFSET)
            + ":"
            + buffer.getShort(offset + EventFrame.FLAGS_OFFSET));
  }
}
