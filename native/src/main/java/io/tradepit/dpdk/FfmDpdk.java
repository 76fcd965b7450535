package io.tradepit.dpdk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.tradepit.shim.Shim;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * DPDK of the running process, by the shim {@code libtradepit-dpdk.so}. Loading the class opens the
 * shim: {@link io.tradepit.shim.ShimException}, as the cause, says what is missing.
 */
public final class FfmDpdk implements Dpdk {
  private static final long ABI = 1;
  private static final int REASON_BYTES = 512;
  private static final Linker.Option NEVER_BLOCKS = Linker.Option.critical(false);

  private static final Shim SHIM = open();

  private static final MethodHandle EAL_START =
      SHIM.function(
          "tp_eal_start", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle EAL_STOP =
      SHIM.function("tp_eal_stop", FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle THREAD_REGISTER =
      SHIM.function("tp_thread_register", FunctionDescriptor.of(JAVA_INT));
  private static final MethodHandle THREAD_UNREGISTER =
      SHIM.function("tp_thread_unregister", FunctionDescriptor.ofVoid());
  private static final MethodHandle PORT_OPEN =
      SHIM.function(
          "tp_port_open", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
  private static final MethodHandle PORT_CLOSE =
      SHIM.function("tp_port_close", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  private static final MethodHandle PORT_DEVICE =
      SHIM.function("tp_port_device", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
  private static final MethodHandle PORT_RECEIVE =
      SHIM.function(
          "tp_port_receive",
          FunctionDescriptor.of(JAVA_SHORT, JAVA_LONG, JAVA_LONG, JAVA_SHORT),
          NEVER_BLOCKS);
  private static final MethodHandle PORT_RELEASE =
      SHIM.function(
          "tp_port_release",
          FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_SHORT),
          NEVER_BLOCKS);
  private static final MethodHandle PORT_RESERVE =
      SHIM.function(
          "tp_port_reserve", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_SHORT), NEVER_BLOCKS);
  private static final MethodHandle PORT_FLUSH =
      SHIM.function("tp_port_flush", FunctionDescriptor.of(JAVA_SHORT, JAVA_LONG), NEVER_BLOCKS);

  private static Shim open() {
    Shim shim = Shim.open("dpdk");
    shim.require("abi", ABI);
    shim.require("frame.bytes", FrameLayout.LENGTH);
    shim.require("frame.data", FrameLayout.DATA_OFFSET);
    shim.require("frame.length", FrameLayout.LENGTH_OFFSET);
    shim.require("frame.flags", FrameLayout.FLAGS_OFFSET);
    shim.require("frame.stamp", FrameLayout.STAMP_OFFSET);
    shim.require("frame.handle", FrameLayout.HANDLE_OFFSET);
    shim.require("frame.checksum-good", FrameLayout.CHECKSUM_GOOD);
    return shim;
  }

  @Override
  public void start(List<String> arguments) {
    AtomicReference<RuntimeException> failure = new AtomicReference<>();
    Thread starter =
        new Thread(
            () -> {
              try {
                startHere(arguments);
              } catch (RuntimeException e) {
                failure.set(e);
              }
            },
            "tp-eal");
    starter.start();
    join(starter);
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  private static void startHere(List<String> arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment reason = arena.allocate(REASON_BYTES);
      MemorySegment texts = arena.allocate(ADDRESS, Math.max(1, arguments.size()));
      for (int i = 0; i < arguments.size(); i++) {
        texts.setAtIndex(ADDRESS, i, arena.allocateFrom(arguments.get(i)));
      }
      int error = (int) EAL_START.invokeExact(texts, arguments.size(), reason, REASON_BYTES);
      if (error != 0) {
        throw new DpdkException(
            "dpdk="
                + String.join(" ", arguments)
                + " errno="
                + -error
                + ": "
                + reason.getString(0));
      }
    } catch (DpdkException e) {
      throw e;
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  private static void join(Thread starter) {
    boolean isInterrupted = false;
    while (starter.isAlive()) {
      try {
        starter.join();
      } catch (InterruptedException e) {
        isInterrupted = true;
      }
    }
    if (isInterrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public int stop() {
    try {
      return (int) EAL_STOP.invokeExact();
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public int registerThread() {
    try {
      return (int) THREAD_REGISTER.invokeExact();
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public void unregisterThread() {
    try {
      THREAD_UNREGISTER.invokeExact();
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public long open(PortOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment reason = arena.allocate(REASON_BYTES);
      MemorySegment port = arena.allocate(JAVA_LONG);
      int error = (int) PORT_OPEN.invokeExact(encode(options, arena), port, reason, REASON_BYTES);
      if (error != 0) {
        throw new DpdkException(
            "port="
                + options.device()
                + " arguments="
                + options.arguments()
                + " errno="
                + -error
                + ": "
                + reason.getString(0));
      }
      return port.get(JAVA_LONG, 0);
    } catch (DpdkException e) {
      throw e;
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  private static MemorySegment encode(PortOptions options, Arena arena) {
    MemorySegment memory = arena.allocate(SHIM.number("options.bytes"), Long.BYTES);
    memory.set(ADDRESS, SHIM.number("options.device"), arena.allocateFrom(options.device()));
    memory.set(ADDRESS, SHIM.number("options.arguments"), arena.allocateFrom(options.arguments()));
    memory.set(JAVA_INT, SHIM.number("options.buffers"), options.buffers());
    memory.set(JAVA_SHORT, SHIM.number("options.receive-ring"), (short) options.receiveRing());
    memory.set(JAVA_SHORT, SHIM.number("options.send-ring"), (short) options.sendRing());
    memory.set(JAVA_SHORT, SHIM.number("options.mtu"), (short) options.mtu());
    return memory;
  }

  @Override
  public int close(long port) {
    try {
      return (int) PORT_CLOSE.invokeExact(port);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public long device(long port) {
    try {
      return (long) PORT_DEVICE.invokeExact(port);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  @SuppressWarnings("restricted")
  public long mac(long port) {
    MemorySegment device =
        MemorySegment.ofAddress(device(port)).reinterpret(SHIM.number("device.bytes"));
    long mac = 0;
    for (int i = 0; i < 6; i++) {
      mac = (mac << Byte.SIZE) | (device.get(JAVA_BYTE, SHIM.number("device.mac") + i) & 0xff);
    }
    return mac;
  }

  @Override
  public int receive(long port, long frames, int limit) {
    try {
      return (short) PORT_RECEIVE.invokeExact(port, frames, (short) limit);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public void release(long port, long frames, int count) {
    try {
      PORT_RELEASE.invokeExact(port, frames, (short) count);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public long reserve(long port, int length) {
    try {
      return (long) PORT_RESERVE.invokeExact(port, (short) length);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public int flush(long port) {
    try {
      return (short) PORT_FLUSH.invokeExact(port);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }
}
