package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout;
import io.tradepit.host.preflight.CoreSpin.Gaps;
import io.tradepit.host.preflight.OsnoiseText.Noise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What interrupts, the kernel, the hypervisor and the firmware take from a core. The kernel's
 * osnoise tracer tells it with the source of each, through rtla, where both are there; else threads
 * of our own spin on the cores of the layout and see when they were away. With a running segment
 * nothing is measured, since its threads are there; a core that any other program's thread is
 * pinned to, such as another segment's, is left out.
 *
 * <p>An isolated core must not lose more than a ten-thousandth of its time, must not be away for
 * more than 100 us once, and for more than 10 us not more than once a second; the last is not asked
 * of osnoise, which tells the longest gap and no numbers of gaps by length. Elsewhere the same
 * figures are told and are no fault.
 */
final class NoiseSource implements FactSource {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String TRACERS = "/sys/kernel/tracing/available_tracers";
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final double MOST_LOST = 0.0001;
  private static final long MOST_AWAY_US = 100;
  private static final double NS = 1e9;
  private static final String MEND =
      "hwlatdetect (firmware: SMIs, C-states) and rtla osnoise (interrupts, kernel threads) name"
          + " the source; groups interrupts, tasks and power of this page";
  private static final int MOST_CORES_NOT_ASKED = 8;

  private final CoreSpin spin;
  private final Optional<String> bootId;

  /** On this machine, and on no copy of another one's files. */
  NoiseSource() {
    this(CoreSpin.onThisMachine(), thisBoot());
  }

  /**
   * @param bootId of the machine that the spin is on
   */
  NoiseSource(CoreSpin spin, Optional<String> bootId) {
    this.spin = spin;
    this.bootId = bootId;
  }

  private static Optional<String> thisBoot() {
    try {
      return Optional.of(Files.readString(BOOT_ID).strip());
    } catch (IOException e) {
      return Optional.empty(); // then nothing is measured, and the fact says so
    }
  }

  @Override
  public String group() {
    return "noise";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    FactSheet sheet = new FactSheet(group(), isolation.isAsked());
    if (wanted.watch().isPositive()) {
      tracers(sheet, host);
      measure(sheet, host, wanted, isolation);
    }
    return sheet.facts();
  }

  /** The kernel's own tracers name the source of each gap; ours only sees it. */
  private static void tracers(FactSheet sheet, HostView host) {
    String tracers = host.text(TRACERS).orElse("");
    List<String> there =
        List.of("osnoise", "timerlat", "hwlat").stream()
            .filter(tracer -> List.of(tracers.split("\\s+", -1)).contains(tracer))
            .toList();
    sheet.noted(
        "tracers",
        there.isEmpty()
            ? "the kernel has neither osnoise nor hwlat, or /sys/kernel/tracing is not mounted"
            : String.join(" ", there)
                + ": rtla osnoise top -c CPUS -d 60s names the source of each gap");
  }

  private void measure(FactSheet sheet, HostView host, WantedHost wanted, Isolation isolation) {
    String lost = MOST_LOST * 100 + " % of the time lost";
    String expected = "none over 100 us, one a second over 10 us, " + lost;
    Optional<String> boot = host.text(BOOT_ID.toString()).map(String::strip);
    if (boot.isEmpty() || !boot.equals(bootId)) {
      sheet.skip("gaps", expected, "these are not the files of the machine that this runs on");
    } else if (wanted.pid().isPresent()) {
      sheet.skip(
          "gaps", expected, "the segment runs on its cores; stop it, or see the gaps in its log");
    } else {
      Duration duration = wanted.watch().compareTo(LONGEST) < 0 ? wanted.watch() : LONGEST;
      List<Integer> cores = free(sheet, host, cores(host, wanted, isolation), expected);
      if (cores.isEmpty()) {
        return;
      }
      Map<Integer, Noise> traced = trace(host, cores, duration);
      if (traced.keySet().containsAll(cores)) {
        traced.forEach((core, noise) -> judge(sheet, core, noise, "none over 100 us, " + lost));
      } else {
        spin.spin(cores, duration).forEach((core, gaps) -> judge(sheet, core, gaps, expected));
      }
    }
  }

  // A thread that may run nowhere else would lose what the measurement takes, under SCHED_FIFO
  // the other way round.
  private static List<Integer> free(
      FactSheet sheet, HostView host, List<Integer> cores, String expected) {
    Map<Integer, Task> pinned = new HashMap<>();
    for (Task task : Task.all(host)) {
      if (!task.isKernel()) {
        task.allowed(host)
            .filter(allowed -> allowed.size() == 1)
            .ifPresent(allowed -> pinned.putIfAbsent(allowed.numbers()[0], task));
      }
    }
    for (int core : cores) {
      if (pinned.containsKey(core)) {
        Task there = pinned.get(core);
        sheet.skip(
            "cpu" + core,
            expected,
            there + " of process " + there.pid() + " is pinned to it; it is not disturbed");
      }
    }
    return cores.stream().filter(core -> !pinned.containsKey(core)).toList();
  }

  private static Map<Integer, Noise> trace(HostView host, List<Integer> cores, Duration duration) {
    boolean isThere = host.text(TRACERS).filter(names -> names.contains("osnoise")).isPresent();
    return isThere
        ? host.output(
                "rtla",
                "osnoise",
                "top",
                "-q",
                "-T",
                "1",
                "-c",
                CpuSet.of(cores).toString(),
                "-d",
                Math.max(1, duration.toSeconds()) + "s")
            .map(OsnoiseText::parse)
            .orElse(Map.of())
        : Map.of();
  }

  private static List<Integer> cores(HostView host, WantedHost wanted, Isolation isolation) {
    if (isolation.isAsked()) {
      return ints(isolation.isolated());
    }
    List<Integer> pinned =
        wanted.layout().map(AffinityLayout::plans).orElse(List.of()).stream()
            .map(plan -> plan.core())
            .filter(OptionalInt::isPresent)
            .map(OptionalInt::getAsInt)
            .distinct()
            .sorted()
            .toList();
    return pinned.isEmpty()
        ? host
            .text("/sys/devices/system/cpu/online")
            .flatMap(CpuSet::list)
            .map(NoiseSource::ints)
            .orElse(List.of())
            .stream()
            .limit(MOST_CORES_NOT_ASKED)
            .toList()
        : pinned;
  }

  private static List<Integer> ints(CpuSet cpus) {
    return Arrays.stream(cpus.numbers()).boxed().toList();
  }

  private static void judge(FactSheet sheet, int core, Noise noise, String expected) {
    double lost = 1 - noise.availablePercent() / 100;
    sheet.judge(
        "cpu" + core,
        noise.longestUs() <= MOST_AWAY_US && lost <= MOST_LOST,
        expected,
        String.format(
            Locale.ROOT,
            "osnoise: longest %d us, %.4f %% lost; %s",
            noise.longestUs(),
            lost * 100,
            noise.sources()),
        MEND);
  }

  private static void judge(FactSheet sheet, int core, Gaps gaps, String expected) {
    String name = "cpu" + core;
    if (!gaps.refusal().isEmpty()) {
      sheet.skip(name, expected, gaps.refusal());
      return;
    }
    double seconds = gaps.spunNs() / NS;
    double lost = (double) gaps.lostNs() / gaps.spunNs();
    sheet.judge(
        name,
        gaps.over100us() == 0 && gaps.over10us() <= Math.ceil(seconds) && lost <= MOST_LOST,
        expected,
        String.format(
            Locale.ROOT,
            "%d over 100 us, %.1f a second over 10 us, longest %.1f us, %.4f %% lost, in %.1f s",
            gaps.over100us(),
            gaps.over10us() / seconds,
            gaps.maxNs() / 1e3,
            lost * 100,
            seconds),
        MEND);
  }
}
