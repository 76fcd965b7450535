package io.tradepit.tools.affinity;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityLayout.CpuPart;
import io.tradepit.config.AffinityLayout.MachineModel;
import io.tradepit.config.AffinityLayout.PlacedThread;
import io.tradepit.config.AffinityLayout.Smt;
import io.tradepit.config.ConfigException;
import io.tradepit.config.SegmentConfig.Idle;
import io.tradepit.config.SegmentConfig.Profile;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.host.topology.Topology;
import io.tradepit.host.topology.Topology.Cpu;
import io.tradepit.host.topology.Topology.Nic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Proposes a layout for a machine: for each role on the way of an order a core of its own, next to
 * the card and in one third-level cache; on a machine with too few cores the threads of the
 * embedded profile, on cores. Pure.
 */
final class LayoutSuggestion {
  /** Sequencer, matcher and publisher; each gateway comes to it. */
  private static final int OWN_CORES = 3;

  private static final Path UNNAMED = Path.of("suggested.yaml");

  private final Topology machine;
  private final int gateways;
  private final OptionalInt nicNode;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param nic interface of the members' card, if it is named
   * @param gateways 1 to 16
   * @throws ConfigException when there is no such card
   */
  LayoutSuggestion(Topology machine, Optional<String> nic, int gateways) {
    this.machine = machine;
    this.gateways = gateways;
    nicNode = nicNode(nic);
  }

  private OptionalInt nicNode(Optional<String> named) {
    if (named.isPresent()) {
      Nic card = machine.nic(named.get()).orElseThrow(() -> noSuchCard(named.get()));
      notes.add("Members' card: " + card.name() + ", as named.");
      return nodeOf(card);
    }
    List<Nic> cards = machine.nics();
    if (cards.stream().map(Nic::node).distinct().count() > 1) {
      notes.add("Cards are at several nodes: --nic names the members' one; taken is the first.");
    }
    return cards.stream().findFirst().map(this::nodeOf).orElse(OptionalInt.empty());
  }

  private OptionalInt nodeOf(Nic card) {
    boolean isOnlyNode = machine.memoryNodes().size() == 1;
    return card.node().isEmpty() && isOnlyNode
        ? OptionalInt.of(machine.memoryNodes().getFirst())
        : card.node();
  }

  private ConfigException noSuchCard(String name) {
    String cards = machine.nics().stream().map(Nic::name).collect(Collectors.joining(", "));
    return new ConfigException(
        List.of(
            "--nic="
                + name
                + ": allowed "
                + (cards.isEmpty() ? "none, no card is on a PCI bus" : "one of " + cards)));
  }

  /** What the layout does not say itself, a line each. */
  List<String> notes() {
    return List.copyOf(notes);
  }

  AffinityLayout layout() {
    int needed = OWN_CORES + gateways;
    CoreChoice cores = CoreChoice.of(machine, nicNode.orElse(firstNode()), needed);
    if (cores.own().size() >= needed) {
      return box(cores);
    }
    notes.add(
        "Too few cores for a box: %d threads need one each at the card's node, beside housekeeping."
            .formatted(needed));
    notes.add("So these are the threads of the embedded profile, on cores of their own.");
    return embedded();
  }

  private int firstNode() {
    return machine.cpus().getFirst().node();
  }

  private AffinityLayout box(CoreChoice cores) {
    return new AffinityLayout(
        UNNAMED,
        Profile.BOX,
        new MachineModel(
            description(),
            machine.allowed().size(),
            machine.sockets().size(),
            machine.memoryNodes().size(),
            l3Groups(),
            machine.hasSiblings() ? Smt.ON : Smt.OFF,
            nicNode),
        new CpuPart(cores.housekeeping(), Reasons.HOUSEKEEPING),
        new CpuPart(cores.interrupts(), Reasons.INTERRUPTS),
        boxThreads(orderPathFirst(cores.own())));
  }

  /** The cores of the first third-level cache that has two of them, then the others. */
  private List<Integer> orderPathFirst(List<Integer> cores) {
    OptionalInt first =
        cores.stream()
            .map(machine::l3Of)
            .filter(OptionalInt::isPresent)
            .mapToInt(OptionalInt::getAsInt)
            .filter(l3 -> together(cores, l3) >= 2)
            .findFirst();
    List<Integer> ordered = new ArrayList<>(cores);
    first.ifPresent(l3 -> ordered.sort(Comparator.comparing(cpu -> !isIn(cpu, l3))));
    return ordered;
  }

  private long together(List<Integer> cores, int l3) {
    return cores.stream().filter(cpu -> isIn(cpu, l3)).count();
  }

  private boolean isIn(int cpu, int l3) {
    return machine.l3Of(cpu).equals(OptionalInt.of(l3));
  }

  private String description() {
    return machine.model()
        + ", "
        + machine.sockets().size()
        + " x "
        + machine.cores() / machine.sockets().size()
        + " cores";
  }

  private List<List<Integer>> l3Groups() {
    if (!machine.l3Groups().isEmpty()) {
      return machine.l3Groups();
    }
    notes.add("The kernel shows no third-level cache: l3Groups are the sockets.");
    return machine.sockets().stream()
        .map(socket ->
            machine.cpus().stream().filter(cpu -> cpu.socket() == socket).map(Cpu::id).toList())
        .toList();
  }

  // In the order in which cores are given out: what belongs into one cache comes first.
  private List<PlacedThread> boxThreads(List<Integer> cores) {
    boolean recorderAlone = cores.size() > OWN_CORES + gateways;
    boolean mediaAlone = cores.size() > OWN_CORES + gateways + 1;
    Placing placing = new Placing(cores);
    boolean gatewayFits = machine.l3Of(cores.get(0)).equals(machine.l3Of(cores.get(2)));
    if (gatewayFits) {
      placing.spin("tp-gw-1", Reasons.GATEWAY, "gateway-1");
    }
    if (recorderAlone) {
      placing.spin("tp-seq", Reasons.SEQUENCER, "sequencer");
    } else {
      placing.spin("tp-seq", Reasons.SEQUENCER_RECORDER, "sequencer", "recorder");
    }
    placing.spin("tp-match", Reasons.MATCHER, "matcher");
    if (!gatewayFits) {
      placing.spin("tp-gw-1", Reasons.GATEWAY_APART, "gateway-1");
    }
    if (recorderAlone) {
      boolean isNear = placing.isNextIn(machine, cores.get(0));
      placing.spin("tp-archive", isNear ? Reasons.RECORDER : Reasons.RECORDER_APART, "recorder");
    }
    for (int id = 2; id <= gateways; id++) {
      placing.spin("tp-gw-" + id, Reasons.FURTHER_GATEWAY, "gateway-" + id);
    }
    placing.spin("tp-pub", Reasons.PUBLISHER, "publisher");
    if (mediaAlone) {
      placing.own("tp-media", Idle.YIELD, Reasons.MEDIA, "media");
    } else {
      placing.anywhere("tp-media", Reasons.MEDIA_SHARED, "media");
    }
    others(placing);
    return placing.threads;
  }

  private static void others(Placing placing) {
    placing.anywhere("tp-feedrec", Reasons.FEED_RECOVERY, "feed-recovery");
    placing.anywhere("tp-snap", Reasons.SNAPSHOTS, "snapshots");
    placing.anywhere("tp-admin", Reasons.ADMIN, "admin");
  }

  private AffinityLayout embedded() {
    List<Integer> cores =
        machine.cpus().stream()
            .filter(cpu -> cpu.isFirstOfCore() && machine.allowed().contains(cpu.id()))
            .map(Cpu::id)
            .toList();
    // The first core is left to the kernel where there are others.
    Placing placing = new Placing(cores.size() > 2 ? cores.subList(1, cores.size()) : cores);
    List<String> network = new ArrayList<>();
    IntStream.rangeClosed(1, gateways).forEach(id -> network.add("gateway-" + id));
    network.add("publisher");
    String[] networkRoles = network.toArray(String[]::new);
    if (cores.size() > 1) {
      placing.own("tp-gw-1", Idle.BACKOFF, Reasons.NETWORK, networkRoles);
      placing.own("tp-seq", Idle.BACKOFF, Reasons.ORDER, "sequencer", "recorder", "matcher");
    } else {
      placing.anywhere("tp-gw-1", Reasons.NETWORK, networkRoles);
      placing.anywhere("tp-seq", Reasons.ORDER, "sequencer", "recorder", "matcher");
    }
    placing.anywhere("tp-media", Reasons.MEDIA_SHARED, "media");
    others(placing);
    return new AffinityLayout(
        UNNAMED,
        Profile.EMBEDDED,
        new MachineModel(
            description(),
            Math.min(2, cores.size()),
            0,
            0,
            List.of(),
            Smt.ANY,
            OptionalInt.empty()),
        new CpuPart(List.of(), ""),
        new CpuPart(List.of(), ""),
        placing.threads);
  }

  /** Gives out cores in turn. */
  private static final class Placing {
    private final List<Integer> cores;
    private final List<PlacedThread> threads = new ArrayList<>();
    private int given;

    Placing(List<Integer> cores) {
      this.cores = cores;
    }

    boolean isNextIn(Topology machine, int cpu) {
      return machine.l3Of(cores.get(given)).equals(machine.l3Of(cpu));
    }

    void spin(String name, String why, String... roles) {
      own(name, Idle.BUSY_SPIN, why, roles);
    }

    void own(String name, Idle idle, String why, String... roles) {
      add(name, OptionalInt.of(cores.get(given++)), idle, why, roles);
    }

    void anywhere(String name, String why, String... roles) {
      add(name, OptionalInt.empty(), Idle.BACKOFF, why, roles);
    }

    private void add(String name, OptionalInt core, Idle idle, String why, String... roles) {
      ThreadPlan plan = new ThreadPlan(name, List.of(roles), core, idle, OptionalInt.empty());
      threads.add(new PlacedThread(plan, why));
    }
  }
}
