package io.tradepit.tools.affinity;

import io.tradepit.host.topology.Topology;
import io.tradepit.host.topology.Topology.Cpu;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which cores of a machine a segment may have to itself, and which do the rest: the cores of the
 * card's node, less the first ones of it; a third-level cache without housekeeping comes first.
 *
 * @param own first CPUs of cores for the segment, the best first
 * @param housekeeping all other CPUs but the siblings of the segment's, ascending
 * @param interrupts of the housekeeping, next to the card and next to core 0
 */
record CoreChoice(List<Integer> own, List<Integer> housekeeping, List<Integer> interrupts) {
  private static final int SHARE_WITH_CORE_0 = 4;
  private static final int SHARE = 8;
  private static final int INTERRUPT_CORES = 2;

  CoreChoice {
    own = List.copyOf(own);
    housekeeping = List.copyOf(housekeeping);
    interrupts = List.copyOf(interrupts);
  }

  /**
   * @param node of the card
   * @param needed cores that the segment needs at least
   */
  static CoreChoice of(Topology machine, int node, int needed) {
    List<Cpu> cores =
        machine.cpus().stream()
            .filter(cpu -> cpu.isFirstOfCore() && cpu.node() == node)
            .filter(cpu -> machine.allowed().containsAll(cpu.siblings()))
            .toList();
    int kept = Math.min(kept(cores), cores.size());
    int spared = Math.max(leastKept(cores), Math.min(kept, cores.size() - needed));
    List<Cpu> free = cores.subList(Math.min(spared, cores.size()), cores.size());
    Set<Integer> taken = new HashSet<>();
    free.forEach(core -> taken.addAll(core.siblings()));
    List<Integer> housekeeping =
        machine.online().stream().filter(cpu -> !taken.contains(cpu)).toList();
    return new CoreChoice(
        ordered(machine, free, housekeeping),
        housekeeping,
        interrupts(machine, node, housekeeping));
  }

  // The first core never belongs to one thread alone, and what is around it has much to do.
  private static int kept(List<Cpu> cores) {
    return Math.max(leastKept(cores), cores.size() / (hasCore0(cores) ? SHARE_WITH_CORE_0 : SHARE));
  }

  private static int leastKept(List<Cpu> cores) {
    return hasCore0(cores) ? 2 : 1;
  }

  private static boolean hasCore0(List<Cpu> cores) {
    return cores.stream().anyMatch(core -> core.id() == 0);
  }

  private static List<Integer> ordered(
      Topology machine, List<Cpu> free, List<Integer> housekeeping) {
    List<List<Integer>> groups = new ArrayList<>();
    for (List<Integer> group : machine.l3Groups()) {
      groups.add(free.stream().map(Cpu::id).filter(group::contains).toList());
    }
    groups.add(free.stream().map(Cpu::id).filter(cpu -> machine.l3Of(cpu).isEmpty()).toList());
    groups.removeIf(List::isEmpty);
    groups.sort(
        Comparator.<List<Integer>>comparingInt(group -> shared(machine, group, housekeeping))
            .thenComparing(Comparator.<List<Integer>>comparingInt(List::size).reversed())
            .thenComparing(List::getFirst));
    return groups.stream().flatMap(List::stream).toList();
  }

  private static int shared(Topology machine, List<Integer> group, List<Integer> housekeeping) {
    OptionalInt l3 = machine.l3Of(group.getFirst());
    return l3.isPresent()
            && machine.l3Groups().get(l3.getAsInt()).stream().anyMatch(housekeeping::contains)
        ? 1
        : 0;
  }

  private static List<Integer> interrupts(Topology machine, int node, List<Integer> housekeeping) {
    Set<Integer> cpus = new TreeSet<>(housekeeping.stream().limit(INTERRUPT_CORES).toList());
    housekeeping.stream()
        .filter(cpu -> machine.cpu(cpu).filter(found -> found.node() == node).isPresent())
        .limit(INTERRUPT_CORES)
        .forEach(cpus::add);
    return List.copyOf(cpus);
  }
}
