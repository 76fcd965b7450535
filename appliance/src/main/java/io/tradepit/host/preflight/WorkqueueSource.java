package io.tradepit.host.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the kernel's deferred work may run that belongs to no CPU. A queue's own mask is what it
 * was asked for, all CPUs by default; the kernel takes of it what the mask of all of them (unbound)
 * leaves (kernel documentation, "Workqueue", "Affinity Scopes" and cpumask).
 */
final class WorkqueueSource implements FactSource {
  private static final String QUEUES = "/sys/devices/virtual/workqueue";
  private static final String ALL = QUEUES + "/cpumask";
  private static final String WRITEBACK = "/sys/bus/workqueue/devices/writeback/cpumask";

  @Override
  public String group() {
    return "workqueues";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    FactSheet sheet = new FactSheet(group(), isolation.isAsked());
    sheet.mask(
        host,
        "unbound",
        ALL,
        expected(isolation),
        isolation.isolated(),
        "at boot: echo " + isolation.housekeeping().toMask() + " > " + ALL);
    Optional<CpuSet> all = host.text(ALL).flatMap(CpuSet::mask);
    writeback(sheet, host, isolation, all);
    devices(sheet, host, isolation, all);
    return sheet.facts();
  }

  private static void writeback(
      FactSheet sheet, HostView host, Isolation isolation, Optional<CpuSet> all) {
    Optional<CpuSet> own = host.text(WRITEBACK).flatMap(CpuSet::mask);
    if (own.isEmpty()) {
      sheet.unreadable("writeback", expected(isolation), WRITEBACK);
    } else {
      judge(
          sheet,
          isolation,
          "writeback",
          all,
          meets(own.get(), all, isolation) ? List.of("CPUs " + own.get()) : List.of(),
          WRITEBACK);
    }
  }

  private static void devices(
      FactSheet sheet, HostView host, Isolation isolation, Optional<CpuSet> all) {
    List<String> wrong = new ArrayList<>();
    for (String queue : host.names(QUEUES)) {
      host.text(QUEUES + "/" + queue + "/cpumask")
          .filter(text -> !"writeback".equals(queue))
          .flatMap(CpuSet::mask)
          .filter(own -> meets(own, all, isolation))
          .ifPresent(own -> wrong.add(queue));
    }
    if (!host.names(QUEUES).isEmpty()) {
      judge(sheet, isolation, "devices", all, wrong, QUEUES + "/NAME/cpumask");
    }
  }

  private static boolean meets(CpuSet own, Optional<CpuSet> all, Isolation isolation) {
    return all.map(own::and).orElse(own).meets(isolation.isolated());
  }

  // Where the mask of all is known and wrong, that one is to be mended; it mends the others.
  private static void judge(
      FactSheet sheet,
      Isolation isolation,
      String name,
      Optional<CpuSet> all,
      List<String> wrong,
      String path) {
    if (!wrong.isEmpty() && all.isPresent()) {
      sheet.skip(name, expected(isolation), "not limited by workqueues.unbound: see there");
      return;
    }
    sheet.judge(
        name,
        wrong.isEmpty(),
        expected(isolation),
        wrong.isEmpty() ? "so far as unbound leaves it" : "not " + Texts.some(wrong),
        "at boot: echo " + isolation.housekeeping().toMask() + " > " + path);
  }

  private static String expected(Isolation isolation) {
    return "within " + isolation.housekeeping() + ", off " + isolation.isolated();
  }
}
