package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout;
import io.tradepit.host.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a layout fits the machine: the model that it is for, and the places that it gives to
 * threads. What the kernel was told to keep away from them is asked by others.
 */
public final class LayoutSource implements FactSource {
  static final String GROUP = "layout";

  @Override
  public String group() {
    return GROUP;
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    if (wanted.layout().isEmpty()) {
      return List.of();
    }
    AffinityLayout layout = wanted.layout().get();
    Topology machine = Topology.read(host);
    NicNode nic = NicNode.of(layout, machine, wanted.nics());
    List<Fact> facts = new ArrayList<>(new LayoutModel(layout.machine(), machine).facts());
    nic.fact().ifPresent(facts::add);
    facts.addAll(new LayoutPlaces(layout, machine, nic).facts());
    return facts;
  }

  /** A fact of this group by what it is called within. */
  static Fact fact(String name, boolean holds, String expected, String found, String mend) {
    String id = GROUP + "." + name;
    return holds
        ? Fact.pass(id, GROUP, expected, found)
        : Fact.fail(id, GROUP, expected, found, mend);
  }

  static Fact skip(String name, String expected, String reason) {
    return Fact.skip(GROUP + "." + name, GROUP, expected, reason);
  }
}
