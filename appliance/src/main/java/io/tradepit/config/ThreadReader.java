package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Gateway;
import io.tradepit.config.SegmentConfig.Idle;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the threads of a segment, which stand in its own file or in a layout: each role on one
 * thread, and no core for two of which one never lets go of it.
 */
final class ThreadReader {
  static final int MOST_THREADS = 32;
  static final String FEED_RECOVERY = "feed-recovery";
  static final String SNAPSHOTS = "snapshots";
  static final String GATEWAY = "gateway-";

  private static final Pattern THREAD = Pattern.compile("tp-[a-z0-9-]{1,12}");
  private static final Pattern CORE = Pattern.compile("any|\\d{1,4}");
  private static final List<String> ROLES =
      List.of(
          "publisher",
          "sequencer",
          "matcher",
          "recorder",
          "media",
          "admin",
          FEED_RECOVERY,
          SNAPSHOTS);

  private static final String SNAPSHOT_THREAD = "tp-snap";

  /** What takes snapshots where nothing else is said: it has nothing to do with orders. */
  static final ThreadPlan SNAPSHOT_PLAN =
      new ThreadPlan(
          SNAPSHOT_THREAD,
          List.of(SNAPSHOTS),
          OptionalInt.empty(),
          Idle.BACKOFF,
          OptionalInt.empty());

  private final Problems problems;
  private final String shownRoles;
  private final Set<String> unassigned;
  private final List<ThreadPlan> earlierThreads = new ArrayList<>();

  private ThreadReader(Problems problems, List<String> gateways, String shownGateways) {
    this.problems = problems;
    unassigned = new LinkedHashSet<>(ROLES);
    unassigned.addAll(gateways);
    shownRoles = String.join(", ", ROLES) + ", " + shownGateways;
  }

  /** For a segment with these gateways. */
  static ThreadReader ofSegment(Problems problems, List<Gateway> gateways) {
    List<String> roles =
        gateways.stream().map(gateway -> GATEWAY + gateway.id()).distinct().toList();
    return new ThreadReader(problems, roles, String.join(", ", roles));
  }

  /** For any gateways: what segments will take the threads is not known. */
  static ThreadReader ofLayout(Problems problems) {
    List<String> roles = new ArrayList<>();
    for (int id = 1; id <= PlantReader.MAX_GATEWAYS; id++) {
      roles.add(GATEWAY + id);
    }
    return new ThreadReader(problems, roles, roles.getFirst() + " to " + roles.getLast());
  }

  /** A thread; what of it two threads may not have is held against those read before. */
  ThreadPlan read(Section section) {
    ThreadPlan thread = thread(section);
    if (earlierThreads.stream().anyMatch(earlier -> earlier.name().equals(thread.name()))) {
      section.notAllowed("name", "a name that is used once");
    }
    requireOwnCore(section, thread);
    requireAlone(section, thread);
    earlierThreads.add(thread);
    return thread;
  }

  private ThreadPlan thread(Section section) {
    String name =
        section.text("name", null, THREAD, "tp- and 1 to 12 of a-z, 0-9 and -, such as tp-seq");
    List<String> taken = new ArrayList<>();
    String allowed = "one of " + shownRoles + ", each once in all";
    for (String role : section.texts("roles", 1, 24, Pattern.compile(".+"), allowed)) {
      if (!unassigned.remove(role)) {
        problems.notAllowed(section.line("roles"), section.key("roles"), role, allowed);
      }
      taken.add(role);
    }
    OptionalInt core = core(section.text("core", "any", CORE, "any or the number of a core"));
    Idle idle = section.choice("idle", Idle.BACKOFF, Idle.class);
    return new ThreadPlan(name, List.copyOf(taken), core, idle, fifo(section));
  }

  private static OptionalInt core(String text) {
    boolean number = CORE.matcher(text).matches() && !"any".equals(text);
    return number ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
  }

  private static OptionalInt fifo(Section section) {
    return section.has("fifo")
        ? OptionalInt.of(section.integer("fifo", null, 1, 99))
        : OptionalInt.empty();
  }

  // Its writes wait for the disk, and its thread is of low priority.
  private static void requireAlone(Section section, ThreadPlan thread) {
    if (thread.roles().contains(SNAPSHOTS) && thread.roles().size() > 1) {
      section.notAllowed("roles", SNAPSHOTS + " alone on its thread");
    }
    if (thread.name().equals(SNAPSHOT_THREAD) && !thread.roles().contains(SNAPSHOTS)) {
      section.notAllowed("name", "another name: that one is of the role " + SNAPSHOTS);
    }
  }

  private void requireOwnCore(Section section, ThreadPlan thread) {
    for (ThreadPlan earlier : earlierThreads) {
      boolean spins = thread.holdsItsCore() || earlier.holdsItsCore();
      if (spins && thread.core().isPresent() && thread.core().equals(earlier.core())) {
        section.notAllowed("core", "another core than that of " + earlier.name() + ", one spins");
      }
    }
    if (thread.holdsItsCore() && thread.fifo().isPresent() && thread.core().isEmpty()) {
      section.notAllowed("core", "the number of a core, since it spins under SCHED_FIFO");
    }
  }

  /** Whether a role has its thread, or must have none: it counts as assigned from here on. */
  boolean assign(String role) {
    return !unassigned.remove(role);
  }

  /** Gateways that no thread has. */
  void assignOtherGateways() {
    unassigned.removeIf(role -> role.startsWith(GATEWAY));
  }

  /** Names the roles that no thread has, unless the threads themselves were named as wrong. */
  void requireAll(Section root) {
    if (root.has("threads") && !earlierThreads.isEmpty() && !unassigned.isEmpty()) {
      problems.notAllowed(
          root.line("threads"),
          "threads",
          "without " + String.join(", ", unassigned),
          "each role on one thread: " + shownRoles);
    }
  }
}
