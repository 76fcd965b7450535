package io.tradepit.host.ethernet;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.FrameLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/** Sends each UDP datagram that comes to a port back to where it came from. */
final class Echo {
  private static final int BURST = 32;
  private static final int TYPE_AT = 12;
  private static final int IPV4 = 0x800;
  private static final int IP_AT = 14;
  private static final int PROTOCOL_AT = IP_AT + 9;
  private static final int UDP = 17;
  private static final int UDP_AT = IP_AT + 20;

  private final Dpdk dpdk;
  private final UnsafeBuffer in = new UnsafeBuffer();
  private final UnsafeBuffer out = new UnsafeBuffer();

  /** Frames whose checksums the device has proved. */
  final AtomicInteger proved = new AtomicInteger();

  /** Of the frame that came last. */
  volatile long stampNs;

  Echo(Dpdk dpdk) {
    this.dpdk = dpdk;
  }

  /** Polls the port, on its thread, until told to end. */
  void poll(long port, BooleanSupplier isStopped) {
    YieldingIdleStrategy idle = new YieldingIdleStrategy();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frames = arena.allocate((long) BURST * FrameLayout.LENGTH, Long.BYTES);
      while (!isStopped.getAsBoolean()) {
        int count = dpdk.receive(port, frames.address(), BURST);
        for (int i = 0; i < count; i++) {
          onFrame(port, frames.asSlice((long) i * FrameLayout.LENGTH, FrameLayout.LENGTH));
        }
        dpdk.release(port, frames.address(), count);
        idle.idle(count + dpdk.flush(port));
      }
    }
  }

  private void onFrame(long port, MemorySegment frame) {
    int length = frame.get(JAVA_INT, FrameLayout.LENGTH_OFFSET);
    in.wrap(frame.get(JAVA_LONG, FrameLayout.DATA_OFFSET), length);
    if (in.getShort(TYPE_AT, BIG_ENDIAN) != IPV4 || in.getByte(PROTOCOL_AT) != UDP) {
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
}
