package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a message costs: bytes allocated by the whole polling thread, Netty's included, and the time
 * of a round trip. One thread is both ends, so that nothing but the transport is measured.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class TransportCostTest {
  private static final int LENGTH = 64;
  private static final int BATCH = 20_000;

  /**
   * Netty's entry of its outbound queue, 96 bytes: it pools them only on threads of its own class.
   */
  private static final long CEILING_BYTES = 112;

  private final ByteBuffer message = ByteBuffer.allocateDirect(LENGTH);

  @ParameterizedTest
  @EnumSource(NettyKind.class)
  void shouldAllocateLessThanCeilingWhenMessagesAreEchoed(NettyKind kind) throws IOException {
    requireAvailable(kind);
    int count = (int) Tier.count(200_000, 1_000_000);
    try (Transport transport = open(kind, false);
        SocketChannel peer = connect(transport)) {
      AllocationMeter.bytesAllocatedBy(() -> pingPong(transport, peer, 2 * BATCH));
      long bytes = AllocationMeter.bytesAllocatedBy(() -> pingPong(transport, peer, count));
      long idleBytes = AllocationMeter.bytesAllocatedBy(() -> idle(transport, count));
      Tier.ran(
          kind.label + " allocation",
          "messages=%d bytes=%d perMessage=%.2f idlePolls=%d idleBytes=%d"
              .formatted(count, bytes, (double) bytes / count, count, idleBytes));
      assertTrue(bytes <= CEILING_BYTES * count + 4096, "bytes=" + bytes);
    }
    assertTrue(negativeControl(kind) >= BATCH * (96 + LENGTH));
  }

  /** The same with a listener that makes an array of each message. */
  private long negativeControl(NettyKind kind) throws IOException {
    try (Transport transport = open(kind, true);
        SocketChannel peer = connect(transport)) {
      AllocationMeter.bytesAllocatedBy(() -> pingPong(transport, peer, BATCH));
      long bytes = AllocationMeter.bytesAllocatedBy(() -> pingPong(transport, peer, BATCH));
      Tier.ran(kind.label + " negative control", "messages=" + BATCH + " bytes=" + bytes);
      return bytes;
    }
  }

  @ParameterizedTest
  @EnumSource(NettyKind.class)
  void shouldTellRoundTripTimeWhenMessagesAreEchoed(NettyKind kind) throws IOException {
    requireAvailable(kind);
    int count = (int) Tier.count(100_000, 1_000_000);
    long[] times = new long[count];
    try (Transport transport = open(kind, false);
        SocketChannel peer = connect(transport)) {
      pingPong(transport, peer, BATCH);
      for (int i = 0; i < count; i++) {
        long start = System.nanoTime();
        pingPong(transport, peer, 1);
        times[i] = System.nanoTime() - start;
      }
    }
    Arrays.sort(times);
    Tier.ran(
        kind.label + " round trip on one thread",
        "rounds=%d p50=%d ns p90=%d ns"
            .formatted(count, times[count / 2], times[(int) (count * 0.9)]));
    assertTrue(times[0] > 0);
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
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void idle(Transport transport, int polls) {
    for (int i = 0; i < polls; i++) {
      transport.poll(16);
    }
  }

  private static void requireAvailable(NettyKind kind) {
    assumeTrue(kind.isAvailable(), () -> kind.label + " skipped: " + kind.unavailabilityCause());
  }

  private static Transport open(NettyKind kind, boolean isWasteful) {
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

  private static final class Echo implements TransportListener {
    private final boolean isWasteful;
    private Transport transport;
    private byte[] wasted;

    Echo(boolean isWasteful) {
      this.isWasteful = isWasteful;
    }

    @Override
    public void onOpened(long connection, InetSocketAddress remote) {}

    @Override
    public int onBytes(
        long connection,
        DirectBuffer buffer,
        int offset,
        int length,
        long ingressTimeNs,
        byte ingressSource) {
      if (isWasteful) {
        wasted = new byte[length];
        buffer.getBytes(offset, wasted);
      }
      return transport.trySend(connection, buffer, offset, length);
    }

    @Override
    public void onClosed(long connection, CloseReason reason) {}
  }
}
