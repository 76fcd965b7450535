package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout;
import io.tradepit.host.preflight.WantedHost.Nic;
import io.tradepit.host.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The NUMA node that threads must be on to be next to the network card.
 *
 * @param node empty where neither the machine nor the layout says it, or cards are on several
 * @param fact whether the machine has the card where the layout has it; empty where there is
 *     nothing to compare
 */
record NicNode(OptionalInt node, Optional<Fact> fact) {
  private static final String NAME = "nic";

  /**
   * @param wanted cards that are named; where none is, any card counts
   */
  static NicNode of(AffinityLayout layout, Topology machine, List<Nic> wanted) {
    OptionalInt ofLayout = layout.machine().nicNode();
    List<Topology.Nic> cards =
        machine.nics().stream().filter(card -> wanted.isEmpty() || isNamed(card, wanted)).toList();
    Set<Integer> nodes = nodesOf(machine, cards);
    OptionalInt node =
        nodes.size() == 1 && !wanted.isEmpty() ? OptionalInt.of(nodes.iterator().next()) : ofLayout;
    return new NicNode(
        node,
        ofLayout.isEmpty()
            ? Optional.empty()
            : Optional.of(compare(ofLayout.getAsInt(), machine, cards, nodes, wanted)));
  }

  private static boolean isNamed(Topology.Nic card, List<Nic> wanted) {
    return wanted.stream().anyMatch(nic -> nic.networkInterface().equals(card.name()));
  }

  // With one node only, a card is at it whatever the firmware leaves out.
  private static Set<Integer> nodesOf(Topology machine, List<Topology.Nic> cards) {
    Set<Integer> nodes = new TreeSet<>();
    for (Topology.Nic card : cards) {
      card.node().ifPresent(nodes::add);
      if (card.node().isEmpty() && machine.memoryNodes().size() == 1) {
        nodes.addAll(machine.memoryNodes());
      }
    }
    return nodes;
  }

  private static Fact compare(
      int node, Topology machine, List<Topology.Nic> cards, Set<Integer> nodes, List<Nic> wanted) {
    String expected = "a card at node " + node;
    if (cards.isEmpty() && wanted.isEmpty()) {
      return LayoutSource.skip(NAME, expected, "no network card on a PCI bus");
    }
    if (!cards.isEmpty() && nodes.isEmpty()) {
      return LayoutSource.skip(NAME, expected, "the kernel does not say the node of a card");
    }
    // Named cards must all be there; of any cards one is enough.
    boolean holds = wanted.isEmpty() ? nodes.contains(node) : nodes.equals(Set.of(node));
    return LayoutSource.fact(
        NAME,
        holds,
        expected,
        cards.isEmpty() ? "none of the interfaces " + names(wanted) : text(machine, cards),
        "name the card of the members (./tradepit affinity suggest --nic IF -o FILE), or move it to"
            + " a slot of node "
            + node);
  }

  private static String names(List<Nic> wanted) {
    return wanted.stream().map(Nic::networkInterface).collect(Collectors.joining(", "));
  }

  private static String text(Topology machine, List<Topology.Nic> cards) {
    return cards.stream()
        .map(card -> card.name() + " at " + place(machine, card))
        .collect(Collectors.joining(", "));
  }

  private static String place(Topology machine, Topology.Nic card) {
    if (card.node().isPresent()) {
      return "node " + card.node().getAsInt();
    }
    return machine.memoryNodes().size() == 1 ? "the only node" : "a node that is not said";
  }
}
