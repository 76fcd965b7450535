package io.tradepit.perf;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.FrameLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the port of a bypass costs without a network: each downcall, an empty poll, and frames of 64
 * bytes through {@code net_ring}, which hands back what was sent. The thread is registered with
 * DPDK, as a gateway's is. The shims' folder is given to the forks ({@code -jvmArgsAppend
 * -Dtradepit.shims=...}).
 */
public class PortBenchmark extends OneThreadBenchmark {
  private static final int FRAME_BYTES = 64;
  private static final int BURST = 32;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment frames = arena.allocate((long) BURST * FrameLayout.LENGTH, 64);
  private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
  private RingPort ring;
  private Dpdk dpdk;
  private long port;

  /** Starts the environment, which is one a JVM, and opens the port. */
  @Setup(Level.Trial)
  public void open() {
    ring = new RingPort();
    dpdk = ring.dpdk;
    port = ring.handle;
  }

  /** Ends what {@link #open} began. */
  @TearDown(Level.Trial)
  public void close() {
    ring.close();
    arena.close();
  }

  /** A poll of a port to which nothing came: the downcall and the driver. */
  @Benchmark
  public int receiveNothing() {
    return dpdk.receive(port, frames.address(), BURST);
  }

  /** A downcall that finds nothing to send. */
  @Benchmark
  public int flushNothing() {
    return dpdk.flush(port);
  }

  /** The downcall alone: no frame is given back. */
  @Benchmark
  public void releaseNothing() {
    dpdk.release(port, frames.address(), 0);
  }

  /** A downcall that asks for the port's device, which is one load. */
  @Benchmark
  public long device() {
    return dpdk.device(port);
  }

  /** One frame: reserved, written, sent, received, read, given back. */
  @Benchmark
  public long oneFrame() {
    return throughRing(1);
  }

  /** As {@link #oneFrame}, 32 together; the time is that of one. */
  @Benchmark
  @OperationsPerInvocation(BURST)
  public long burst() {
    return throughRing(BURST);
  }

  private long throughRing(int count) {
    for (int i = 0; i < count; i++) {
      frame.wrap(dpdk.reserve(port, FRAME_BYTES), FRAME_BYTES);
      frame.setMemory(0, FRAME_BYTES, (byte) i);
    }
    dpdk.flush(port);
    int received = dpdk.receive(port, frames.address(), BURST);
    long sum = 0;
    for (int i = 0; i < received; i++) {
      long entry = (long) i * FrameLayout.LENGTH;
      frame.wrap(frames.get(JAVA_LONG, entry + FrameLayout.DATA_OFFSET), FRAME_BYTES);
      sum += frame.getLong(0);
    }
    dpdk.release(port, frames.address(), received);
    if (received != count) {
      throw new IllegalStateException("sent=" + count + " received=" + received);
    }
    return sum;
  }
}
