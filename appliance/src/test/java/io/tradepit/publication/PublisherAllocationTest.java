package io.tradepit.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventReader;
import io.tradepit.telemetry.CounterFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes allocated by the publisher's path, counted by thread. */
@Timeout(60)
class PublisherAllocationTest {
  /**
   * Rounds under the meter until one is quiet: its first reading and the JIT put a few bytes on the
   * thread, once. A path that allocates is never quiet and fails the test.
   */
  private static final int MAX_WARM_UP_ROUNDS = 10;

  private static final int WARM_UP = 1_000_000;

  private long sentBytes;
  private byte[] kept = new byte[0];

  @Test
  void shouldAllocateNothingInSteadyState() {
    int events = (int) Tier.count(1_000_000, 10_000_000);
    long bytes = allocatedBy(this::take, events);
    assertEquals(0, bytes, "allocatedBytes");
    assertTrue(sentBytes > 2L * events * 19, "sentBytes=" + sentBytes);
    Tier.ran("publisher allocation", "events=" + events + " allocatedBytes=" + bytes);
  }

  @Test
  void shouldSeeALineThatAllocates() {
    long bytes = allocatedBy(this::copy, 10_000);
    assertTrue(bytes >= 10_000, "allocatedBytes=" + bytes);
    assertTrue(kept.length > 0);
    Tier.ran("publisher allocation, negative control", "events=10000 allocatedBytes=" + bytes);
  }

  private long allocatedBy(PacketSender line, int events) {
    Cycle cycle = new Cycle();
    PublisherAgent agent =
        new PublisherAgent(
            new PublisherContext()
                .eventReader(cycle)
                .lineA(line)
                .lineB(line)
                .clock(() -> cycle.number)
                .counters(CounterFactory.unexported())
                .streamSession("20261120A")
                .conclude());
    long[] upTo = {0};
    Runnable publishing = () -> publishUpTo(agent, upTo[0]);
    long bytes = -1;
    for (int round = 0; round < MAX_WARM_UP_ROUNDS && bytes != 0; round++) {
      upTo[0] += WARM_UP;
      bytes = AllocationMeter.bytesAllocatedBy(publishing);
    }
    upTo[0] += events;
    return AllocationMeter.bytesAllocatedBy(publishing);
  }

  private static void publishUpTo(PublisherAgent agent, long number) {
    while (agent.nextFeedMessageNumber() <= number) {
      agent.doWork();
    }
  }

  private boolean take(ByteBuffer packet) {
    sentBytes += packet.remaining();
    return true;
  }

  private boolean copy(ByteBuffer packet) {
    kept = new byte[packet.remaining()];
    packet.get(kept);
    return true;
  }

  /** A few frames over and over, their feed numbers set as they pass. */
  private static final class Cycle implements EventReader {
    private static final int FRAMES = 9;
    private static final int BLOCK = EventFrame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;
    private static final int FEED_NUMBER_FIRST = 0;
    private static final int FEED_NUMBER_SECOND = 8;

    private final UnsafeBuffer[] frames = new UnsafeBuffer[FRAMES];
    private final int[] numberOffsets = {
      FEED_NUMBER_SECOND, FEED_NUMBER_SECOND, FEED_NUMBER_FIRST, FEED_NUMBER_FIRST,
      FEED_NUMBER_FIRST, FEED_NUMBER_SECOND, FEED_NUMBER_SECOND, FEED_NUMBER_SECOND,
      FEED_NUMBER_SECOND
    };
    private long number = 1;

    Cycle() {
      EventScript script = new EventScript();
      script.accepted(1, 1, 'B', 'Y', 100, 1_503_400).frame(1);
      script.accepted(1, 2, 'S', 'A', 100, 1_503_400).frame(2);
      script.rested(1, 3, 'T', 'Y', 100, 1_503_400).frame(3);
      script.executed(1, 1, 10, 1).frame(4);
      script.notified(1, 'Q').frame(5);
      script.canceled(1, 1, 5, 10).frame(6);
      script.canceled(1, 1, 10, 0).frame(7);
      script.modified(1, 2, 5).frame(8);
      script.replaced(1, 2, 4, 'U', 10, 1_503_300).frame(9);
      script.poll(this::keep, FRAMES);
    }

    @Override
    public int poll(EventHandler handler, int limit) {
      int count = Math.min(limit, 7);
      for (int i = 0; i < count; i++) {
        int kind = (int) (number % FRAMES);
        UnsafeBuffer frame = frames[kind];
        frame.putLong(BLOCK + numberOffsets[kind], number++, ByteOrder.LITTLE_ENDIAN);
        handler.onFrame(frame, 0, frame.capacity(), 0);
      }
      return count;
    }

    @Override
    public long position() {
      return 0;
    }

    private void keep(DirectBuffer buffer, int offset, int length, long position) {
      UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(length));
      copy.putBytes(0, buffer, offset, length);
      int kept = 0;
      while (frames[kept] != null) {
        kept++;
      }
      frames[kept] = copy;
    }
  }
}
