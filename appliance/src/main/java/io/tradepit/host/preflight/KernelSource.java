package io.tradepit.host.preflight;

import java.util.ArrayList;
import java.util.List;

/** Watchdogs, timers and the scheduler's limits; which mitigations are on. */
final class KernelSource implements FactSource {
  private static final String VULNERABILITIES = "/sys/devices/system/cpu/vulnerabilities";
  private static final int LEAST_STAT_INTERVAL_S = 10;
  private static final String RT_RUNTIME = "kernel.sched_rt_runtime_us";

  @Override
  public String group() {
    return "kernel";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    FactSheet sheet = new FactSheet(group(), isolation.isAsked());
    host.text("/proc/sys/kernel/osrelease").ifPresent(release -> sheet.noted("release", release));
    sheet.sysctl(host, "nmi_watchdog", "kernel.nmi_watchdog", "0", "0"::equals);
    softWatchdog(sheet, host, isolation);
    sheet.sysctl(
        host,
        "stat_interval",
        "vm.stat_interval",
        "10 or more",
        text -> FactSheet.number(text).orElse(0) >= LEAST_STAT_INTERVAL_S);
    host.text("/proc/sys/kernel/timer_migration")
        .ifPresent(text -> sheet.noted("timer_migration", text));
    throttling(sheet, host, wanted);
    mitigations(sheet, host);
    return sheet.facts();
  }

  private static void softWatchdog(FactSheet sheet, HostView host, Isolation isolation) {
    if (host.text("/proc/sys/kernel/soft_watchdog").filter("0"::equals).isPresent()) {
      sheet.judge("soft_watchdog", true, "keeps off " + isolation.isolated(), "off", "");
      return;
    }
    sheet.file(
        host,
        "soft_watchdog",
        "/proc/sys/kernel/watchdog_cpumask",
        "keeps off " + isolation.isolated(),
        text -> CpuSet.list(text).filter(cpus -> !cpus.meets(isolation.isolated())).isPresent(),
        "boot with nosoftlockup; now: sysctl kernel.soft_watchdog=0");
  }

  // Else the kernel takes a spinning thread of SCHED_FIFO off its core for a twentieth of each
  // second (sched(7)).
  private static void throttling(FactSheet sheet, HostView host, WantedHost wanted) {
    boolean fifo =
        wanted.layout().stream()
            .flatMap(layout -> layout.plans().stream())
            .anyMatch(plan -> plan.fifo().isPresent());
    if (fifo) {
      sheet.sysctl(host, "rt_throttling", RT_RUNTIME, "-1", "-1"::equals);
    }
  }

  private static void mitigations(FactSheet sheet, HostView host) {
    List<String> open = new ArrayList<>();
    List<String> names = host.names(VULNERABILITIES);
    for (String name : names) {
      host.text(VULNERABILITIES + "/" + name)
          .filter(text -> text.startsWith("Vulnerable"))
          .ifPresent(text -> open.add(name));
    }
    if (!names.isEmpty()) {
      String argument =
          KernelArguments.running(host).map(words -> words.shown("mitigations")).orElse("unknown");
      sheet.noted(
          "mitigations",
          "argument: "
              + argument
              + "; open: "
              + (open.isEmpty() ? "none" : String.join(", ", open)));
    }
  }
}
