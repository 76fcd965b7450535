package io.tradepit.tools.affinity;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityLayout.CpuPart;
import io.tradepit.config.AffinityLayout.MachineModel;
import io.tradepit.config.AffinityLayout.PlacedThread;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.host.CpuList;
import java.util.List;
import java.util.stream.Collectors;

/** A layout as a file of {@code affinity-config}. */
final class LayoutText {
  private LayoutText() {}

  /**
   * The YAML that {@link io.tradepit.config.AffinityReader} reads as this layout.
   *
   * @param heading lines of comment
   */
  static String of(AffinityLayout layout, List<String> heading) {
    StringBuilder text = new StringBuilder();
    heading.forEach(line -> text.append("# ").append(line).append('\n'));
    text.append("profile: ").append(layout.profile()).append('\n');
    machine(text, layout.machine());
    part(text, "housekeeping", layout.housekeeping());
    part(text, "interrupts", layout.interrupts());
    text.append("threads:\n");
    layout.threads().forEach(thread -> thread(text, thread));
    return text.toString();
  }

  private static void machine(StringBuilder text, MachineModel machine) {
    text.append("machine:\n");
    value(text, "description", quoted(machine.description()));
    value(text, "leastCpus", Integer.toString(machine.leastCpus()));
    if (machine.sockets() > 0) {
      value(text, "sockets", Integer.toString(machine.sockets()));
      value(text, "numaNodes", Integer.toString(machine.numaNodes()));
      value(text, "smt", quoted(machine.smt().toString()));
    }
    if (!machine.l3Groups().isEmpty()) {
      value(
          text,
          "l3Groups",
          machine.l3Groups().stream()
              .map(group -> quoted(CpuList.text(group)))
              .collect(Collectors.joining(", ", "[", "]")));
    }
    machine.nicNode().ifPresent(node -> value(text, "nicNode", Integer.toString(node)));
  }

  private static void part(StringBuilder text, String key, CpuPart part) {
    if (!part.cpus().isEmpty()) {
      text.append(key).append(":\n");
      value(text, "cpus", quoted(CpuList.text(part.cpus())));
      value(text, "why", quoted(part.why()));
    }
  }

  private static void thread(StringBuilder text, PlacedThread placed) {
    ThreadPlan plan = placed.plan();
    text.append("  - name: ").append(plan.name()).append('\n');
    value(text, "  roles", plan.roles().toString());
    value(text, "  core", plan.core().isPresent() ? "" + plan.core().getAsInt() : "any");
    value(text, "  idle", plan.idle().toString());
    plan.fifo().ifPresent(fifo -> value(text, "  fifo", Integer.toString(fifo)));
    value(text, "  why", quoted(placed.why()));
  }

  private static void value(StringBuilder text, String key, String value) {
    text.append("  ").append(key).append(": ").append(value).append('\n');
  }

  // Double quotes of YAML: a model's name may hold what means something else without them.
  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
