package io.tradepit.dpdk;

import static io.tradepit.dpdk.DpdkCalls.SHIM;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The structures of {@code port.h} in memory, at the offsets that the shim says. */
final class PortRecords {
  private PortRecords() {}

  static MemorySegment allocate(String structure, Arena arena) {
    return arena.allocate(SHIM.number(structure + ".bytes"), Long.BYTES);
  }

  static MemorySegment encode(PortOptions options, Arena arena) {
    MemorySegment memory = allocate("options", arena);
    memory.set(ADDRESS, SHIM.number("options.device"), arena.allocateFrom(options.device()));
    memory.set(ADDRESS, SHIM.number("options.arguments"), arena.allocateFrom(options.arguments()));
    memory.set(JAVA_INT, SHIM.number("options.buffers"), options.buffers());
    memory.set(JAVA_INT, SHIM.number("options.offloads"), options.offloads());
    memory.set(JAVA_SHORT, SHIM.number("options.receive-ring"), (short) options.receiveRing());
    memory.set(JAVA_SHORT, SHIM.number("options.send-ring"), (short) options.sendRing());
    memory.set(JAVA_SHORT, SHIM.number("options.mtu"), (short) options.mtu());
    memory.set(JAVA_SHORT, SHIM.number("options.stamp-tick"), (short) options.stampTickNs());
    memory.set(JAVA_LONG, SHIM.number("options.stamp-offset"), options.stampOffsetNs());
    return memory;
  }

  static PortDescription description(MemorySegment memory) {
    return new PortDescription(
        memory.getString(SHIM.number("description.driver")),
        memory.get(JAVA_INT, SHIM.number("description.can")),
        memory.get(JAVA_INT, SHIM.number("description.does")),
        memory.get(JAVA_INT, SHIM.number("description.node")),
        memory.get(JAVA_INT, SHIM.number("description.link-mbps")),
        memory.get(JAVA_SHORT, SHIM.number("description.link-is-up")) != 0,
        memory.get(JAVA_SHORT, SHIM.number("description.receive-ring")) & 0xffff,
        memory.get(JAVA_SHORT, SHIM.number("description.send-ring")) & 0xffff,
        memory.get(JAVA_SHORT, SHIM.number("description.mtu")) & 0xffff,
        memory.get(JAVA_SHORT, SHIM.number("description.may-wait")) != 0);
  }

  static PortStatistics statistics(MemorySegment memory) {
    return new PortStatistics(
        statistic(memory, "received-frames"),
        statistic(memory, "received-bytes"),
        statistic(memory, "sent-frames"),
        statistic(memory, "sent-bytes"),
        statistic(memory, "missed-frames"),
        statistic(memory, "receive-errors"),
        statistic(memory, "send-errors"),
        statistic(memory, "without-buffer"),
        statistic(memory, "in-pieces"),
        statistic(memory, "refused-room"),
        statistic(memory, "foreign-stamps"),
        statistic(memory, "dropped"));
  }

  private static long statistic(MemorySegment memory, String name) {
    return memory.get(JAVA_LONG, SHIM.number("statistics." + name));
  }
}
