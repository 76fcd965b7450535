package io.tradepit.host.preflight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where interrupts are handled, and which of them came to isolated CPUs.
 *
 * <p>Managed interrupts, a queue of a disk for each CPU, belong to their CPUs and cannot be moved
 * (kernel parameters, isolcpus=managed_irq). They are silent until a thread of such a CPU itself
 * reads or writes, so they are told and are no fault; whether one came is watched.
 */
final class InterruptSource implements WatchedSource {
  private static final String IRQ = "/proc/irq";
  private static final int TIMER_TICKS = 2;

  // Of the segment's own doing, or of a timer that looks every few minutes.
  private static final Set<String> OWN = Set.of("RES", "TLB", "MCP");

  @Override
  public String group() {
    return "interrupts";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    FactSheet sheet = new FactSheet(group(), isolation.isAsked());
    sheet.mask(
        host,
        "default",
        IRQ + "/default_smp_affinity",
        "new interrupts go to " + isolation.interrupts(),
        isolation.isolated(),
        "boot with irqaffinity="
            + isolation.interrupts()
            + "; now: echo "
            + isolation.interrupts().toMask()
            + " > "
            + IRQ
            + "/default_smp_affinity");
    affinity(sheet, host, isolation);
    return sheet.facts();
  }

  private static void affinity(FactSheet sheet, HostView host, Isolation isolation) {
    String expected = "no interrupt is handled on " + isolation.isolated();
    List<String> wrong = new ArrayList<>();
    int managed = 0;
    int read = 0;
    for (String irq : host.names(IRQ)) {
      Optional<CpuSet> cpus = effective(host, irq);
      read += cpus.isPresent() ? 1 : 0;
      if (cpus.isPresent() && cpus.get().meets(isolation.isolated())) {
        if (isManaged(host, irq, isolation.isolated())) {
          managed++;
        } else {
          wrong.add("irq " + irq + " on " + cpus.get());
        }
      }
    }
    if (read == 0) {
      sheet.unreadable("affinity", expected, IRQ + "/*/effective_affinity_list");
      return;
    }
    sheet.judge(
        "affinity",
        wrong.isEmpty(),
        expected,
        wrong.isEmpty()
            ? "none of " + read + (managed == 0 ? "" : " but " + managed + " managed ones")
            : Texts.some(wrong),
        "stop irqbalance; echo "
            + isolation.interrupts()
            + " > "
            + IRQ
            + "/N/smp_affinity_list for each");
  }

  // The kernel shows the flag in debugfs only. A network card's interrupts are its driver's to
  // place, and can be moved.
  private static boolean isManaged(HostView host, String irq, CpuSet isolated) {
    String actions = host.text("/sys/kernel/irq/" + irq + "/actions").orElse("").strip();
    return !actions.isEmpty()
        && host.names("/sys/class/net").stream().noneMatch(actions::contains)
        && host.text(IRQ + "/" + irq + "/smp_affinity_list")
            .flatMap(CpuSet::list)
            .filter(cpus -> cpus.isWithin(isolated))
            .isPresent();
  }

  // Where it in fact goes; of an old kernel where it may go.
  private static Optional<CpuSet> effective(HostView host, String irq) {
    return host.text(IRQ + "/" + irq + "/effective_affinity_list")
        .filter(text -> !text.isBlank())
        .or(() -> host.text(IRQ + "/" + irq + "/smp_affinity_list"))
        .flatMap(CpuSet::list);
  }

  @Override
  public Optional<Watch> begin(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    if (!isolation.isAsked()) {
      return Optional.empty();
    }
    CounterWatch watch =
        new CounterWatch(host, "/proc/interrupts", isolation.isolated(), wanted.watch())
            .without("CAL", "TLB");
    return Optional.of(() -> {
      watch.end();
      FactSheet sheet = new FactSheet(group(), true);
      watch.judge(
          sheet,
          "devices",
          row -> row.matches("\\d+") && !isTimer(watch, row),
          0,
          "move it: echo " + isolation.interrupts() + " > " + IRQ + "/N/smp_affinity_list");
      watch.judge(
          sheet,
          "timer",
          row -> "LOC".equals(row) || isTimer(watch, row),
          TIMER_TICKS,
          "boot with nohz_full=" + isolation.isolated() + "; one runnable thread a CPU, no timers");
      watch.judge(
          sheet,
          "calls",
          row -> !row.matches("\\d+|LOC") && !OWN.contains(row),
          0,
          "perf record -e irq_vectors:* -C CPU names who sends it: perf, timers, module loads");
      return sheet.facts();
    });
  }

  // On arm64 the timer of each CPU is a numbered row.
  private static boolean isTimer(CounterWatch watch, String row) {
    return watch.words(row).endsWith("arch_timer");
  }
}
