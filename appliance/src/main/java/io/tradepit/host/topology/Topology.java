package io.tradepit.host.topology;

import io.tradepit.host.preflight.HostView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The parts of a machine and where they are. What the kernel does not say is empty or, for the
 * place of a CPU, 0: a virtual machine often says nothing of caches and nodes.
 *
 * @param model of the processor, {@code unknown} where the kernel names none
 * @param cpus online, ascending
 * @param l3Groups CPUs that share a third-level cache, online ones, by their first; empty where the
 *     kernel says nothing of such caches
 * @param memoryNodes NUMA nodes with memory, ascending, at least one
 * @param nics on a PCI bus, by name
 * @param isolated CPUs that the kernel was booted to balance no threads onto (isolcpus), ascending
 * @param allowed CPUs that a thread of this process may be put on, ascending
 */
public record Topology(
    String model,
    List<Cpu> cpus,
    List<List<Integer>> l3Groups,
    List<Integer> memoryNodes,
    List<Nic> nics,
    List<Integer> isolated,
    List<Integer> allowed) {
  public Topology {
    cpus = List.copyOf(cpus);
    l3Groups = l3Groups.stream().map(List::copyOf).toList();
    memoryNodes = List.copyOf(memoryNodes);
    nics = List.copyOf(nics);
    isolated = List.copyOf(isolated);
    allowed = List.copyOf(allowed);
  }

  /**
   * What runs one thread at a time.
   *
   * @param socket of its processor
   * @param node of the memory next to it
   * @param siblings online CPUs of its core, itself among them, ascending
   */
  public record Cpu(int id, int socket, int node, List<Integer> siblings) {
    public Cpu {
      siblings = List.copyOf(siblings);
    }

    /** Whether it stands for its core: the first CPU of it. */
    public boolean isFirstOfCore() {
      return siblings.getFirst() == id;
    }
  }

  /**
   * A network card.
   *
   * @param name of its interface; its address where a driver outside of the kernel has it
   * @param address on the PCI bus, such as {@code 0000:41:00.0}
   * @param driver that has it, or the word none
   * @param node that it is at, or empty where the kernel does not say
   */
  public record Nic(String name, String address, String driver, OptionalInt node) {}

  /** Reads a machine. */
  public static Topology read(HostView host) {
    return new TopologyReader(host).topology();
  }

  /** An online CPU. */
  public Optional<Cpu> cpu(int id) {
    return cpus.stream().filter(cpu -> cpu.id() == id).findFirst();
  }

  /** Numbers of the online CPUs, ascending. */
  public List<Integer> online() {
    return cpus.stream().map(Cpu::id).toList();
  }

  /** Numbers of the sockets with an online CPU, ascending. */
  public List<Integer> sockets() {
    return cpus.stream().map(Cpu::socket).distinct().sorted().toList();
  }

  /** Online CPUs of a NUMA node, ascending. */
  public List<Integer> cpusOfNode(int node) {
    return cpus.stream().filter(cpu -> cpu.node() == node).map(Cpu::id).toList();
  }

  /** Cores with an online CPU. */
  public long cores() {
    return cpus.stream().filter(Cpu::isFirstOfCore).count();
  }

  /** Whether any core runs more than one thread at a time. */
  public boolean hasSiblings() {
    return cpus.stream().anyMatch(cpu -> cpu.siblings().size() > 1);
  }

  /** The place of a CPU's cache in {@link #l3Groups}, or empty where the kernel does not say. */
  public OptionalInt l3Of(int cpu) {
    for (int i = 0; i < l3Groups.size(); i++) {
      if (l3Groups.get(i).contains(cpu)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** A card by its interface or its address. */
  public Optional<Nic> nic(String nameOrAddress) {
    return nics.stream()
        .filter(nic -> Stream.of(nic.name(), nic.address()).anyMatch(nameOrAddress::equals))
        .findFirst();
  }
}
