package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.SegmentConfig.Profile;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.host.CpuList;
import io.tradepit.host.topology.Topology;
import io.tradepit.host.topology.Topology.Cpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** The places that a layout gives to threads, on the machine that is there. */
final class LayoutPlaces {
  private static final String MOVE = "give it another core in the layout";

  private final AffinityLayout layout;
  private final Topology machine;
  private final NicNode nic;
  private final List<ThreadPlan> pinned;

  LayoutPlaces(AffinityLayout layout, Topology machine, NicNode nic) {
    this.layout = layout;
    this.machine = machine;
    this.nic = nic;
    pinned = layout.plans().stream().filter(plan -> plan.core().isPresent()).toList();
  }

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    if (!pinned.isEmpty()) {
      facts.add(exist());
      facts.add(allowed());
      facts.add(orderPath());
      facts.add(pollersAtCard());
      facts.add(siblings());
    }
    if (layout.profile() != Profile.EMBEDDED) {
      facts.add(coreZero());
    }
    facts.add(spinners());
    if (!layout.housekeeping().cpus().isEmpty()) {
      facts.add(housekeeping());
    }
    return facts;
  }

  private Fact exist() {
    return noneOf(
        "cores",
        "each core of a thread online",
        "cores " + cores(pinned),
        plan -> machine.cpu(core(plan)).isEmpty(),
        "is not online",
        "bring it online (/sys/devices/system/cpu/cpuN/online), or " + LayoutModel.OTHER_LAYOUT);
  }

  private Fact allowed() {
    return noneOf(
        "allowed",
        "each core of a thread one that the process may use",
        "all that are online, of " + CpuList.text(machine.allowed()),
        plan -> machine.cpu(core(plan)).isPresent() && !machine.allowed().contains(core(plan)),
        "is not in " + CpuList.text(machine.allowed()),
        "widen the cpuset of the process (AllowedCPUs= of its unit), or " + MOVE);
  }

  // A command passes from the one to the other: through memory it takes several times as long.
  private Fact orderPath() {
    String name = "order-path";
    String expected = "sequencer and matcher in one L3";
    ThreadPlan sequencer = thread("sequencer");
    ThreadPlan matcher = thread("matcher");
    if (sequencer.name().equals(matcher.name())) {
      return LayoutSource.fact(name, true, expected, "both on " + matcher.name(), "");
    }
    if (sequencer.core().isEmpty() || matcher.core().isEmpty()) {
      return LayoutSource.skip(name, expected, "not both have a core");
    }
    OptionalInt first = machine.l3Of(core(sequencer));
    OptionalInt second = machine.l3Of(core(matcher));
    if (first.isEmpty() || second.isEmpty()) {
      return LayoutSource.skip(name, expected, "the kernel shows no third-level cache for them");
    }
    return LayoutSource.fact(
        name,
        first.equals(second),
        expected,
        place(sequencer, first.getAsInt()) + ", " + place(matcher, second.getAsInt()),
        "give them two cores of one of " + groups());
  }

  private String place(ThreadPlan plan, int group) {
    return "%s core %d in L3 %s"
        .formatted(plan.name(), core(plan), CpuList.text(machine.l3Groups().get(group)));
  }

  private String groups() {
    return String.join(" / ", machine.l3Groups().stream().map(CpuList::text).toList());
  }

  private Fact pollersAtCard() {
    String name = "poller-node";
    String expected = "polling threads at the card's node";
    if (pollers().isEmpty()) {
      return LayoutSource.skip(name, expected, "no polling thread has a core");
    }
    if (nic.node().isEmpty()) {
      return LayoutSource.skip(name, expected, "neither the layout nor a card names a node");
    }
    int node = nic.node().getAsInt();
    return noneOf(
        name,
        expected + " " + node,
        "cores " + cores(pollers()),
        plan ->
            plan.polls() && machine.cpu(core(plan)).filter(cpu -> cpu.node() != node).isPresent(),
        "is at another node",
        "give it a core of node " + node + ": " + CpuList.text(machine.cpusOfNode(node)));
  }

  // Two CPUs of a core share its execution units and its first caches.
  private Fact siblings() {
    return noneOf(
        "siblings",
        "nothing on the other CPU of a polling thread's core",
        machine.hasSiblings() ? "cores " + cores(pollers()) : "one CPU a core",
        plan -> plan.polls() && !busySiblings(plan).isEmpty(),
        "shares its core with a CPU in use",
        "leave the siblings idle (" + idleSiblings() + "), or boot with nosmt");
  }

  private List<Integer> busySiblings(ThreadPlan poller) {
    return siblingsOf(poller).stream()
        .filter(cpu ->
            layout.housekeeping().cpus().contains(cpu)
                || pinned.stream().anyMatch(plan -> core(plan) == cpu))
        .toList();
  }

  private String idleSiblings() {
    return CpuList.text(
        pollers().stream().flatMap(plan -> siblingsOf(plan).stream()).distinct().sorted().toList());
  }

  private List<Integer> siblingsOf(ThreadPlan plan) {
    return machine.cpu(core(plan)).map(Cpu::siblings).orElse(List.of()).stream()
        .filter(cpu -> cpu != core(plan))
        .toList();
  }

  // The kernel's own work cannot be taken off the first core.
  private Fact coreZero() {
    return noneOf(
        "core-0",
        "no polling thread on core 0",
        pollers().isEmpty() ? "no polling thread" : "cores " + cores(pollers()),
        plan ->
            plan.polls()
                && machine.cpu(core(plan)).map(Cpu::siblings).orElse(List.of()).contains(0),
        "is on it",
        MOVE);
  }

  private Fact spinners() {
    List<ThreadPlan> spinning = layout.plans().stream().filter(ThreadPlan::polls).toList();
    Optional<ThreadPlan> crowded =
        pinned.stream().filter(plan -> plan.holdsItsCore() && isShared(plan)).findFirst();
    int cpus = machine.allowed().size();
    return LayoutSource.fact(
        "spinners",
        crowded.isEmpty() && spinning.size() <= cpus,
        "a core for each spinning thread, at most " + cpus,
        crowded
            .map(plan -> plan.name() + " spins, and shares core " + core(plan))
            .orElse(spinning.size() + " never sleep"),
        "let fewer threads spin or yield (idle: backoff)");
  }

  private boolean isShared(ThreadPlan plan) {
    return pinned.stream()
        .anyMatch(other -> !other.name().equals(plan.name()) && core(other) == core(plan));
  }

  private Fact housekeeping() {
    List<Integer> isolated =
        layout.housekeeping().cpus().stream().filter(machine.isolated()::contains).toList();
    String cpus = CpuList.text(layout.housekeeping().cpus());
    return LayoutSource.fact(
        "housekeeping",
        isolated.isEmpty(),
        "none of " + cpus + " isolated",
        isolated.isEmpty() ? "none" : "isolated are " + CpuList.text(isolated),
        "take %s out of isolcpus= and boot, or out of housekeeping in the layout"
            .formatted(CpuList.text(isolated)));
  }

  /**
   * A fact that holds when it is so of no pinned thread; the first one of which it is, is named.
   */
  private Fact noneOf(
      String name,
      String expected,
      String found,
      Predicate<ThreadPlan> isWrong,
      String wrong,
      String mend) {
    List<ThreadPlan> all = pinned.stream().filter(isWrong).toList();
    String text =
        String.join(", ", all.stream().map(plan -> plan.name() + " core " + core(plan)).toList());
    return LayoutSource.fact(
        name, all.isEmpty(), expected, all.isEmpty() ? found : text + " " + wrong, mend);
  }

  private List<ThreadPlan> pollers() {
    return pinned.stream().filter(ThreadPlan::polls).toList();
  }

  private ThreadPlan thread(String role) {
    return layout.plans().stream()
        .filter(plan -> plan.roles().contains(role))
        .findFirst()
        .orElseThrow();
  }

  private static String cores(List<ThreadPlan> plans) {
    return CpuList.text(plans.stream().map(LayoutPlaces::core).distinct().sorted().toList());
  }

  private static int core(ThreadPlan plan) {
    return plan.core().orElseThrow();
  }
}
