package io.tradepit.host.preflight;

import io.tradepit.config.SegmentConfig.ThreadPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The threads of the running segment: where they are, under which policy, and what disturbs them.
 */
final class AgentSource implements WatchedSource {
  private static final String MEND = "restart the segment with this layout; it pins and reads back";

  @Override
  public String group() {
    return "agents";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    List<ThreadPlan> pinned = pinned(wanted);
    FactSheet sheet = new FactSheet(group(), true);
    if (pinned.isEmpty()) {
      return sheet.facts();
    }
    if (wanted.pid().isEmpty()) {
      sheet.skip("threads", pinned.size() + " pinned threads", "no segment runs");
      return sheet.facts();
    }
    List<Task> tasks = Task.of(host, wanted.pid().getAsLong());
    if (tasks.isEmpty()) {
      sheet.unreadable(
          "threads",
          pinned.size() + " pinned threads",
          "/proc/" + wanted.pid().getAsLong() + "/task");
      return sheet.facts();
    }
    Map<String, Task> named = named(tasks);
    threads(sheet, pinned, named);
    cores(sheet, host, pinned, named);
    shared(sheet, host, tasks, pinned);
    policy(sheet, pinned, named);
    others(sheet, host, tasks, wanted, pinned);
    return sheet.facts();
  }

  private static List<ThreadPlan> pinned(WantedHost wanted) {
    return wanted.layout().stream()
        .flatMap(layout -> layout.plans().stream())
        .filter(plan -> plan.core().isPresent())
        .toList();
  }

  private static Map<String, Task> named(List<Task> tasks) {
    Map<String, Task> named = new HashMap<>();
    tasks.forEach(task -> named.putIfAbsent(task.name(), task));
    return named;
  }

  private static void threads(FactSheet sheet, List<ThreadPlan> pinned, Map<String, Task> named) {
    List<String> missing =
        pinned.stream().map(ThreadPlan::name).filter(name -> !named.containsKey(name)).toList();
    sheet.judge(
        "threads",
        missing.isEmpty(),
        names(pinned),
        missing.isEmpty() ? "all of them" : "not " + String.join(", ", missing),
        "start the segment with this layout: host.layout in its file");
  }

  private static void cores(
      FactSheet sheet, HostView host, List<ThreadPlan> pinned, Map<String, Task> named) {
    List<String> wrong = new ArrayList<>();
    for (ThreadPlan plan : pinned) {
      Optional<CpuSet> allowed =
          Optional.ofNullable(named.get(plan.name())).flatMap(task -> task.allowed(host));
      CpuSet one = CpuSet.of(List.of(plan.core().getAsInt()));
      if (allowed.isPresent() && !allowed.get().equals(one)) {
        wrong.add(plan.name() + " may run on " + allowed.get() + " in place of " + one);
      }
    }
    sheet.judge(
        "cores",
        wrong.isEmpty(),
        "each on its core alone: " + cores(pinned),
        wrong.isEmpty() ? "so it is" : String.join(", ", wrong),
        MEND);
  }

  // With domain isolation no one balances: two threads that may run there stay on one core.
  private static void shared(
      FactSheet sheet, HostView host, List<Task> tasks, List<ThreadPlan> pinned) {
    Map<Integer, List<String>> byCore = new TreeMap<>();
    for (Task task : tasks) {
      task.allowed(host)
          .filter(allowed -> allowed.size() == 1)
          .ifPresent(allowed ->
              byCore
                  .computeIfAbsent(allowed.numbers()[0], core -> new ArrayList<>())
                  .add(task.name()));
    }
    Map<Integer, Long> planned =
        pinned.stream()
            .collect(Collectors.groupingBy(plan -> plan.core().getAsInt(), Collectors.counting()));
    String wrong =
        byCore.entrySet().stream()
            .filter(core -> planned.containsKey(core.getKey()))
            .filter(core -> core.getValue().size() > planned.get(core.getKey()))
            .map(core -> "CPU " + core.getKey() + ": " + String.join(" ", core.getValue()))
            .collect(Collectors.joining(", "));
    sheet.judge(
        "shared",
        wrong.isEmpty(),
        "no core has more pinned threads than the layout gives it",
        wrong.isEmpty() ? "none" : wrong,
        MEND);
  }

  private static void policy(FactSheet sheet, List<ThreadPlan> pinned, Map<String, Task> named) {
    String expected =
        pinned.stream()
            .map(plan -> plan.name() + " " + policy(plan.fifo().orElse(0)))
            .collect(Collectors.joining(", "));
    String wrong =
        pinned.stream()
            .filter(plan -> named.containsKey(plan.name()))
            .filter(plan -> named.get(plan.name()).fifo() != plan.fifo().orElse(0))
            .map(plan -> plan.name() + " " + policy(named.get(plan.name()).fifo()))
            .collect(Collectors.joining(", "));
    sheet.judge(
        "policy",
        wrong.isEmpty(),
        expected,
        wrong.isEmpty() ? "so it is" : wrong,
        "the segment's unit: LimitRTPRIO=99 and CAP_SYS_NICE or none; then restart it");
  }

  private static String policy(int fifo) {
    return fifo == 0 ? "normal" : "fifo " + fifo;
  }

  private static void others(
      FactSheet sheet,
      HostView host,
      List<Task> tasks,
      WantedHost wanted,
      List<ThreadPlan> pinned) {
    Isolation isolation = Isolation.of(wanted);
    if (!isolation.isAsked()) {
      return;
    }
    List<String> own = pinned.stream().map(ThreadPlan::name).toList();
    List<Integer> planned = pinned.stream().map(plan -> plan.core().getAsInt()).toList();
    List<String> wrong =
        tasks.stream()
            .filter(task -> !own.contains(task.name()))
            // One that is pinned onto a planned core is named by the fact before.
            .filter(task ->
                task.allowed(host)
                    .filter(isolation.isolated()::meets)
                    .filter(
                        allowed -> allowed.size() > 1 || !planned.contains(allowed.numbers()[0]))
                    .isPresent())
            .map(Task::toString)
            .toList();
    sheet.judge(
        "others",
        wrong.isEmpty(),
        "the JVM's own threads keep to " + isolation.housekeeping(),
        wrong.isEmpty() ? "so they do" : Texts.some(wrong) + " may run on " + isolation.isolated(),
        "start the segment on housekeeping CPUs; its unit: CPUAffinity="
            + isolation.housekeeping());
  }

  // Threads on housekeeping CPUs share them, and are taken off now and then.
  private static List<String> watched(WantedHost wanted) {
    CpuSet isolated = Isolation.of(wanted).isolated();
    return pinned(wanted).stream()
        .filter(plan -> isolated.has(plan.core().getAsInt()))
        .map(ThreadPlan::name)
        .toList();
  }

  @Override
  public Optional<Watch> begin(HostView host, WantedHost wanted) {
    List<String> watched = watched(wanted);
    if (wanted.pid().isEmpty() || watched.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Counts> before = counts(host, wanted, watched);
    return Optional.of(() -> {
      Map<String, Counts> after = counts(host, wanted, watched);
      FactSheet sheet = new FactSheet(group(), true);
      String time = " in " + wanted.watch().toSeconds() + " s";
      List<String> unseen =
          watched.stream()
              .filter(name -> !before.containsKey(name) || !after.containsKey(name))
              .toList();
      judge(
          sheet,
          "switches",
          risen(before, after, Counts::switches),
          unseen,
          "no thread was taken off its isolated core" + time,
          "another task wants that core: see tasks, interrupts and workqueues");
      judge(
          sheet,
          "faults",
          risen(before, after, Counts::faults),
          unseen,
          "no page fault of a thread on an isolated core" + time,
          "host.lockMemory: on in the segment's file; THP madvise, KSM and NUMA balancing off");
      return sheet.facts();
    });
  }

  private static void judge(
      FactSheet sheet,
      String name,
      String risen,
      List<String> unseen,
      String expected,
      String mend) {
    if (risen.isEmpty() && !unseen.isEmpty()) {
      sheet.skip(name, expected, "the counts cannot be read of " + Texts.some(unseen));
    } else {
      sheet.judge(name, risen.isEmpty(), expected, risen.isEmpty() ? "none" : risen, mend);
    }
  }

  /** What a thread has counted so far. */
  private record Counts(long switches, long faults) {}

  private static Map<String, Counts> counts(
      HostView host, WantedHost wanted, List<String> watched) {
    Map<String, Counts> counts = new TreeMap<>();
    for (Task task : Task.of(host, wanted.pid().orElseThrow())) {
      OptionalLong switches =
          watched.contains(task.name())
              ? task.status(host).map(StatusText::nonvoluntarySwitches).orElse(OptionalLong.empty())
              : OptionalLong.empty();
      if (switches.isPresent()) {
        counts.put(
            task.name(), new Counts(switches.getAsLong(), task.minorFaults() + task.majorFaults()));
      }
    }
    return counts;
  }

  private static String risen(
      Map<String, Counts> before, Map<String, Counts> after, ToLongFunction<Counts> which) {
    List<String> risen = new ArrayList<>();
    after.forEach((name, now) -> {
      long more = which.applyAsLong(now) - which.applyAsLong(before.getOrDefault(name, now));
      if (more > 0) {
        risen.add(name + " " + more);
      }
    });
    return String.join(", ", risen);
  }

  private static String names(List<ThreadPlan> plans) {
    return plans.stream().map(ThreadPlan::name).collect(Collectors.joining(", "));
  }

  private static String cores(List<ThreadPlan> plans) {
    return plans.stream()
        .map(plan -> plan.name() + " " + plan.core().getAsInt())
        .collect(Collectors.joining(", "));
  }
}
