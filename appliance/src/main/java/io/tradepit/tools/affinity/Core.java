package io.tradepit.tools.affinity;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.host.topology.Topology;
import io.tradepit.host.topology.Topology.Cpu;
import io.tradepit.tools.terminal.Style;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A core as it is drawn: its CPUs, one mark, and the threads that a layout puts there.
 *
 * @param cpus such as {@code 4} or {@code 4+20}
 * @param threads without the {@code tp-} of their names; empty for none
 */
record Core(String cpus, Mark mark, String threads, Style style) {
  /** What a core is for, by the layout and by the running kernel. */
  enum Mark {
    INTERRUPTS('!', "interrupts"),
    HOUSEKEEPING('H', "housekeeping"),
    ISOLATED('I', "isolated at boot"),
    NOT_ISOLATED('i', "to be isolated, is not"),
    CONTRADICTED('X', "housekeeping, but isolated"),
    FORBIDDEN('-', "not for this process"),
    FREE('.', "nothing said");

    private final char sign;
    private final String meaning;

    Mark(char sign, String meaning) {
      this.sign = sign;
      this.meaning = meaning;
    }

    char sign() {
      return sign;
    }

    String legend() {
      return sign + " " + meaning;
    }
  }

  static Core of(Cpu first, Topology machine, Optional<AffinityLayout> layout) {
    List<ThreadPlan> threads =
        layout.map(AffinityLayout::plans).orElse(List.of()).stream()
            .filter(plan -> plan.core().isPresent())
            .filter(plan -> first.siblings().contains(plan.core().getAsInt()))
            .toList();
    Mark mark = mark(first.id(), machine, layout);
    return new Core(
        first.siblings().stream().map(String::valueOf).collect(Collectors.joining("+")),
        mark,
        threads.stream().map(Core::shortName).collect(Collectors.joining("/")),
        style(mark, threads));
  }

  static String shortName(ThreadPlan plan) {
    return plan.name().replaceFirst("^tp-", "");
  }

  private static Mark mark(int cpu, Topology machine, Optional<AffinityLayout> layout) {
    boolean isIsolated = machine.isolated().contains(cpu);
    if (!machine.allowed().contains(cpu)) {
      return Mark.FORBIDDEN;
    }
    if (layout.filter(of -> of.housekeeping().cpus().contains(cpu)).isPresent()) {
      return isIsolated
          ? Mark.CONTRADICTED
          : layout.get().interrupts().cpus().contains(cpu) ? Mark.INTERRUPTS : Mark.HOUSEKEEPING;
    }
    if (isIsolated) {
      return Mark.ISOLATED;
    }
    return layout.filter(of -> of.isolated().contains(cpu)).isPresent()
        ? Mark.NOT_ISOLATED
        : Mark.FREE;
  }

  private static Style style(Mark mark, List<ThreadPlan> threads) {
    if (mark == Mark.CONTRADICTED || (mark == Mark.FORBIDDEN && !threads.isEmpty())) {
      return Style.ALARM;
    }
    if (threads.isEmpty()) {
      return mark == Mark.INTERRUPTS ? Style.WARN : Style.DIM;
    }
    return threads.stream().anyMatch(ThreadPlan::polls) ? Style.TOUCH_BID : Style.SPARK;
  }
}
