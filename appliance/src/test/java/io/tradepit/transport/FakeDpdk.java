package io.tradepit.transport;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.PortDescription;
import io.tradepit.dpdk.PortOptions;
import io.tradepit.dpdk.PortStatistics;
import io.tradepit.dpdk.XdpProgram;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/** One port whose wire is a list: what it sends can be looked at, what comes in is counted only. */
final class FakeDpdk implements Dpdk {
  static final long PORT = 7;
  private static final int FRAME_BYTES = 2_048;

  /** Frames that were handed to the wire, in their order. */
  final List<byte[]> sent = new ArrayList<>();

  boolean keepsSent = true;

  /** Whether the wire takes nothing. */
  boolean isStuck;

  /** Frames that have come in and were not taken yet. */
  int waiting;

  /** Frames that were taken and not given back. */
  int held;

  private final UnsafeBuffer memory;
  private final int[] lengths;
  private int pending;

  FakeDpdk(int frames) {
    memory = new UnsafeBuffer(ByteBuffer.allocateDirect(frames * FRAME_BYTES));
    lengths = new int[frames];
  }

  @Override
  public int receive(long port, long frames, int limit) {
    int taken = Math.min(waiting, limit);
    waiting -= taken;
    held += taken;
    return taken;
  }

  @Override
  public void release(long port, long frames, int count) {
    held -= count;
  }

  @Override
  public long reserve(long port, int length) {
    if (port != PORT || pending == lengths.length) {
      return 0;
    }
    lengths[pending] = length;
    return memory.addressOffset() + (long) pending++ * FRAME_BYTES;
  }

  @Override
  public int flush(long port) {
    if (isStuck) {
      return 0;
    }
    int count = pending;
    for (int i = 0; i < count && keepsSent; i++) {
      byte[] frame = new byte[lengths[i]];
      memory.getBytes(i * FRAME_BYTES, frame);
      sent.add(frame);
    }
    pending = 0;
    return count;
  }

  @Override
  public void start(List<String> arguments) {
    throw new UnsupportedOperationException("start");
  }

  @Override
  public int stop() {
    throw new UnsupportedOperationException("stop");
  }

  @Override
  public int registerThread() {
    throw new UnsupportedOperationException("registerThread");
  }

  @Override
  public void unregisterThread() {
    throw new UnsupportedOperationException("unregisterThread");
  }

  @Override
  public long open(PortOptions options) {
    throw new UnsupportedOperationException("open");
  }

  @Override
  public int close(long port) {
    throw new UnsupportedOperationException("close");
  }

  @Override
  public PortDescription describe(long port) {
    throw new UnsupportedOperationException("describe");
  }

  @Override
  public PortStatistics statistics(long port) {
    throw new UnsupportedOperationException("statistics");
  }

  @Override
  public int link(long port) {
    throw new UnsupportedOperationException("link");
  }

  @Override
  public void steer(long port, int address, int tcpPort) {
    throw new UnsupportedOperationException("steer");
  }

  @Override
  public String version() {
    return "none";
  }

  @Override
  public int interfaceFlags(String interfaceName) {
    return IFF_UP;
  }

  @Override
  public Optional<XdpProgram> xdpProgram(String interfaceName) {
    throw new UnsupportedOperationException("xdpProgram");
  }

  @Override
  public void detachXdp(String interfaceName, int program) {
    throw new UnsupportedOperationException("detachXdp");
  }

  @Override
  public long device(long port) {
    throw new UnsupportedOperationException("device");
  }

  @Override
  public long mac(long port) {
    throw new UnsupportedOperationException("mac");
  }
}
