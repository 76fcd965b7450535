package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.HugePagePlan;
import io.tradepit.config.HugePagePlan.User;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.host.preflight.WantedHost.Nic;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether cores, memory and cards that work together are at one NUMA node. */
final class NumaSource implements FactSource {
  private static final String NODES = "/sys/devices/system/node";
  private static final Pattern PAGES = Pattern.compile(" N(\\d{1,4})=(\\d{1,12})");

  /** Threads of these touch the matching state or the card with each order. */
  private static final Pattern ON_THE_ORDER_PATH =
      Pattern.compile("gateway-\\d+|sequencer|matcher");

  @Override
  public String group() {
    return "numa";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    FactSheet sheet = new FactSheet(group(), true);
    wanted.layout().ifPresent(layout -> nodes(sheet, host, layout));
    Set<Integer> cores =
        wanted.layout().map(layout -> nodesOfCores(host, layout)).orElseGet(TreeSet::new);
    if (cores.isEmpty() && wanted.layout().filter(NumaSource::isPinned).isPresent()) {
      sheet.skip("order-path", "at one node", "the kernel says no node of their cores");
    }
    if (!cores.isEmpty()) {
      sheet.judge(
          "order-path",
          cores.size() == 1,
          "gateways, sequencer and matcher at one node",
          "nodes " + shown(cores),
          "name cores of one node for them in the layout: " + NODES + "/nodeN/cpulist");
    }
    wanted.pages().ifPresent(plan -> pages(sheet, host, wanted, plan, cores));
    for (Nic nic : wanted.nics()) {
      card(sheet, new Card(host, nic.networkInterface()), wanted.layout(), cores);
    }
    return sheet.facts();
  }

  private static void nodes(FactSheet sheet, HostView host, AffinityLayout layout) {
    int wanted = layout.machine().numaNodes();
    Optional<CpuSet> found = memoryNodes(host);
    if (wanted > 0 && found.isEmpty()) {
      sheet.skip("nodes", wanted + " with memory", "the kernel knows no nodes");
    } else if (wanted > 0) {
      sheet.judge(
          "nodes",
          found.get().size() == wanted,
          wanted + " with memory",
          found.get().size() + ": " + found.get(),
          "fill the other socket's slots, or set nodes a socket (NPS) in the firmware; or use the"
              + " layout of this machine");
    }
  }

  private static Optional<CpuSet> memoryNodes(HostView host) {
    return host.text(NODES + "/has_memory")
        .or(() -> host.text(NODES + "/online"))
        .flatMap(CpuSet::list);
  }

  private static boolean isPinned(AffinityLayout layout) {
    return layout.plans().stream().anyMatch(plan -> plan.core().isPresent());
  }

  private static Set<Integer> nodesOfCores(HostView host, AffinityLayout layout) {
    return layout.plans().stream()
        .filter(plan -> plan.core().isPresent())
        .filter(plan ->
            plan.roles().stream().anyMatch(role -> ON_THE_ORDER_PATH.matcher(role).matches()))
        .map(plan -> nodeOf(host, plan))
        .filter(OptionalInt::isPresent)
        .map(OptionalInt::getAsInt)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static OptionalInt nodeOf(HostView host, ThreadPlan plan) {
    for (String name : host.names(NODES)) {
      boolean isThere =
          name.matches("node\\d{1,4}")
              && host.text(NODES + "/" + name + "/cpulist")
                  .flatMap(CpuSet::list)
                  .filter(cpus -> cpus.has(plan.core().getAsInt()))
                  .isPresent();
      if (isThere) {
        return OptionalInt.of(Integer.parseInt(name.substring("node".length())));
      }
    }
    return OptionalInt.empty();
  }

  private static void pages(
      FactSheet sheet, HostView host, WantedHost wanted, HugePagePlan plan, Set<Integer> cores) {
    Set<Integer> nodes = new TreeSet<>();
    plan.users().forEach(user -> user.node().ifPresent(nodes::add));
    Optional<CpuSet> there = memoryNodes(host);
    if (!nodes.isEmpty() && there.isPresent()) {
      sheet.judge(
          "pages",
          nodes.stream().allMatch(there.get()::has),
          "memory at nodes " + shown(nodes),
          "memory at nodes " + there.get(),
          "name a plan of this machine in host.hugepages of the segment's file");
    }
    for (User user : plan.users()) {
      if (user.user().equals("matching-state") && user.node().isPresent() && cores.size() == 1) {
        sheet.judge(
            "matching-state",
            cores.equals(Set.of(user.node().getAsInt())),
            "at the node of the cores, " + shown(cores),
            "bound to node " + user.node().getAsInt(),
            "name the node of the cores in the plan: node, mpol=bind: and hugepages= of it");
      }
      if (user.mount().isPresent() && user.node().isPresent() && wanted.pid().isPresent()) {
        mapped(sheet, host, wanted.pid().getAsLong(), user);
      }
    }
  }

  /** Where the kernel says that the running segment's files are (numa(7), numa_maps). */
  private static void mapped(FactSheet sheet, HostView host, long pid, User user) {
    String path = "/proc/" + pid + "/numa_maps";
    String directory = "file=" + user.mount().orElseThrow().directory() + "/";
    Optional<String> maps = host.text(path);
    String expected = "all pages at node " + user.node().getAsInt();
    if (maps.isEmpty()) {
      sheet.unreadable("mapped-" + user.user(), expected, path);
      return;
    }
    long here = 0;
    long elsewhere = 0;
    for (String line : maps.get().lines().filter(map -> map.contains(directory)).toList()) {
      Matcher pages = PAGES.matcher(line);
      while (pages.find()) {
        boolean isHere = Integer.parseInt(pages.group(1)) == user.node().getAsInt();
        here += isHere ? Long.parseLong(pages.group(2)) : 0;
        elsewhere += isHere ? 0 : Long.parseLong(pages.group(2));
      }
    }
    if (here + elsewhere == 0) {
      sheet.skip("mapped-" + user.user(), expected, "the segment maps no file of it");
    } else {
      sheet.judge(
          "mapped-" + user.user(),
          elsewhere == 0,
          expected,
          here + " there, " + elsewhere + " elsewhere",
          "mount with mpol=bind:"
              + user.node().getAsInt()
              + "; stop the segment, delete the files,"
              + " start it again");
    }
  }

  private static void card(
      FactSheet sheet, Card card, Optional<AffinityLayout> layout, Set<Integer> cores) {
    OptionalInt asked = layout.map(all -> all.machine().nicNode()).orElse(OptionalInt.empty());
    // Cores at several nodes are a fact of their own.
    Set<Integer> near = cores.size() == 1 ? cores : Set.of();
    Set<Integer> wanted = asked.isPresent() ? Set.of(asked.getAsInt()) : near;
    String name = card.networkInterface();
    if (!card.isThere() || wanted.isEmpty()) {
      return;
    }
    String expected = "at node " + shown(wanted) + ", that of its pollers";
    OptionalInt node = card.node();
    if (node.isEmpty()) {
      sheet.skip(name, expected, "the firmware says no node of it");
    } else {
      sheet.judge(
          name,
          wanted.equals(Set.of(node.getAsInt())) && (near.isEmpty() || near.equals(wanted)),
          expected,
          "card at node " + node.getAsInt() + (near.isEmpty() ? "" : ", pollers at " + shown(near)),
          "put the card into a slot of that socket, or use cores of node " + node.getAsInt());
    }
  }

  private static String shown(Set<Integer> nodes) {
    return nodes.stream().map(String::valueOf).collect(Collectors.joining(","));
  }
}
