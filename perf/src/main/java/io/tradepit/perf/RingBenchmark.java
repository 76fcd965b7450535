package io.tradepit.perf;

import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The ring between a gateway and the sequencer, of the size that a segment makes it: an Enter Order
 * of 136 bytes is claimed, copied in and committed, as {@code gateway.CommandWriter} does, and read
 * in batches of at most 16, as the sequencer does. What both do with it is not in the time.
 *
 * <p>On two threads both spin, wherever the machine has placed them; nothing is pinned.
 */
public class RingBenchmark extends OneThreadBenchmark {
  private static final int RING_BYTES = 1 << 22;
  private static final int TYPE = 1;
  private static final int MOST_A_TURN = 16;
  private static final int MOST_READS = 3;
  private static final int BATCH = 1_000;

  private static OneToOneRingBuffer ring() {
    int bytes = RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH;
    return new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, 128)));
  }

  private static boolean write(OneToOneRingBuffer ring, SampleCommand command) {
    int index = ring.tryClaim(TYPE, command.length);
    if (index < 0) {
      return false;
    }
    ring.buffer().putBytes(index, command.bytes, 0, command.length);
    ring.commit(index);
    return true;
  }

  /** Both ends on one thread. */
  @State(Scope.Thread)
  public static class OneThread implements MessageHandler {
    private final SampleCommand command = new SampleCommand();
    private final OneToOneRingBuffer ring = ring();
    private int received;

    @Override
    public void onMessage(int typeId, MutableDirectBuffer buffer, int offset, int length) {
      command.requireLength(length);
      received++;
    }

    int through(int count) {
      received = 0;
      for (int i = 0; i < count; i++) {
        write(ring, command);
      }
      int reads = 0;
      while (received < count && reads < MOST_READS) { // one ends where the ring does
        ring.read(this, MOST_A_TURN);
        reads++;
      }
      if (received != count) {
        throw new IllegalStateException("sent=" + count + " received=" + received);
      }
      return received;
    }
  }

  /** The far end is read by a second thread. */
  @State(Scope.Thread)
  public static class OneWay {
    private final SampleCommand command = new SampleCommand();
    private final OneToOneRingBuffer ring = ring();
    private SecondThread reader;
    private long sent;

    /** Not in the time. */
    @Setup(Level.Trial)
    public void start() {
      MessageHandler handler = (type, buffer, offset, length) -> command.requireLength(length);
      reader = new SecondThread(() -> ring.read(handler, MOST_A_TURN));
    }

    /** Not in the time. */
    @TearDown(Level.Trial)
    public void end() throws InterruptedException {
      reader.end();
    }

    long send(int count) {
      for (int i = 0; i < count; i++) {
        while (!write(ring, command)) {
          spin();
        }
      }
      sent += count;
      long end = ring.producerPosition();
      while (ring.consumerPosition() < end) {
        spin();
      }
      return sent;
    }

    private void spin() {
      reader.requireRunning();
      Thread.onSpinWait();
    }
  }

  /** A second thread sends back what it reads. */
  @State(Scope.Thread)
  public static class ThereAndBack {
    private final SampleCommand command = new SampleCommand();
    private final OneToOneRingBuffer there = ring();
    private final OneToOneRingBuffer back = ring();
    private final MessageHandler handler =
        (type, buffer, offset, length) -> command.requireLength(length);
    private SecondThread echo;

    /** Not in the time. */
    @Setup(Level.Trial)
    public void start() {
      MessageHandler returned = (type, buffer, offset, length) -> write(back, command);
      echo = new SecondThread(() -> there.read(returned, 1));
    }

    /** Not in the time. */
    @TearDown(Level.Trial)
    public void end() throws InterruptedException {
      echo.end();
    }

    int roundTrip() {
      write(there, command);
      int received = back.read(handler, 1);
      while (received == 0) {
        echo.requireRunning();
        Thread.onSpinWait();
        received = back.read(handler, 1);
      }
      return received;
    }
  }

  /** One command in and out again. */
  @Benchmark
  public int offerAndPoll(OneThread ring) {
    return ring.through(1);
  }

  /** As {@link #offerAndPoll}, 16 in, then 16 out; the time is that of one. */
  @Benchmark
  @OperationsPerInvocation(MOST_A_TURN)
  public int offerAndPollBatch(OneThread ring) {
    return ring.through(MOST_A_TURN);
  }

  /** One command of 1,000 that another thread has read; throughput, not latency. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long toSecondThread(OneWay ring) {
    return ring.send(BATCH);
  }

  /** One command to another thread and, through a ring of its own, back; one in flight. */
  @Benchmark
  public int roundTrip(ThereAndBack rings) {
    return rings.roundTrip();
  }
}
