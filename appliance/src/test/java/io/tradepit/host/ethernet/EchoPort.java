package io.tradepit.host.ethernet;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.FrameLayout;
import io.tradepit.dpdk.PortDescription;
import io.tradepit.dpdk.PortOptions;
import io.tradepit.dpdk.PortStatistics;
import io.tradepit.net.NetworkNamespace;
import io.tradepit.net.SharedDpdk;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/** A port in a namespace, and a thread that sends each UDP datagram back where it came from. */
final class EchoPort implements AutoCloseable {
  private static final int BURST = 32;
  private static final int UDP = 17;
  private static final int IP_AT = 14;
  private static final int UDP_AT = IP_AT + 20;

  private final Dpdk dpdk = SharedDpdk.dpdk();
  private final PortOptions options;
  private final Thread thread;
  private final CompletableFuture<Long> opened = new CompletableFuture<>();
  private final UnsafeBuffer in = new UnsafeBuffer();
  private final UnsafeBuffer out = new UnsafeBuffer();
  private volatile boolean isStopped;

  final AtomicInteger proved = new AtomicInteger();
  volatile long stampNs;

  EchoPort(NetworkNamespace namespace, PortOptions options) {
    this.options = options;
    thread = namespace.thread("tp-echo", this::run);
    thread.start();
    opened.join();
  }

  PortDescription description() {
    return dpdk.describe(opened.join());
  }

  long mac() {
    return dpdk.mac(opened.join());
  }

  PortStatistics statistics() {
    return dpdk.statistics(opened.join());
  }

  private void run() {
    assertEquals(0, dpdk.registerThread());
    try (Arena arena = Arena.ofConfined()) {
      long port = dpdk.open(options);
      opened.complete(port);
      poll(port, arena.allocate((long) BURST * FrameLayout.LENGTH, Long.BYTES));
      assertEquals(0, dpdk.close(port));
    } catch (RuntimeException e) {
      opened.completeExceptionally(e);
    } finally {
      dpdk.unregisterThread();
    }
  }

  private void poll(long port, MemorySegment frames) {
    YieldingIdleStrategy idle = new YieldingIdleStrategy();
    while (!isStopped) {
      int count = dpdk.receive(port, frames.address(), BURST);
      for (int i = 0; i < count; i++) {
        onFrame(port, frames.asSlice((long) i * FrameLayout.LENGTH, FrameLayout.LENGTH));
      }
      dpdk.release(port, frames.address(), count);
      idle.idle(count + dpdk.flush(port));
    }
  }

  private void onFrame(long port, MemorySegment frame) {
    int length = frame.get(JAVA_INT, FrameLayout.LENGTH_OFFSET);
    in.wrap(frame.get(JAVA_LONG, FrameLayout.DATA_OFFSET), length);
    if (in.getShort(12, BIG_ENDIAN) != 0x800 || in.getByte(IP_AT + 9) != UDP) {
      return;
    }
    proved.addAndGet(frame.get(JAVA_INT, FrameLayout.FLAGS_OFFSET) & FrameLayout.CHECKSUM_GOOD);
    stampNs = frame.get(JAVA_LONG, FrameLayout.STAMP_OFFSET);
    long room = dpdk.reserve(port, length);
    if (room != 0) {
      out.wrap(room, length);
      out.putBytes(0, in, 0, length);
      swap(0, 6, 6);
      swap(IP_AT + 12, IP_AT + 16, 4);
      swap(UDP_AT, UDP_AT + 2, 2);
    }
  }

  /** Sums do not change when what they are made of changes places. */
  private void swap(int one, int other, int length) {
    out.putBytes(one, in, other, length);
    out.putBytes(other, in, one, length);
  }

  @Override
  public void close() {
    isStopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
