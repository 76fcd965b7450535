package io.tradepit.main;

import io.aeron.Aeron;
import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityLayout.CpuPart;
import io.tradepit.config.AffinityLayout.MachineModel;
import io.tradepit.config.AffinityLayout.PlacedThread;
import io.tradepit.config.AffinityLayout.Smt;
import io.tradepit.config.ExitCode;
import io.tradepit.config.HugePagePlan;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import io.tradepit.host.HostRefusedException;
import io.tradepit.host.HostRefusedException.Kind;
import io.tradepit.host.JvmPages;
import io.tradepit.host.LockedMemory;
import io.tradepit.host.PageReport;
import io.tradepit.host.StateView;
import io.tradepit.host.preflight.Fact;
import io.tradepit.host.preflight.Findings;
import io.tradepit.host.preflight.Preflight;
import io.tradepit.host.preflight.RunningHost;
import io.tradepit.host.preflight.WantedHost;
import io.tradepit.kernel.Libc;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a segment asks of its machine before it begins anything: a preflight where threads have
 * cores of their own, the pages of the JVM, locked memory.
 *
 * <p>Starting thread only. What is not there is refused; what the configuration accepts is logged.
 */
final class SegmentHost {
  /** The fact that a heap on small pages fails, by which it may be accepted. */
  static final String HEAP_PAGES = "jvm.hugetlb";

  private static final Logger LOGGER = LoggerFactory.getLogger(SegmentHost.class);
  private static final int BYTES_PER_KB = 1024;
  private static final int HUGE_KB = (int) (PageReport.HUGE_PAGE_BYTES / BYTES_PER_KB);

  /** The flag that asks the JVM for huge pages. */
  private static final String LARGE_PAGES = "-XX:+UseLargePages";

  /** As obtained. */
  final JvmPages jvm;

  private final SegmentConfig config;
  private final List<Fact> accepted;

  private SegmentHost(SegmentConfig config, JvmPages jvm, List<Fact> accepted) {
    this.config = config;
    this.jvm = jvm;
    this.accepted = accepted;
  }

  /**
   * Asks the machine.
   *
   * @param isFirst whether the process starts; when it begins its next day, what fails the
   *     preflight is only logged: it traded so until now
   * @throws StartException when a preflight fails, or another process serves the directory
   * @throws HostRefusedException when something else is not there
   */
  static SegmentHost obtain(
      SegmentConfig config, Libc libc, SegmentThreads threads, boolean isFirst) {
    if (isFirst) {
      requireNoOther(config);
    }
    threads.tryOut(config.threads());
    List<Fact> accepted = isPlaced(config) ? judged(preflight(config), isFirst) : List.of();
    List<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
    JvmPages jvm = JvmPages.read(libc);
    requirePages(config, arguments, jvm);
    if (config.host().lockMemory() == SegmentConfig.Switch.ON) {
      requirePreTouch();
      LockedMemory.lock(libc);
    }
    return new SegmentHost(config, jvm, accepted);
  }

  private static boolean isPlaced(SegmentConfig config) {
    return config.threads().stream()
        .anyMatch(plan -> plan.core().isPresent() || plan.fifo().isPresent());
  }

  private static Findings preflight(SegmentConfig config) {
    Set<String> accepted = Set.copyOf(config.host().accepted());
    return Preflight.standard().check(new RunningHost(), wanted(config), accepted, left -> {});
  }

  /** What is asked. Nothing is watched: the start does not wait for what counts up. */
  static WantedHost wanted(SegmentConfig config) {
    SegmentConfig.Host host = config.host();
    return WantedHost.ofStart(layout(config), host.pages(), WantedHost.Nic.of(config));
  }

  // Threads of the file itself have no model of a machine and isolate nothing: what is asked is
  // that their places are there.
  private static Optional<AffinityLayout> layout(SegmentConfig config) {
    return config
        .host()
        .layout()
        .or(() ->
            Optional.of(
                new AffinityLayout(
                    Path.of("threads"),
                    config.profile(),
                    new MachineModel("any", 1, 0, 0, List.of(), Smt.ANY, OptionalInt.empty()),
                    new CpuPart(List.of(), ""),
                    new CpuPart(List.of(), ""),
                    config.threads().stream()
                        .map(plan -> new PlacedThread(plan, "threads of the segment's file"))
                        .toList())));
  }

  // Its threads would be foreign tasks on our cores, and its heap would have our pages.
  private static void requireNoOther(SegmentConfig config) {
    try (StateView state = StateView.open(SegmentPaths.of(config).state()).orElse(null)) {
      if (state != null && state.isWriterRunning()) {
        throw new StartException(
            ExitCode.ALREADY_RUNNING,
            "directory=%s pid=%d: a segment already runs here; stop it or use another --dir"
                .formatted(config.directories().data(), state.writerPid()));
      }
    }
  }

  /**
   * The failures that are accepted.
   *
   * @param refuses whether the others refuse the start; else they are logged
   */
  static List<Fact> judged(Findings findings, boolean refuses) {
    // Not refused: some facts are of one machine only, and those that are watched are not asked
    // here.
    findings
        .unknown()
        .forEach(id -> LOGGER.warn("host.accept={}: no fact of this start has the id", id));
    if (!findings.isSound() && !refuses) {
      findings.failures().forEach(fact -> LOGGER.warn("the next day begins on it: {}", line(fact)));
    }
    if (!findings.isSound() && refuses) {
      throw new StartException(
          ExitCode.HOST,
          findings.failures().stream()
              .map(SegmentHost::line)
              .collect(Collectors.joining(System.lineSeparator())));
    }
    List<Fact> accepted = findings.facts().stream().filter(findings::isAccepted).toList();
    accepted.forEach(fact -> LOGGER.warn("accepted though it fails: {}", line(fact)));
    return accepted;
  }

  private static String line(Fact fact) {
    return "preflight=%s expected=%s found=%s: %s; or accept it by host.accept: [%s]"
        .formatted(fact.id(), fact.expected(), fact.found(), fact.mend(), fact.id());
  }

  // Without it the order path is the first to touch Aeron's buffers: of 500 orders, 51 pages.
  private static void requirePreTouch() {
    if (!Boolean.getBoolean(Aeron.Configuration.PRE_TOUCH_MAPPED_MEMORY_PROP_NAME)) {
      throw new HostRefusedException(
          Kind.LOCK,
          "host.lockMemory=on "
              + Aeron.Configuration.PRE_TOUCH_MAPPED_MEMORY_PROP_NAME
              + "=false: orders would be the first to touch Aeron's buffers; start with the flag"
              + " file of a profile, which sets it, or ask for lockMemory=off");
    }
  }

  /** Refuses a heap on small pages where huge ones were meant. */
  static void requirePages(SegmentConfig config, List<String> arguments, JvmPages jvm) {
    String because = hugeHeapBecause(config, arguments);
    if (because.isEmpty() || jvm.heap().pageBytesObtained() >= PageReport.HUGE_PAGE_BYTES) {
      return;
    }
    String line =
        "jvm.heap bytes=%d pageKb=%d wantedKb=%d because=%s: the JVM took small pages; reserve"
                .formatted(
                    jvm.heap().sizeBytes(),
                    jvm.heap().pageBytesObtained() / BYTES_PER_KB,
                    HUGE_KB,
                    because)
            + " pages for heap and code (vm.nr_hugepages, hugepages/) and start it with"
            + " -XX:+UseLargePages, name java-heap with pages=base in host.hugepages, or accept it"
            + " by host.accept: ["
            + HEAP_PAGES
            + "]";
    if (!config.host().accepted().contains(HEAP_PAGES)) {
      throw new HostRefusedException(Kind.JVM, line);
    }
    LOGGER.warn("accepted though it fails: {}", line);
  }

  // The plan is nearer to what is meant than flags and profile.
  private static String hugeHeapBecause(SegmentConfig config, List<String> arguments) {
    OptionalInt planned =
        users(config).stream()
            .filter(user -> "java-heap".equals(user.user()))
            .mapToInt(HugePagePlan.User::pageKb)
            .findFirst();
    if (planned.isPresent()) {
      return planned.getAsInt() >= HUGE_KB ? "host.hugepages" : "";
    }
    if (arguments.contains(LARGE_PAGES)) {
      return LARGE_PAGES;
    }
    return config.profile() == SegmentConfig.Profile.BOX ? "profile=box" : "";
  }

  /** The node that the matching state is planned on, or none. */
  static OptionalInt nodeOfState(SegmentConfig config) {
    return users(config).stream()
        .filter(user -> "matching-state".equals(user.user()))
        .map(HugePagePlan.User::node)
        .findFirst()
        .orElse(OptionalInt.empty());
  }

  private static List<HugePagePlan.User> users(SegmentConfig config) {
    return config.host().pages().map(HugePagePlan::users).orElse(List.of());
  }

  /** What failed and was accepted, by name. */
  List<String> acceptedIds() {
    return accepted.stream().map(Fact::id).toList();
  }

  /** Bytes that the kernel counts as locked now; empty when memory is not locked. */
  OptionalLong lockedBytes() {
    return config.host().lockMemory() == SegmentConfig.Switch.ON
        ? OptionalLong.of(LockedMemory.lockedBytes())
        : OptionalLong.empty();
  }
}
