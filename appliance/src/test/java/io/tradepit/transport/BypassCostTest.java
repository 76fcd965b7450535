package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.net.PortBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a message costs past the kernel, as {@link TransportCostTest} says it of the others: one
 * thread polls and is the peer too, by the kernel's TCP at the other end of a cable.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BypassCostTest {
  private static final int LENGTH = 64;
  private static final int ARRAY_HEADER = 16;
  private static final int BATCH = 20_000;
  private static final int WARM_UP_ROUNDS = 10;
  private static final int MEASUREMENTS = 3;

  private static PortBench bench;

  private final ByteBuffer message = ByteBuffer.allocateDirect(LENGTH);

  @BeforeAll
  static void openPort() throws IOException {
    bench = PortBench.open("net_af_packet");
  }

  @AfterAll
  static void closePort() throws IOException {
    if (bench != null) {
      bench.close();
    }
  }

  @Test
  void shouldAllocateNothingWhenMessagesAreEchoedOrPollsFindNothing() throws IOException {
    int messages = (int) Tier.count(100_000, 1_000_000);
    int polls = (int) Tier.count(1_000_000, 10_000_000);
    long[] times = new long[messages];
    try (Transport transport = open(false);
        SocketChannel peer = connect(transport)) {
      idle(transport, 200_000);
      long _ = untilQuiet(WARM_UP_ROUNDS, () -> pingPong(transport, peer, times, BATCH));
      long busy = untilQuiet(MEASUREMENTS, () -> pingPong(transport, peer, times, messages));
      long _ = untilQuiet(WARM_UP_ROUNDS, () -> idle(transport, 200_000));
      long quiet = untilQuiet(MEASUREMENTS, () -> idle(transport, polls));
      Arrays.sort(times);
      Tier.ran(
          "bypass cost",
          "messages=%d bytes=%d polls=%d bytes=%d p50=%d ns p90=%d ns"
              .formatted(
                  messages,
                  busy,
                  polls,
                  quiet,
                  times[messages / 2],
                  times[(int) (messages * 0.9)]));
      assertEquals(0, busy, "bytes of " + messages + " messages");
      assertEquals(0, quiet, "bytes of " + polls + " polls");
    }
  }

  @Test
  void shouldSeeTheBytesOfAListenerThatAllocates() throws IOException {
    try (Transport transport = open(true);
        SocketChannel peer = connect(transport)) {
      long bytes =
          AllocationMeter.bytesAllocatedBy(() -> pingPong(transport, peer, new long[1], BATCH));
      assertTrue(bytes >= (long) (ARRAY_HEADER + LENGTH) * BATCH, "bytes=" + bytes);
    }
  }

  private static long untilQuiet(int rounds, Runnable work) {
    long bytes = -1;
    for (int round = 0; round < rounds && bytes != 0; round++) {
      bytes = AllocationMeter.bytesAllocatedBy(work);
    }
    return bytes;
  }

  private void pingPong(Transport transport, SocketChannel peer, long[] times, int count) {
    try {
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        message.clear();
        peer.write(message);
        message.clear();
        while (message.hasRemaining()) {
          transport.poll(16);
          peer.read(message);
        }
        times[i % times.length] = System.nanoTime() - start;
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

  private static Transport open(boolean isWasteful) {
    Echo echo = new Echo(isWasteful);
    echo.transport =
        TransportFactory.open(
            "bypass",
            new InetSocketAddress(bench.port().address(), 0),
            echo,
            new TransportContext().clock(System::nanoTime).bypassPort(bench.port()));
    return echo.transport;
  }

  private static SocketChannel connect(Transport transport) throws IOException {
    FutureTask<SocketChannel> connecting =
        new FutureTask<>(() -> SocketChannel.open(transport.localAddress()));
    bench.member().thread("connect", connecting).start();
    while (!connecting.isDone()) {
      transport.poll(16);
    }
    SocketChannel peer = connecting.resultNow();
    peer.setOption(StandardSocketOptions.TCP_NODELAY, true);
    peer.configureBlocking(false);
    return peer;
  }
}
