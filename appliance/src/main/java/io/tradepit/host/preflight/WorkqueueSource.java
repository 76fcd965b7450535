package io.tradepit.host.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the kernel's deferred work may run that belongs to no CPU. */
final class WorkqueueSource implements FactSource {
  private static final String QUEUES = "/sys/devices/virtual/workqueue";
  private static final String WRITEBACK = "/sys/bus/workqueue/devices/writeback/cpumask";

  @Override
  public String group() {
    return "workqueues";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    FactSheet sheet = new FactSheet(group(), isolation.isAsked());
    mask(sheet, host, isolation, "unbound", QUEUES + "/cpumask");
    mask(sheet, host, isolation, "writeback", WRITEBACK);
    devices(sheet, host, isolation);
    return sheet.facts();
  }

  private static void mask(
      FactSheet sheet, HostView host, Isolation isolation, String name, String path) {
    sheet.mask(host, name, path, expected(isolation), isolation.isolated(), mend(isolation, path));
  }

  // What all of them are allowed (unbound) limits each; a mask of its own may be narrower still.
  private static void devices(FactSheet sheet, HostView host, Isolation isolation) {
    List<String> wrong = new ArrayList<>();
    for (String queue : host.names(QUEUES)) {
      Optional<CpuSet> cpus =
          "writeback".equals(queue)
              ? Optional.empty()
              : host.text(QUEUES + "/" + queue + "/cpumask").flatMap(CpuSet::mask);
      if (cpus.isPresent() && cpus.get().meets(isolation.isolated())) {
        wrong.add(queue);
      }
    }
    if (!host.names(QUEUES).isEmpty()) {
      sheet.judge(
          "devices",
          wrong.isEmpty(),
          expected(isolation),
          wrong.isEmpty() ? "all of them" : "not " + Texts.some(wrong),
          mend(isolation, QUEUES + "/NAME/cpumask"));
    }
  }

  private static String expected(Isolation isolation) {
    return "within " + isolation.housekeeping() + ", off " + isolation.isolated();
  }

  private static String mend(Isolation isolation, String path) {
    return "at boot: echo " + isolation.housekeeping().toMask() + " > " + path;
  }
}
