package io.tradepit.host.preflight;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the running kernel isolates, and whether its RCU callbacks and user space keep out. */
final class IsolationSource implements FactSource {
  private static final String CPU = "/sys/devices/system/cpu/";
  private static final String CPUSET = "/sys/fs/cgroup/cpuset.cpus.isolated";

  // rcuop, rcuos without preemption, rcuog of each group of them (kernel documentation, NO_HZ).
  private static final Pattern OFFLOADED = Pattern.compile("rcuo[a-z]/\\d{1,4}");

  @Override
  public String group() {
    return "isolation";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    CpuSet isolated = isolation.isolated();
    FactSheet sheet = new FactSheet(group(), isolation.isAsked());
    sheet.file(
        host,
        "isolated",
        CPU + "isolated",
        "isolated=" + isolated,
        text -> CpuSet.list(text).filter(isolated::equals).isPresent(),
        "boot with isolcpus=managed_irq,domain," + isolated);
    nohz(sheet, host, isolated);
    // Since Linux 6.7; the older kernels have isolcpus only.
    if (host.text(CPUSET).isPresent()) {
      sheet.file(
          host,
          "cpuset",
          CPUSET,
          "no cpuset takes other CPUs out, " + isolated,
          text -> CpuSet.list(text).filter(cpus -> cpus.isWithin(isolated)).isPresent(),
          "find the cgroup whose cpuset.cpus.partition is isolated, and set it to member");
    }
    if (isolation.isAsked()) {
      callbacks(sheet, host, isolation);
      userSpace(sheet, host, isolation);
    }
    return sheet.facts();
  }

  private static void nohz(FactSheet sheet, HostView host, CpuSet isolated) {
    Optional<String> text = host.text(CPU + "nohz_full").map(String::strip);
    String found = text.orElse("no file nohz_full: a kernel without CONFIG_NO_HZ_FULL");
    sheet.judge(
        "nohz_full",
        text.flatMap(CpuSet::list).filter(isolated::equals).isPresent(),
        "nohz_full=" + isolated,
        found,
        text.isEmpty()
            ? "run a kernel with CONFIG_NO_HZ_FULL (Debian's has it)"
            : "boot with nohz_full=" + isolated);
  }

  private static void callbacks(FactSheet sheet, HostView host, Isolation isolation) {
    String expected = "rcuo threads run on " + isolation.housekeeping();
    String name = "callbacks";
    String mend =
        "taskset -pc " + isolation.housekeeping() + " PID of each; at boot tuned or a unit";
    boolean any = false;
    for (Task task : Task.all(host)) {
      if (OFFLOADED.matcher(task.name()).matches()) {
        any = true;
        CpuSet allowed = task.allowed(host).orElse(isolation.housekeeping());
        if (allowed.meets(isolation.isolated())) {
          sheet.judge(name, false, expected, task + " may run on " + allowed, mend);
          return;
        }
      }
    }
    if (any) {
      sheet.judge(name, true, expected, "all of them", "");
    } else {
      sheet.skip(name, expected, "no thread rcuo is seen: no rcu_nocbs, or /proc hides them");
    }
  }

  // Whatever systemd starts inherits its CPUs.
  private static void userSpace(FactSheet sheet, HostView host, Isolation isolation) {
    CpuSet isolated = isolation.isolated();
    String expected = "process 1 keeps off " + isolated;
    Optional<CpuSet> allowed = StatusText.of(host, "/proc/1").flatMap(StatusText::allowed);
    if (allowed.isEmpty()) {
      sheet.unreadable("init", expected, "/proc/1/status");
      return;
    }
    sheet.judge(
        "init",
        !allowed.get().meets(isolated),
        expected,
        "may run on " + allowed.get(),
        "boot with isolcpus=managed_irq,domain,"
            + isolated
            + ", or /etc/systemd/system.conf: CPUAffinity="
            + isolation.housekeeping());
  }
}
