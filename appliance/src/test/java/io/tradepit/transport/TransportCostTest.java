package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a message costs: bytes allocated by the whole polling thread, Netty's included, and the time
 * of a round trip. One thread is both ends, so that nothing but the transport is measured; it is a
 * thread of {@link TransportThreads}, as in a segment, unless said.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TransportCostTest {
  private static final int LENGTH = 64;
  private static final int ARRAY_HEADER = 16;
  private static final int BATCH = 20_000;

  /** Rounds under the meter until one is quiet; a path that allocates is never quiet and fails. */
  private static final int MAX_WARM_UP_ROUNDS = 10;

  /**
   * Whole measurements until one is quiet: when the JIT takes compiled code back, a few messages go
   * through the interpreter, which makes the objects that compiled code has no need of; 720 bytes
   * in 200,000 messages were seen under io_uring.
   */
  private static final int MAX_MEASUREMENTS = 3;

  private final ByteBuffer message = ByteBuffer.allocateDirect(LENGTH);

  @ParameterizedTest
  @EnumSource(NettyKind.class)
  void shouldAllocateNothingWhenMessagesAreEchoed(NettyKind kind) throws Exception {
    int count = (int) Tier.count(200_000, 1_000_000);
    long bytes = onTransportThread(() -> allocatedByEcho(kind, false, count, MAX_WARM_UP_ROUNDS));
    assertEquals(0, bytes, "bytes of " + count + " messages under " + kind.label);
    long wasteful = onTransportThread(() -> allocatedByEcho(kind, true, BATCH, 1));
    assertTrue(wasteful >= (ARRAY_HEADER + LENGTH) * BATCH, "with an array, bytes=" + wasteful);
    long elsewhere = onThread(new Work(() -> allocatedByEcho(kind, false, BATCH, 1)), false);
    assertTrue(elsewhere >= LENGTH * BATCH, "a thread of another maker, bytes=" + elsewhere);
    Tier.ran(
        kind.label + " allocation",
        "messages=%d bytes=%d negativeControls: messages=%d array=%d plainThread=%d"
            .formatted(count, bytes, BATCH, wasteful, elsewhere));
  }

  @ParameterizedTest
  @EnumSource(NettyKind.class)
  void shouldAllocateNothingWhenPollsFindNothing(NettyKind kind) throws Exception {
    int count = (int) Tier.count(1_000_000, 10_000_000);
    long bytes = onTransportThread(() -> allocatedByIdling(kind, count));
    Tier.ran(kind.label + " idle allocation", "polls=%d bytes=%d".formatted(count, bytes));
    assertEquals(0, bytes);
  }

  @ParameterizedTest
  @EnumSource(NettyKind.class)
  void shouldTellRoundTripTimeWhenMessagesAreEchoed(NettyKind kind) throws Exception {
    int count = (int) Tier.count(100_000, 1_000_000);
    long[] times = new long[count];
    onTransportThread(() -> timeRoundTrips(kind, times));
    Arrays.sort(times);
    Tier.ran(
        kind.label + " round trip on one thread",
        "rounds=%d p50=%d ns p90=%d ns"
            .formatted(count, times[count / 2], times[(int) (count * 0.9)]));
    assertTrue(times[0] > 0);
  }

  private long allocatedByEcho(NettyKind kind, boolean isWasteful, int count, int rounds)
      throws IOException {
    try (Transport transport = open(kind, isWasteful);
        SocketChannel peer = connect(transport)) {
      // As in a quiet market: a JIT that saw mostly empty polls inlines less of the way of a
      // message.
      idle(transport, 200_000);
      long _ = untilQuiet(rounds, () -> pingPong(transport, peer, BATCH));
      return untilQuiet(MAX_MEASUREMENTS, () -> pingPong(transport, peer, count));
    }
  }

  private long allocatedByIdling(NettyKind kind, int count) throws IOException {
    try (Transport transport = open(kind, false);
        SocketChannel peer = connect(transport)) {
      pingPong(transport, peer, BATCH);
      long _ = untilQuiet(MAX_WARM_UP_ROUNDS, () -> idle(transport, 200_000));
      long bytes = untilQuiet(MAX_MEASUREMENTS, () -> idle(transport, count));
      pingPong(transport, peer, 1);
      return bytes;
    }
  }

  private long timeRoundTrips(NettyKind kind, long[] times) throws IOException {
    try (Transport transport = open(kind, false);
        SocketChannel peer = connect(transport)) {
      pingPong(transport, peer, BATCH);
      for (int i = 0; i < times.length; i++) {
        long start = System.nanoTime();
        pingPong(transport, peer, 1);
        times[i] = System.nanoTime() - start;
      }
      return times.length;
    }
  }

  private static long untilQuiet(int rounds, Runnable work) {
    long bytes = -1;
    for (int round = 0; round < rounds && bytes != 0; round++) {
      bytes = AllocationMeter.bytesAllocatedBy(work);
    }
    return bytes;
  }

  private void pingPong(Transport transport, SocketChannel peer, int count) {
    try {
      for (int i = 0; i < count; i++) {
        message.clear();
        peer.write(message);
        message.clear();
        while (message.hasRemaining()) {
          transport.poll(16);
          peer.read(message);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void idle(Transport transport, int polls) {
    for (int i = 0; i < polls; i++) {
      transport.poll(16);
    }
  }

  // Where it runs.

  private interface Measurement {
    long run() throws IOException;
  }

  private record Work(Measurement measurement, CompletableFuture<Long> result) implements Runnable {
    Work(Measurement measurement) {
      this(measurement, new CompletableFuture<>());
    }

    @Override
    public void run() {
      try {
        result.complete(measurement.run());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    }
  }

  private static long onTransportThread(Measurement measurement) throws Exception {
    return onThread(new Work(measurement), true);
  }

  private static long onThread(Work work, boolean isOfTransport) throws Exception {
    Thread thread =
        isOfTransport ? TransportThreads.newThread(work, "tp-gw-0") : new Thread(work, "tp-gw-0");
    thread.start();
    return work.result.get();
  }

  private static Transport open(NettyKind kind, boolean isWasteful) {
    assumeTrue(kind.isAvailable(), () -> kind.label + " skipped: " + kind.unavailabilityCause());
    Echo echo = new Echo(isWasteful);
    echo.transport =
        TransportFactory.open(
            kind.label,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            echo,
            new TransportContext().clock(System::nanoTime));
    echo.transport.poll(1);
    return echo.transport;
  }

  private static SocketChannel connect(Transport transport) throws IOException {
    SocketChannel peer = SocketChannel.open(transport.localAddress());
    peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
    peer.configureBlocking(false);
    return peer;
  }
}
