package io.tradepit.host.preflight;

import io.tradepit.host.preflight.WatchedSource.Watch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Asks all sources of facts in turn. A source that breaks is a failed fact of its group, {@code
 * GROUP.source}, and ends nothing.
 */
public final class Preflight {
  private static final Duration STEP = Duration.ofSeconds(1);

  private final List<FactSource> sources;

  /**
   * @param sources in the order to show; those of one group stand together
   */
  public Preflight(List<FactSource> sources) {
    this.sources = List.copyOf(sources);
  }

  /** All that is known about a host. */
  public static Preflight standard() {
    return new Preflight(
        List.of(
            new LayoutSource(),
            new BootSource(),
            new IsolationSource(),
            new InterruptSource(),
            new SoftirqSource(),
            new WorkqueueSource(),
            new TaskSource(),
            new AgentSource(),
            new CpuSource(),
            new ClockSource(),
            new MemorySource(),
            new KernelSource(),
            new LimitSource(),
            new ServiceSource(),
            new JvmSource(),
            new HugePageSource(),
            new NumaSource(),
            new NicSource(),
            new PcieSource(),
            new PtpSource(),
            new NoiseSource()));
  }

  /**
   * As {@link #check(HostView, WantedHost, Set, Consumer)} with nothing accepted, told to no one.
   */
  public Findings check(HostView host, WantedHost wanted) {
    return check(host, wanted, Set.of(), left -> {});
  }

  /**
   * Compares a machine with what is wanted. Takes {@link WantedHost#watch} and a moment.
   *
   * @param accepted ids of facts that may fail
   * @param watching hears how much time of watching is left, each second
   */
  public Findings check(
      HostView host, WantedHost wanted, Set<String> accepted, Consumer<Duration> watching) {
    Map<FactSource, List<Fact>> found = new LinkedHashMap<>();
    for (FactSource source : sources) {
      found.put(source, guarded(source, () -> source.facts(host, wanted)));
    }
    if (wanted.watch().isPositive()) {
      watch(host, wanted, watching, found);
    }
    return new Findings(found.values().stream().flatMap(List::stream).toList(), accepted);
  }

  private void watch(
      HostView host,
      WantedHost wanted,
      Consumer<Duration> watching,
      Map<FactSource, List<Fact>> found) {
    Map<WatchedSource, Watch> watches = new LinkedHashMap<>();
    for (FactSource source : sources) {
      if (source instanceof WatchedSource watched) {
        try {
          watched.begin(host, wanted).ifPresent(watch -> watches.put(watched, watch));
        } catch (RuntimeException e) {
          add(found, watched, List.of(broken(watched, e)));
        }
      }
    }
    Duration time = watches.isEmpty() ? Duration.ZERO : wanted.watch();
    for (Duration left = time; left.isPositive(); left = left.minus(STEP)) {
      watching.accept(left);
      host.pause(left.compareTo(STEP) < 0 ? left : STEP);
    }
    watches.forEach((source, watch) -> add(found, source, guarded(source, watch::end)));
  }

  private static void add(
      Map<FactSource, List<Fact>> found, FactSource source, List<Fact> watched) {
    List<Fact> all = new ArrayList<>(found.get(source));
    all.addAll(watched);
    found.put(source, all);
  }

  // A machine may show what no one has thought of; the other facts are still worth knowing.
  private static List<Fact> guarded(FactSource source, Supplier<List<Fact>> facts) {
    try {
      return facts.get();
    } catch (RuntimeException e) {
      return List.of(broken(source, e));
    }
  }

  private static Fact broken(FactSource source, RuntimeException e) {
    return Fact.fail(
        source.group() + ".source",
        source.group(),
        "readable",
        e.toString().replaceAll("\\s+", " "),
        "report it with the file that it names; the facts of this group are missing");
  }
}
