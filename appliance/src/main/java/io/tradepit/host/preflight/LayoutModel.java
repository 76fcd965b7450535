package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout.MachineModel;
import io.tradepit.config.AffinityLayout.Smt;
import io.tradepit.host.CpuList;
import io.tradepit.host.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The machine that a layout is for, and the one that is there. */
record LayoutModel(MachineModel model, Topology machine) {
  static final String OTHER_LAYOUT =
      "take a layout for this machine: ./tradepit affinity suggest -o FILE";

  List<Fact> facts() {
    List<Fact> facts = new ArrayList<>();
    int allowed = machine.allowed().size();
    facts.add(
        LayoutSource.fact(
            "cpus",
            allowed >= model.leastCpus(),
            "at least " + model.leastCpus() + " that the process may use",
            allowed + ": " + CpuList.text(machine.allowed()),
            "give the process more CPUs (AllowedCPUs= of its unit), or " + OTHER_LAYOUT));
    if (model.sockets() > 0) {
      facts.add(count("sockets", model.sockets(), machine.sockets().size()));
    }
    if (model.numaNodes() > 0) {
      facts.add(count("nodes", model.numaNodes(), machine.memoryNodes().size()));
    }
    if (model.smt() != Smt.ANY) {
      facts.add(smt());
    }
    if (!model.l3Groups().isEmpty()) {
      facts.add(l3Groups());
    }
    return facts;
  }

  private static Fact count(String name, int expected, int found) {
    return LayoutSource.fact(
        name,
        expected == found,
        Integer.toString(expected),
        Integer.toString(found),
        "nodes".equals(name)
            ? "set nodes per socket (NPS, SNC) in the firmware, or " + OTHER_LAYOUT
            : OTHER_LAYOUT);
  }

  private Fact smt() {
    Smt found = machine.hasSiblings() ? Smt.ON : Smt.OFF;
    return LayoutSource.fact(
        "smt",
        found == model.smt(),
        model.smt().toString(),
        found.toString(),
        model.smt() == Smt.OFF
            ? "add nosmt to the kernel's command line, or turn it off in the firmware"
            : OTHER_LAYOUT);
  }

  private Fact l3Groups() {
    String expected = text(model.l3Groups());
    if (machine.l3Groups().isEmpty()) {
      return LayoutSource.skip("l3-groups", expected, "the kernel shows no third-level cache");
    }
    String found = text(machine.l3Groups());
    return LayoutSource.fact("l3-groups", expected.equals(found), expected, found, OTHER_LAYOUT);
  }

  private static String text(List<List<Integer>> groups) {
    return groups.stream()
        .map(group -> group.stream().sorted().toList())
        .sorted(Comparator.comparing(List::getFirst))
        .map(CpuList::text)
        .collect(Collectors.joining(" "));
  }
}
