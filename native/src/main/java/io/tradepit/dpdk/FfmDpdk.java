package io.tradepit.dpdk;

import static io.tradepit.dpdk.DpdkCalls.SHIM;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tradepit.shim.Shim;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** DPDK of the running process, by the shim {@code libtradepit-dpdk.so}. */
public final class FfmDpdk implements Dpdk {
  private static final int REASON_BYTES = 512;
  private static final int NAME_BYTES = 64;
  private static final int MAC_BYTES = 6;

  /** Open ports whose drivers may wait. A thread that polls one was started after its opening. */
  private int waitingPorts;

  /**
   * @throws io.tradepit.shim.ShimException when the shim, or a library of DPDK that it needs, is
   *     not there: one line that says which
   */
  public FfmDpdk() {
    // Once here, where it can say what is missing; where the handles are bound a class would fail.
    DpdkShim.open();
  }

  @Override
  public String version() {
    try {
      return Shim.text((MemorySegment) DpdkCalls.VERSION.invokeExact());
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public void start(List<String> arguments) {
    try {
      CompletableFuture.runAsync(
              () -> startHere(arguments), task -> new Thread(task, "tp-eal").start())
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof DpdkException refused ? refused : e;
    }
  }

  private static void startHere(List<String> arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment reason = arena.allocate(REASON_BYTES);
      MemorySegment texts = arena.allocate(ADDRESS, Math.max(1, arguments.size()));
      for (int i = 0; i < arguments.size(); i++) {
        texts.setAtIndex(ADDRESS, i, arena.allocateFrom(arguments.get(i)));
      }
      int error =
          (int) DpdkCalls.EAL_START.invokeExact(texts, arguments.size(), reason, REASON_BYTES);
      requireDone(error, "dpdk=" + String.join(" ", arguments), reason);
    } catch (Throwable e) {
      throw told(e);
    }
  }

  @Override
  public int stop() {
    try {
      return (int) DpdkCalls.EAL_STOP.invokeExact();
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public int registerThread() {
    try {
      return (int) DpdkCalls.THREAD_REGISTER.invokeExact();
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public void unregisterThread() {
    try {
      DpdkCalls.THREAD_UNREGISTER.invokeExact();
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public long open(PortOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment reason = arena.allocate(REASON_BYTES);
      MemorySegment port = arena.allocate(JAVA_LONG);
      int error =
          (int)
              DpdkCalls.PORT_OPEN.invokeExact(
                  PortRecords.encode(options, arena), port, reason, REASON_BYTES);
      String name = "port=" + options.device() + " arguments=" + options.arguments();
      requireDone(error, name, reason);
      count(port.get(JAVA_LONG, 0), 1);
      return port.get(JAVA_LONG, 0);
    } catch (Throwable e) {
      throw told(e);
    }
  }

  private synchronized void count(long port, int step) {
    int flags = deviceMemory(port).get(JAVA_INT, SHIM.number("device.flags"));
    waitingPorts += (flags & SHIM.number("device.may-wait")) != 0 ? step : 0;
  }

  @Override
  public int close(long port) {
    try {
      count(port, -1);
      return (int) DpdkCalls.PORT_CLOSE.invokeExact(port);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public PortDescription describe(long port) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = PortRecords.allocate("description", arena);
      requireDone((int) DpdkCalls.PORT_DESCRIBE.invokeExact(port, memory), "port description");
      return PortRecords.description(memory);
    } catch (Throwable e) {
      throw told(e);
    }
  }

  @Override
  public PortStatistics statistics(long port) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = PortRecords.allocate("statistics", arena);
      requireDone((int) DpdkCalls.PORT_STATISTICS.invokeExact(port, memory), "port statistics");
      return PortRecords.statistics(memory);
    } catch (Throwable e) {
      throw told(e);
    }
  }

  @Override
  public int link(long port) {
    try {
      return (int) DpdkCalls.PORT_LINK.invokeExact(port);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public void steer(long port, int address, int tcpPort) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment reason = arena.allocate(REASON_BYTES);
      int error =
          (int)
              DpdkCalls.PORT_STEER.invokeExact(
                  port, address, (short) tcpPort, reason, REASON_BYTES);
      requireDone(error, "steering tcpPort=" + tcpPort, reason);
    } catch (Throwable e) {
      throw told(e);
    }
  }

  @Override
  public int interfaceFlags(String interfaceName) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) DpdkCalls.INTERFACE_FLAGS.invokeExact(arena.allocateFrom(interfaceName));
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public Optional<XdpProgram> xdpProgram(String interfaceName) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment program = arena.allocate(JAVA_INT);
      MemorySegment name = arena.allocate(NAME_BYTES);
      int error =
          (int)
              DpdkCalls.XDP_PROGRAM.invokeExact(
                  arena.allocateFrom(interfaceName), program, name, NAME_BYTES);
      requireDone(error, "interface=" + interfaceName + " xdp");
      int number = program.get(JAVA_INT, 0);
      return number == 0
          ? Optional.empty()
          : Optional.of(new XdpProgram(number, name.getString(0)));
    } catch (Throwable e) {
      throw told(e);
    }
  }

  @Override
  public void detachXdp(String interfaceName, int program) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(interfaceName);
      int error = (int) DpdkCalls.XDP_DETACH.invokeExact(name, program);
      requireDone(error, "interface=" + interfaceName + " xdp=" + program + " detach");
    } catch (Throwable e) {
      throw told(e);
    }
  }

  private static void requireDone(int error, String what, MemorySegment reason) {
    if (error != 0) {
      throw new DpdkException(what + " errno=" + -error + ": " + reason.getString(0));
    }
  }

  private static void requireDone(int error, String what) {
    if (error != 0) {
      throw new DpdkException(what + " errno=" + -error);
    }
  }

  private static RuntimeException told(Throwable failure) {
    return failure instanceof DpdkException refused ? refused : Shim.unexpected(failure);
  }

  @Override
  public long device(long port) {
    try {
      return (long) DpdkCalls.PORT_DEVICE.invokeExact(port);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public long mac(long port) {
    MemorySegment device = deviceMemory(port);
    long mac = 0;
    for (int i = 0; i < MAC_BYTES; i++) {
      mac = (mac << Byte.SIZE) | (device.get(JAVA_BYTE, SHIM.number("device.mac") + i) & 0xff);
    }
    return mac;
  }

  @SuppressWarnings("restricted")
  private MemorySegment deviceMemory(long port) {
    return MemorySegment.ofAddress(device(port)).reinterpret(SHIM.number("device.bytes"));
  }

  @Override
  public int receive(long port, long frames, int limit) {
    try {
      return waitingPorts > 0
          ? (short) DpdkCalls.PORT_RECEIVE_WAITING.invokeExact(port, frames, (short) limit)
          : (short) DpdkCalls.PORT_RECEIVE.invokeExact(port, frames, (short) limit);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public void release(long port, long frames, int count) {
    try {
      DpdkCalls.PORT_RELEASE.invokeExact(port, frames, (short) count);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public long reserve(long port, int length) {
    try {
      return (long) DpdkCalls.PORT_RESERVE.invokeExact(port, (short) length);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public int flush(long port) {
    try {
      return waitingPorts > 0
          ? (short) DpdkCalls.PORT_FLUSH_WAITING.invokeExact(port)
          : (short) DpdkCalls.PORT_FLUSH.invokeExact(port);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }
}
