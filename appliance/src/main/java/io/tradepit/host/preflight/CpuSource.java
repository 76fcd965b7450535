package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout.Smt;
import io.tradepit.config.SegmentConfig.Idle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Processor: SMT, power states, frequency, firmware, and whether there is a hypervisor below. */
final class CpuSource implements WatchedSource {
  private static final String CPU = "/sys/devices/system/cpu/";
  private static final String LATENCY = "/dev/cpu_dma_latency";
  private static final String DEEP_MEND =
      "boot with processor.max_cstate=1 intel_idle.max_cstate=0, or cpupower idle-set -D 2";

  // C1 needs a microsecond or two to wake, the next deeper state ten times that.
  private static final int MOST_WAKE_US = 2;
  private static final double MOST_SPREAD = 0.10;

  @Override
  public String group() {
    return "cpu";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    FactSheet sheet = new FactSheet(group(), isolation.isAsked());
    ProcessorText processor = ProcessorText.of(host);
    smt(sheet, host, wanted);
    governor(sheet, host, isolation.isolated());
    turbo(sheet, host);
    frequency(sheet, host, wanted);
    idleStates(sheet, host, isolation.isolated());
    sheet.judge(
        "hypervisor",
        !processor.isGuest(),
        "a machine of its own",
        processor.isGuest() ? "a guest: another system takes time from it" : "none below it",
        "run on the machine itself; for a trial accept cpu.hypervisor");
    microcode(sheet, processor);
    return sheet.facts();
  }

  private static void smt(FactSheet sheet, HostView host, WantedHost wanted) {
    Smt asked = wanted.layout().map(layout -> layout.machine().smt()).orElse(Smt.ANY);
    Optional<String> active = host.text(CPU + "smt/active").map(String::strip);
    String expected = asked == Smt.ANY ? "any" : "SMT " + asked;
    if (active.isEmpty()) {
      sheet.unreadable("smt", expected, CPU + "smt/active");
      return;
    }
    boolean on = "1".equals(active.get());
    sheet.judge(
        "smt",
        asked == Smt.ANY || on == (asked == Smt.ON),
        expected,
        "active=" + active.get() + " control=" + host.text(CPU + "smt/control").orElse("unknown"),
        asked == Smt.ON
            ? "boot without nosmt; switch it on in the firmware"
            : "boot with nosmt, or now: echo off > " + CPU + "smt/control");
  }

  private static void governor(FactSheet sheet, HostView host, CpuSet cpus) {
    Map<String, CpuSet> governors = new HashMap<>();
    for (int cpu : shown(host, cpus)) {
      host.text(CPU + "cpu" + cpu + "/cpufreq/scaling_governor")
          .ifPresent(name -> governors.merge(name.strip(), CpuSet.of(List.of(cpu)), CpuSet::or));
    }
    if (governors.isEmpty()) {
      sheet.unreadable("governor", "performance", CPU + "cpuN/cpufreq/scaling_governor");
      return;
    }
    sheet.judge(
        "governor",
        governors.keySet().equals(Set.of("performance")),
        "performance",
        governors.entrySet().stream()
            .map(entry -> entry.getKey() + " on " + entry.getValue())
            .sorted()
            .collect(Collectors.joining(", ")),
        "cpupower frequency-set -g performance; at boot cpufreq.default_governor=performance");
  }

  private static int[] shown(HostView host, CpuSet cpus) {
    return cpus.isEmpty()
        ? host.text(CPU + "online").flatMap(CpuSet::list).map(CpuSet::numbers).orElse(new int[0])
        : cpus.numbers();
  }

  private static void turbo(FactSheet sheet, HostView host) {
    host.text(CPU + "intel_pstate/no_turbo")
        .map(text -> "0".equals(text.strip()) ? "on" : "off")
        .or(() ->
            host.text(CPU + "cpufreq/boost").map(text -> "1".equals(text.strip()) ? "on" : "off"))
        .ifPresent(turbo -> sheet.noted("turbo", turbo));
  }

  // An idle core may go slow; one that spins shows what it is given.
  private static void frequency(FactSheet sheet, HostView host, WantedHost wanted) {
    String expected = "cores that spin differ by at most 10 %";
    List<Integer> spinning =
        wanted.layout().stream()
            .flatMap(layout -> layout.plans().stream())
            .filter(plan -> plan.idle() == Idle.BUSY_SPIN && plan.core().isPresent())
            .map(plan -> plan.core().getAsInt())
            .toList();
    if (spinning.isEmpty() || wanted.pid().isEmpty()) {
      sheet.skip("frequency", expected, "no thread spins on a core of its own");
      return;
    }
    List<Long> khz = new ArrayList<>();
    for (int cpu : spinning) {
      host.text(CPU + "cpu" + cpu + "/cpufreq/scaling_cur_freq")
          .map(FactSheet::number)
          .filter(OptionalLong::isPresent)
          .ifPresent(number -> khz.add(number.getAsLong()));
    }
    if (khz.isEmpty()) {
      sheet.unreadable("frequency", expected, CPU + "cpuN/cpufreq/scaling_cur_freq");
      return;
    }
    long least = khz.stream().mapToLong(Long::longValue).min().orElse(0);
    long most = khz.stream().mapToLong(Long::longValue).max().orElse(0);
    sheet.judge(
        "frequency",
        most - least <= most * MOST_SPREAD,
        expected,
        least / 1000 + " to " + most / 1000 + " MHz",
        "scaling_min_freq = scaling_max_freq of these cores; look at their temperature");
  }

  private static void idleStates(FactSheet sheet, HostView host, CpuSet isolated) {
    String expected = "no state deeper than C1 on " + isolated;
    List<String> deep = new ArrayList<>();
    boolean any = false;
    for (int cpu : shown(host, isolated)) {
      for (String state : states(host, cpu)) {
        any = true;
        if (isDeep(host, cpu, state)) {
          deep.add("CPU " + cpu + " " + name(host, cpu, state));
        }
      }
    }
    if (!any) {
      sheet.skip("idle_states", expected, "the kernel has no idle states here (no cpuidle driver)");
      return;
    }
    Optional<String> holder = deep.isEmpty() ? Optional.empty() : latencyHolder(host);
    sheet.judge(
        "idle_states",
        deep.isEmpty() || holder.isPresent(),
        expected,
        deep.isEmpty()
            ? "C1 at most"
            : holder
                .map(who -> who + " holds " + LATENCY + "; whether one is entered is watched")
                .orElse(Texts.some(deep)),
        DEEP_MEND);
  }

  // While a process has it open with a latency, no state that wakes slower is entered (kernel
  // documentation, "PM Quality Of Service Interface"); which latency it wrote no one can read.
  private static Optional<String> latencyHolder(HostView host) {
    for (String pid : host.names("/proc")) {
      if (pid.matches("\\d{1,10}")) {
        String descriptors = "/proc/" + pid + "/fd";
        for (String descriptor : host.names(descriptors)) {
          if (host.link(descriptors + "/" + descriptor).filter(LATENCY::equals).isPresent()) {
            String name = host.text("/proc/" + pid + "/comm").map(String::strip).orElse("process");
            return Optional.of(name + " (" + pid + ")");
          }
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> states(HostView host, int cpu) {
    return host.names(CPU + "cpu" + cpu + "/cpuidle").stream()
        .filter(name -> name.matches("state\\d{1,2}"))
        .toList();
  }

  private static boolean isDeep(HostView host, int cpu, String state) {
    String directory = CPU + "cpu" + cpu + "/cpuidle/" + state;
    return number(host, directory + "/latency") > MOST_WAKE_US
        && number(host, directory + "/disable") == 0;
  }

  private static String name(HostView host, int cpu, String state) {
    return host.text(CPU + "cpu" + cpu + "/cpuidle/" + state + "/name").orElse(state).strip();
  }

  private static long number(HostView host, String path) {
    return host.text(path).map(FactSheet::number).map(text -> text.orElse(0)).orElse(0L);
  }

  private static void microcode(FactSheet sheet, ProcessorText processor) {
    Set<String> versions = processor.microcodes();
    if (versions.isEmpty()) {
      sheet.skip("microcode", "the same on all cores", "/proc/cpuinfo names none");
      return;
    }
    sheet.judge(
        "microcode",
        versions.size() == 1,
        "the same on all cores",
        processor.model() + ", microcode " + String.join(", ", versions),
        "update the firmware, or load it early: intel-microcode, amd64-microcode");
  }

  @Override
  public Optional<Watch> begin(HostView host, WantedHost wanted) {
    CpuSet isolated = Isolation.of(wanted).isolated();
    Map<String, Long> before = entered(host, isolated);
    if (before.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(() -> {
      List<String> entered = new ArrayList<>();
      entered(host, isolated)
          .forEach((state, now) -> {
            long more = now - before.getOrDefault(state, now);
            if (more > 0) {
              entered.add(state + " " + more + " times");
            }
          });
      FactSheet sheet = new FactSheet(group(), true);
      sheet.judge(
          "idle",
          entered.isEmpty(),
          "no state deeper than C1 entered in " + wanted.watch().toSeconds() + " s",
          entered.isEmpty() ? "none" : Texts.some(entered),
          DEEP_MEND);
      return sheet.facts();
    });
  }

  /** How often each state deeper than C1 was entered on each CPU; one that is off counts too. */
  private static Map<String, Long> entered(HostView host, CpuSet cpus) {
    Map<String, Long> entered = new HashMap<>();
    for (int cpu : cpus.numbers()) {
      for (String state : states(host, cpu)) {
        String directory = CPU + "cpu" + cpu + "/cpuidle/" + state;
        if (number(host, directory + "/latency") > MOST_WAKE_US) {
          entered.put(
              "CPU " + cpu + " " + name(host, cpu, state), number(host, directory + "/usage"));
        }
      }
    }
    return entered;
  }
}
