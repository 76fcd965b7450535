package io.tradepit.tools.affinity;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityReader;
import io.tradepit.config.ConfigException;
import io.tradepit.config.ExitCode;
import io.tradepit.host.preflight.Fact;
import io.tradepit.host.preflight.Fact.Status;
import io.tradepit.host.preflight.HostView;
import io.tradepit.host.preflight.LayoutSource;
import io.tradepit.host.preflight.WantedHost;
import io.tradepit.host.topology.Topology;
import io.tradepit.telemetry.Json;
import io.tradepit.tools.terminal.Style;
import io.tradepit.tools.terminal.TerminalStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Shows a machine, holds a layout against it, proposes one. */
public final class AffinityTool {
  private static final int NAME_COLUMNS = 12;

  private final HostView host;
  private final Path root;
  private final TerminalStyle style;
  private final PrintWriter out;

  /**
   * @param host the machine to look at
   * @param root where its files are, to be named when there is no machine
   * @param style of what is printed
   */
  public AffinityTool(HostView host, Path root, TerminalStyle style, PrintWriter out) {
    this.host = host;
    this.root = root;
    this.style = style;
    this.out = out;
  }

  /**
   * Draws the machine.
   *
   * @param layout whose threads are drawn on their cores
   * @param columns to fit into
   */
  public void show(Optional<AffinityLayout> layout, int columns) {
    Topology machine = machine();
    out.print(
        new MachinePicture(machine, layout, style.glyphs(), columns).draw().text(style.palette()));
    out.flush();
  }

  /**
   * Holds a layout against the machine, a line a rule.
   *
   * @param json file that the facts are written to, {@code -} for the output in place of lines
   * @return whether each rule holds that can be asked here
   */
  public boolean check(AffinityLayout layout, Optional<Path> json) {
    List<Fact> facts = facts(layout);
    if (json.filter(file -> !isOutput(file)).isPresent()) {
      write(json.get(), json(layout, facts));
    }
    if (json.filter(AffinityTool::isOutput).isPresent()) {
      out.print(json(layout, facts));
    } else {
      facts.forEach(this::print);
      long failed = facts.stream().filter(fact -> fact.status() == Status.FAIL).count();
      String words = failed == 0 ? "fits this machine" : "does not fit this machine";
      out.println(
          "%s: %s, %d of %d rules broken".formatted(layout.file(), words, failed, facts.size()));
    }
    out.flush();
    return facts.stream().noneMatch(fact -> fact.status() == Status.FAIL);
  }

  private Topology machine() {
    Topology machine = Topology.read(host);
    if (machine.cpus().isEmpty()) {
      throw new ConfigException(List.of("root=" + root + ": no CPUs below it"));
    }
    return machine;
  }

  private List<Fact> facts(AffinityLayout layout) {
    machine();
    WantedHost wanted =
        new WantedHost(
            Optional.of(layout), Optional.empty(), List.of(), OptionalLong.empty(), Duration.ZERO);
    return new LayoutSource().facts(host, wanted);
  }

  private void print(Fact fact) {
    Style colour =
        switch (fact.status()) {
          case PASS -> Style.BID;
          case FAIL -> Style.TOUCH_ASK;
          case SKIP -> Style.DIM;
        };
    String name = fact.id().substring(fact.group().length() + 1);
    out.println(
        style.styled(fact.status().toString(), colour)
            + String.format(Locale.ROOT, "  %-" + NAME_COLUMNS + "s  ", name)
            + fact.expected()
            + "; "
            + (fact.status() == Status.SKIP ? "not asked: " : "found ")
            + fact.found());
    if (!fact.mend().isEmpty()) {
      out.println(" ".repeat(NAME_COLUMNS + 8) + "mend: " + fact.mend());
    }
  }

  private static String json(AffinityLayout layout, List<Fact> facts) {
    return facts.stream()
        .map(fact -> Json.object(fact.fields()))
        .collect(
            Collectors.joining(
                ",\n  ",
                "{\"layout\":" + Json.text(layout.file().toString()) + ",\n \"facts\":[\n  ",
                "]}\n"));
  }

  /**
   * Proposes a layout for the machine.
   *
   * @param nic interface of the members' card
   * @param gateways of the segment, 1 to 16
   * @param file that it is written to; without one it is printed
   * @throws ConfigException when there is no such card
   */
  public void suggest(Optional<String> nic, int gateways, Optional<Path> file) {
    LayoutSuggestion suggestion = new LayoutSuggestion(machine(), nic, gateways);
    AffinityLayout layout = suggestion.layout();
    String text = LayoutText.of(layout, suggestion.notes());
    // What it proposes must be what it reads.
    AffinityReader.readText(file.orElse(layout.file()), text);
    if (file.isEmpty()) {
      out.print(text);
    } else {
      write(file.get(), text);
      suggestion.notes().forEach(out::println);
      out.println(
          "layout=%s: profile %s, %d threads; next: tradepit affinity check %s"
              .formatted(file.get(), layout.profile(), layout.threads().size(), file.get()));
    }
    out.flush();
  }

  private static boolean isOutput(Path file) {
    return "-".equals(file.toString());
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + file + ": cannot be written", e);
    }
  }

  /** The exit code of a check. */
  public static ExitCode exitCode(boolean holds) {
    return holds ? ExitCode.OK : ExitCode.OTHER;
  }
}
