package io.tradepit.config;

import io.tradepit.config.AffinityLayout.CpuPart;
import io.tradepit.config.AffinityLayout.MachineModel;
import io.tradepit.config.AffinityLayout.PlacedThread;
import io.tradepit.config.AffinityLayout.Smt;
import io.tradepit.config.SegmentConfig.Profile;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.host.CpuList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a layout of {@code affinity-config}. What its values say of each other is held together
 * here; whether a machine is so is for preflight to say.
 *
 * <p>Single use.
 */
public final class AffinityReader {
  private static final int MOST_CPUS = 8_192;
  private static final int MOST_NODES = 64;
  private static final Pattern ANY = Pattern.compile(".+");
  private static final String CPUS_ALLOWED = "CPUs in ascending order, such as 0-3,8";

  private final Path file;
  private final Problems problems;
  private boolean isBox;
  private List<Integer> modelCpus = List.of();

  private AffinityReader(Path file) {
    this.file = file;
    this.problems = new Problems(file.toString());
  }

  /**
   * Reads a file.
   *
   * @throws ConfigException with a line for each problem
   */
  public static AffinityLayout read(Path file) {
    return readText(file, YamlFile.text(file));
  }

  /**
   * Reads a file that is named on a command line: a path below the working directory, or the name
   * of one that is shipped.
   *
   * @param key that it is named by, for the line of a mistake
   * @throws ConfigException with a line for each problem
   */
  public static AffinityLayout named(String key, String name) {
    return read(HostFiles.AFFINITY.named(key, name));
  }

  /**
   * Reads a text.
   *
   * @param file is named in problems, and in the layout
   * @throws ConfigException with a line for each problem
   */
  public static AffinityLayout readText(Path file, String text) {
    AffinityReader reader = new AffinityReader(file);
    AffinityLayout layout = reader.layout(YamlFile.root(file, text, reader.problems));
    reader.problems.requireNone();
    return layout;
  }

  private AffinityLayout layout(Section root) {
    Profile profile = root.choice("profile", null, Profile.class);
    isBox = profile == Profile.BOX;
    MachineModel machine = machine(root.section("machine"));
    CpuPart housekeeping = part(root, "housekeeping", modelCpus, "CPUs of machine.l3Groups");
    CpuPart interrupts = part(root, "interrupts", housekeeping.cpus(), "CPUs of housekeeping");
    AffinityLayout layout =
        new AffinityLayout(
            file, profile, machine, housekeeping, interrupts, threads(root, housekeeping.cpus()));
    root.finish();
    return layout;
  }

  private MachineModel machine(Section section) {
    List<List<Integer>> l3Groups = l3Groups(section);
    modelCpus = l3Groups.stream().flatMap(List::stream).sorted().toList();
    MachineModel machine =
        new MachineModel(
            section.text("description", isBox ? null : "", ANY, "the machine in words"),
            section.integer("leastCpus", null, 1, MOST_CPUS),
            section.integer("sockets", isBox ? null : 0, 1, MOST_NODES),
            section.integer("numaNodes", isBox ? null : 0, 1, MOST_NODES),
            l3Groups,
            section.choice("smt", isBox ? null : Smt.ANY, Smt.class),
            section.has("nicNode")
                ? OptionalInt.of(section.integer("nicNode", null, 0, MOST_NODES - 1))
                : OptionalInt.empty());
    boolean knowsCpus = !modelCpus.isEmpty() && l3Groups.stream().noneMatch(List::isEmpty);
    if (knowsCpus && machine.leastCpus() > modelCpus.size()) {
      section.notAllowed("leastCpus", "at most the " + modelCpus.size() + " CPUs of l3Groups");
    }
    section.finish();
    return machine;
  }

  private List<List<Integer>> l3Groups(Section section) {
    List<List<Integer>> groups = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (String text : section.texts("l3Groups", isBox ? 1 : 0, 256, ANY, CPUS_ALLOWED)) {
      Optional<List<Integer>> cpus = CpuList.written(text);
      if (cpus.isEmpty() || !cpus.get().stream().allMatch(seen::add)) {
        problems.notAllowed(
            section.line("l3Groups"),
            section.key("l3Groups"),
            text,
            CPUS_ALLOWED + ", each in one group");
      }
      groups.add(cpus.orElse(List.of()));
    }
    return groups;
  }

  // May be left out in the embedded profile: then nothing is said of it.
  private CpuPart part(Section root, String key, List<Integer> whole, String wholeName) {
    if (!isBox && !root.has(key)) {
      return new CpuPart(List.of(), "");
    }
    Section section = root.section(key);
    String text = section.text("cpus", null, ANY, CPUS_ALLOWED);
    List<Integer> cpus = CpuList.written(text).orElse(List.of());
    if (section.has("cpus") && cpus.isEmpty()) {
      section.notAllowed("cpus", CPUS_ALLOWED);
    } else if (!whole.isEmpty() && !whole.containsAll(cpus)) {
      section.notAllowed("cpus", wholeName + ": " + CpuList.text(whole));
    }
    CpuPart part = new CpuPart(cpus, section.why());
    section.finish();
    return part;
  }

  private List<PlacedThread> threads(Section root, List<Integer> housekeeping) {
    ThreadReader reader = ThreadReader.ofLayout(problems);
    List<PlacedThread> threads = new ArrayList<>();
    for (Section section : root.sections("threads", 1, ThreadReader.MOST_THREADS)) {
      ThreadPlan plan = reader.read(section);
      requireFits(section, plan, housekeeping);
      threads.add(new PlacedThread(plan, section.why()));
      section.finish();
    }
    if (hasGateway(threads)) {
      reader.assignOtherGateways();
    }
    reader.requireAll(root);
    return threads;
  }

  private static boolean hasGateway(List<PlacedThread> threads) {
    return threads.stream()
        .flatMap(thread -> thread.plan().roles().stream())
        .anyMatch(role -> role.startsWith(ThreadReader.GATEWAY));
  }

  private void requireFits(Section section, ThreadPlan plan, List<Integer> housekeeping) {
    if (isBox && plan.core().isEmpty() && plan.holdsItsCore()) {
      section.notAllowed("core", "the number of a core, since it spins and the profile is box");
    }
    plan.core()
        .ifPresent(core -> {
          if (!modelCpus.isEmpty() && !modelCpus.contains(core)) {
            section.notAllowed("core", "one of machine.l3Groups: " + CpuList.text(modelCpus));
          }
          if (isBox && plan.polls() && housekeeping.contains(core)) {
            section.notAllowed("core", "one without housekeeping, since it never sleeps");
          }
        });
  }
}
