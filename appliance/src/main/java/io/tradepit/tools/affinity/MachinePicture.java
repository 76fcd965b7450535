package io.tradepit.tools.affinity;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.host.CpuList;
import io.tradepit.host.topology.Topology;
import io.tradepit.host.topology.Topology.Cpu;
import io.tradepit.host.topology.Topology.Nic;
import io.tradepit.tools.terminal.Canvas;
import io.tradepit.tools.terminal.Glyphs;
import io.tradepit.tools.terminal.Style;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Draws a machine: nodes with their network cards, third-level caches, cores with the threads of a
 * layout. Pure; 64 cores fit into 80 columns.
 *
 * <pre>
 *  socket 0, node 0   card eth2 (ice, 0000:41:00.0)
 *  L3 0-15 ------------------------------------------
 *    0 !            1 !           2 H           3 H
 *    4 I gw-1       5 I seq       6 I match     7 I pub
 * </pre>
 */
final class MachinePicture {
  private static final int LEAST_COLUMNS = 40;
  private static final int MOST_ROWS = 2_000;
  private static final int MOST_CORES_A_ROW = 8;
  private static final int MARK_COLUMNS = 3;
  private static final int GAP = 2;
  private static final int INDENT = 1;

  private final Topology machine;
  private final Optional<AffinityLayout> layout;
  private final Glyphs glyphs;
  private final Canvas canvas;
  private final Set<Core.Mark> seen = EnumSet.noneOf(Core.Mark.class);
  private final int cpuColumns;
  private final int cellColumns;
  private int row;

  /**
   * @param columns of the terminal
   */
  MachinePicture(Topology machine, Optional<AffinityLayout> layout, Glyphs glyphs, int columns) {
    this.machine = machine;
    this.layout = layout;
    this.glyphs = glyphs;
    canvas = new Canvas(Math.max(LEAST_COLUMNS, columns), MOST_ROWS);
    List<Core> cores =
        machine.cpus().stream()
            .filter(Cpu::isFirstOfCore)
            .map(cpu -> Core.of(cpu, machine, layout))
            .toList();
    cpuColumns = cores.stream().mapToInt(core -> core.cpus().length()).max().orElse(1);
    cellColumns =
        cpuColumns
            + MARK_COLUMNS
            + cores.stream().mapToInt(core -> core.threads().length()).max().orElse(0)
            + GAP;
  }

  Canvas draw() {
    title();
    for (int socket : machine.sockets()) {
      machine.cpus().stream()
          .filter(cpu -> cpu.socket() == socket)
          .map(Cpu::node)
          .distinct()
          .sorted()
          .forEach(node -> node(socket, node));
    }
    cardsElsewhere();
    legend();
    layout.ifPresent(this::threads);
    return canvas;
  }

  private void title() {
    line(machine.model(), Style.TITLE);
    line(
        "%s, %s, %s%s"
            .formatted(
                count(machine.sockets().size(), "socket"),
                count(machine.memoryNodes().size(), "NUMA node"),
                count((int) machine.cores(), "core"),
                machine.hasSiblings() ? " (" + machine.cpus().size() + " CPUs)" : ", one CPU each"),
        Style.PLAIN);
    layout.ifPresent(
        of -> line("layout " + of.file().getFileName() + ", profile " + of.profile(), Style.PLAIN));
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private void node(int socket, int node) {
    row++;
    String where = "socket " + socket + ", node " + node;
    line(where, Style.BOLD);
    int column = INDENT + where.length() + 3;
    String cards = cards(OptionalInt.of(node));
    if (isFirstSocketOf(node, socket) && !cards.isEmpty()) {
      canvas.text(row - 1, column, cards, Style.SPARK);
    }
    List<Cpu> cpus =
        machine.cpus().stream()
            .filter(cpu -> cpu.socket() == socket && cpu.node() == node)
            .toList();
    for (List<Integer> group : machine.l3Groups()) {
      List<Cpu> ofGroup = cpus.stream().filter(cpu -> group.contains(cpu.id())).toList();
      if (!ofGroup.isEmpty()) {
        group("L3 " + CpuList.text(group), ofGroup);
      }
    }
    List<Cpu> others = cpus.stream().filter(cpu -> machine.l3Of(cpu.id()).isEmpty()).toList();
    if (!others.isEmpty()) {
      group("L3 not shown by the kernel", others);
    }
  }

  private boolean isFirstSocketOf(int node, int socket) {
    return machine.cpus().stream()
        .filter(cpu -> cpu.node() == node)
        .allMatch(cpu -> cpu.socket() >= socket);
  }

  private void group(String name, List<Cpu> cpus) {
    int end = INDENT + name.length() + 1;
    canvas
        .area(row, end, 1, canvas.columns() - end - INDENT)
        .rule(0, glyphs.horizontal(), Style.DIM);
    line(name, Style.DIM);
    List<Core> cores =
        cpus.stream().filter(Cpu::isFirstOfCore).map(cpu -> Core.of(cpu, machine, layout)).toList();
    int inARow = coresARow();
    for (int i = 0; i < cores.size(); i++) {
      core(row + i / inARow, 2 * INDENT + i % inARow * cellColumns, cores.get(i));
    }
    row += (cores.size() + inARow - 1) / inARow;
  }

  // A power of two, so that groups of eight begin a row.
  private int coresARow() {
    int fit = Math.max(1, (canvas.columns() - 2 * INDENT + GAP) / cellColumns);
    return Math.min(MOST_CORES_A_ROW, Integer.highestOneBit(fit));
  }

  private void core(int at, int column, Core core) {
    seen.add(core.mark());
    canvas.right(at, column + cpuColumns, core.cpus(), core.style());
    canvas.text(at, column + cpuColumns + 1, String.valueOf(core.mark().sign()), core.style());
    canvas.text(at, column + cpuColumns + MARK_COLUMNS, core.threads(), core.style());
  }

  private String cards(OptionalInt node) {
    String cards =
        machine.nics().stream()
            .filter(nic -> nic.node().equals(node))
            .map(MachinePicture::text)
            .collect(Collectors.joining(", "));
    return cards.isEmpty() ? "" : "card " + cards;
  }

  private static String text(Nic nic) {
    return nic.name().equals(nic.address())
        ? "%s (%s)".formatted(nic.name(), nic.driver())
        : "%s (%s, %s)".formatted(nic.name(), nic.driver(), nic.address());
  }

  private void cardsElsewhere() {
    String cards = cards(OptionalInt.empty());
    if (!cards.isEmpty()) {
      row++;
      line(cards + ", node not said by the kernel", Style.SPARK);
    }
  }

  private void legend() {
    row++;
    StringBuilder line = new StringBuilder();
    for (Core.Mark mark : seen) {
      if (line.length() + mark.legend().length() > canvas.columns() - 2 * INDENT) {
        line(line.toString(), Style.DIM);
        line.setLength(0);
      }
      line.append(mark.legend()).append("   ");
    }
    line(line.toString(), Style.DIM);
  }

  private void threads(AffinityLayout of) {
    row++;
    line("threads", Style.BOLD);
    for (ThreadPlan plan : of.plans()) {
      boolean isMissing = plan.core().isPresent() && machine.cpu(plan.core().getAsInt()).isEmpty();
      String core = plan.core().isPresent() ? "core " + plan.core().getAsInt() : "any core";
      String fifo = plan.fifo().isPresent() ? ", fifo " + plan.fifo().getAsInt() : "";
      line(
          String.format(
              Locale.ROOT,
              " %-15s  %-10s  %-18s  %s",
              plan.name(),
              isMissing ? "no " + core : core,
              plan.idle() + fifo,
              String.join(", ", plan.roles())),
          isMissing ? Style.ALARM : Style.PLAIN);
    }
  }

  private void line(String text, Style style) {
    canvas.text(row++, INDENT, text, style);
  }
}
