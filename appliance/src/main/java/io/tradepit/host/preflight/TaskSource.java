package io.tradepit.host.preflight;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Threads that ran last on an isolated CPU and have nothing to do there. */
final class TaskSource implements FactSource {
  @Override
  public String group() {
    return "tasks";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    FactSheet sheet = new FactSheet(group(), isolation.isAsked());
    if (!isolation.isAsked()) {
      return sheet.facts();
    }
    Optional<CpuSet> online = host.text("/sys/devices/system/cpu/online").flatMap(CpuSet::list);
    if (online.filter(cpus -> !cpus.meets(isolation.isolated())).isPresent()) {
      sheet.skip("user", "no foreign task", "none of CPUs " + isolation.isolated() + " is online");
      return sheet.facts();
    }
    List<Task> all = Task.all(host);
    if (all.isEmpty()) {
      sheet.unreadable("user", "no foreign task on " + isolation.isolated(), "/proc/PID/task");
      return sheet.facts();
    }
    List<Task> there =
        all.stream()
            .filter(task -> isolation.isolated().has(task.cpu()))
            .filter(task -> !isOwn(task, wanted.pid(), planned(wanted)))
            .toList();
    judge(
        sheet,
        "user",
        there.stream().filter(task -> !task.isKernel()).toList(),
        isolation,
        "taskset -apc "
            + isolation.housekeeping()
            + " PID; its unit: CPUAffinity="
            + isolation.housekeeping());
    judge(
        sheet,
        "kernel",
        there.stream().filter(task -> task.isKernel() && !task.isBoundKernelThread(host)).toList(),
        isolation,
        "set the masks of workqueues and irqaffinity; taskset -pc "
            + isolation.housekeeping()
            + " PID where the kernel lets you");
    return sheet.facts();
  }

  private static Set<String> planned(WantedHost wanted) {
    return wanted.layout().stream()
        .flatMap(layout -> layout.plans().stream())
        .filter(plan -> plan.core().isPresent())
        .map(plan -> plan.name())
        .collect(Collectors.toSet());
  }

  // A segment's other threads are judged with it, in group agents.
  private static boolean isOwn(Task task, OptionalLong pid, Set<String> planned) {
    return (pid.isPresent() && task.pid() == pid.getAsLong()) || planned.contains(task.name());
  }

  private static void judge(
      FactSheet sheet, String name, List<Task> foreign, Isolation isolation, String mend) {
    List<String> found = foreign.stream().map(task -> task + " on CPU " + task.cpu()).toList();
    sheet.judge(
        name,
        foreign.isEmpty(),
        "none on " + isolation.isolated() + " but the segment's and the kernel's own of each CPU",
        foreign.isEmpty() ? "none" : Texts.some(found),
        mend);
  }
}
