package io.tradepit.lwip;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.tradepit.shim.Shim;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * lwIP in this process, by the shim {@code libtradepit-lwip.so}. Loading the class opens the shim:
 * {@link io.tradepit.shim.ShimException}, as the cause, says what is missing.
 */
public final class FfmLwip implements Lwip {
  private static final long ABI = 2;
  private static final int EALREADY = 114;
  private static final Shim SHIM = open();

  private static final MethodHandle OPEN =
      SHIM.function("tp_stack_open", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS));
  private static final MethodHandle LISTEN =
      SHIM.function("tp_stack_listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle UNLISTEN =
      SHIM.function("tp_stack_unlisten", FunctionDescriptor.ofVoid());
  private static final MethodHandle CLOSE =
      SHIM.function("tp_stack_close", FunctionDescriptor.ofVoid());
  private static final MethodHandle NAME =
      SHIM.function("tp_stack_name", FunctionDescriptor.of(ADDRESS));

  /** Critical: over a device that never waits. */
  private static final MethodHandle POLL =
      SHIM.function(
          "tp_stack_poll", FunctionDescriptor.of(JAVA_INT), Linker.Option.critical(false));

  /** Over a device that asks the kernel: a critical call would hold up every safepoint. */
  private static final MethodHandle WAITING_POLL =
      SHIM.function("tp_stack_poll", FunctionDescriptor.of(JAVA_INT));

  private boolean mayWait;

  private static Shim open() {
    Shim shim = Shim.open("lwip");
    shim.require("abi", ABI);
    shim.require("limit.connections", StackOptions.LIMIT);
    shim.require("limit.half-open", StackOptions.LIMIT);
    requireConnection(shim);
    requireConstants(shim);
    requireStatistics(shim);
    shim.require("slots.count", SlotsLayout.COUNT_OFFSET);
    shim.require("slots.slots", SlotsLayout.SLOTS_OFFSET);
    return shim;
  }

  private static void requireConnection(Shim shim) {
    shim.require("connection.bytes", ConnectionLayout.LENGTH);
    shim.require("connection.received", ConnectionLayout.RECEIVED_OFFSET);
    shim.require("connection.acknowledged", ConnectionLayout.ACKNOWLEDGED_OFFSET);
    shim.require("connection.number", ConnectionLayout.NUMBER_OFFSET);
    shim.require("connection.state", ConnectionLayout.STATE_OFFSET);
    shim.require("connection.remote-address", ConnectionLayout.REMOTE_ADDRESS_OFFSET);
    shim.require("connection.remote-port", ConnectionLayout.REMOTE_PORT_OFFSET);
    shim.require("connection.mark-count", ConnectionLayout.MARK_COUNT_OFFSET);
    shim.require("connection.taken", ConnectionLayout.TAKEN_OFFSET);
    shim.require("connection.queued", ConnectionLayout.QUEUED_OFFSET);
    shim.require("connection.orders", ConnectionLayout.ORDERS_OFFSET);
    shim.require("connection.marks-read", ConnectionLayout.MARKS_READ_OFFSET);
    shim.require("connection.marks", ConnectionLayout.MARKS_OFFSET);
    shim.require("connection.mark-limit", ConnectionLayout.MARK_LIMIT);
    shim.require("mark.bytes", ConnectionLayout.MARK_LENGTH);
    shim.require("mark.end", ConnectionLayout.MARK_END_OFFSET);
    shim.require("mark.stamp", ConnectionLayout.MARK_STAMP_OFFSET);
  }

  private static void requireConstants(Shim shim) {
    shim.require("state.open", ConnectionLayout.OPEN);
    shim.require("state.peer-shut", ConnectionLayout.PEER_SHUT);
    shim.require("state.gone", ConnectionLayout.GONE);
    shim.require("order.shut", ConnectionLayout.SHUT);
    shim.require("order.reset", ConnectionLayout.RESET);
    shim.require("order.release", ConnectionLayout.RELEASE);
  }

  private static void requireStatistics(Shim shim) {
    shim.require("statistics.frames-in", StatisticsLayout.FRAMES_IN_OFFSET);
    shim.require("statistics.frames-out", StatisticsLayout.FRAMES_OUT_OFFSET);
    shim.require("statistics.frames-not-ours", StatisticsLayout.FRAMES_NOT_OURS_OFFSET);
    shim.require("statistics.frames-not-sent", StatisticsLayout.FRAMES_NOT_SENT_OFFSET);
    shim.require("statistics.frames-no-memory", StatisticsLayout.FRAMES_NO_MEMORY_OFFSET);
    shim.require("statistics.checksum-errors", StatisticsLayout.CHECKSUM_ERRORS_OFFSET);
    shim.require("statistics.segments-sent-again", StatisticsLayout.SEGMENTS_SENT_AGAIN_OFFSET);
    shim.require("statistics.connections-refused", StatisticsLayout.CONNECTIONS_REFUSED_OFFSET);
    shim.require("statistics.half-open", StatisticsLayout.HALF_OPEN_OFFSET);
    shim.require("statistics.half-open-dropped", StatisticsLayout.HALF_OPEN_DROPPED_OFFSET);
    shim.require("statistics.bytes-out", StatisticsLayout.BYTES_OUT_OFFSET);
    shim.require("statistics.flows", StatisticsLayout.FLOWS_OFFSET);
    shim.require("statistics.bytes", StatisticsLayout.LENGTH);
  }

  @Override
  public StackView open(long device, StackOptions options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment view = arena.allocate(SHIM.number("view.bytes"), Long.BYTES);
      int error = (int) OPEN.invokeExact(device, encode(options, arena), view);
      if (error == -EALREADY) {
        throw new LwipException("stack=in use: there is one a process");
      }
      if (error != 0) {
        throw new LwipException("stack=" + options + " errno=" + -error);
      }
      mayWait = view.get(JAVA_LONG, SHIM.number("view.may-wait")) != 0;
      return new StackView(
          view.get(JAVA_LONG, SHIM.number("view.connections")),
          view.get(JAVA_LONG, SHIM.number("view.ready")),
          view.get(JAVA_LONG, SHIM.number("view.work")),
          view.get(JAVA_LONG, SHIM.number("view.receive-rings")),
          view.get(JAVA_LONG, SHIM.number("view.send-rings")),
          view.get(JAVA_LONG, SHIM.number("view.statistics")),
          Math.toIntExact(view.get(JAVA_LONG, SHIM.number("view.receive-bytes"))));
    } catch (LwipException e) {
      throw e;
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  private static MemorySegment encode(StackOptions options, Arena arena) {
    MemorySegment memory = arena.allocate(SHIM.number("config.bytes"), Long.BYTES);
    memory.set(JAVA_INT, SHIM.number("config.address"), options.address());
    memory.set(JAVA_INT, SHIM.number("config.prefix"), options.prefix());
    memory.set(JAVA_INT, SHIM.number("config.gateway"), options.gateway());
    memory.set(JAVA_INT, SHIM.number("config.vlan"), options.vlan());
    memory.set(JAVA_INT, SHIM.number("config.max-connections"), options.maxConnections());
    memory.set(JAVA_INT, SHIM.number("config.max-half-open"), options.maxHalfOpen());
    memory.set(JAVA_INT, SHIM.number("config.send-bytes"), options.sendBytes());
    return memory;
  }

  @Override
  public int listen(int port) {
    int result;
    try {
      result = (int) LISTEN.invokeExact(port);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
    if (result < 0) {
      throw new LwipException("port=" + port + " errno=" + -result);
    }
    return result;
  }

  @Override
  public void unlisten() {
    try {
      UNLISTEN.invokeExact();
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public int poll() {
    try {
      return mayWait ? (int) WAITING_POLL.invokeExact() : (int) POLL.invokeExact();
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  public void close() {
    try {
      CLOSE.invokeExact();
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }

  @Override
  @SuppressWarnings("restricted")
  public String name() {
    try {
      MemorySegment name = (MemorySegment) NAME.invokeExact();
      return name.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw Shim.unexpected(e);
    }
  }
}
