package io.tradepit.cli;

import io.tradepit.config.AffinityReader;
import io.tradepit.config.ConfigException;
import io.tradepit.config.HostFiles;
import io.tradepit.config.HugePageReader;
import io.tradepit.config.NicProfile;
import io.tradepit.config.NicReader;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentPaths;
import io.tradepit.host.StateView;
import io.tradepit.host.preflight.RunningHost;
import io.tradepit.host.preflight.WantedHost;
import io.tradepit.tools.preflight.PreflightReport;
import io.tradepit.tools.preflight.PreflightTool;
import io.tradepit.tools.terminal.TerminalStyle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "preflight",
    description = {
      "Compares the machine with a layout, a page plan and profiles of network cards, fact by"
          + " fact: PASS, FAIL with how to mend it, or SKIP with the reason. It changes nothing.",
      "What is wanted is what the segment's file asks for under 'host', unless an option says"
          + " otherwise. Nothing asked for, nothing fails. Ends with 0 when nothing fails that is"
          + " not accepted, else with 1."
    })
final class PreflightCommand implements Callable<Integer> {
  private static final Pattern WATCH = Pattern.compile("(\\d{1,4})(s|m)");

  @Spec private CommandSpec spec;
  @Mixin private SegmentChoice segment;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description = "a YAML file, or the name of one in affinity-config")
  private String layout;

  @Option(
      names = "--hugepages",
      paramLabel = "PLAN",
      description = "a YAML file, or the name of one in hugepages")
  private String pages;

  @Option(
      names = "--nic",
      paramLabel = "INTERFACE=PROFILE",
      description = "a card and its YAML file, or the name of one in nic-config; may be repeated")
  private Map<String, String> nics = new LinkedHashMap<>();

  @Option(
      names = "--accept",
      paramLabel = "FACT",
      description = "the id of a fact that may fail; may be repeated")
  private List<String> accepted = List.of();

  @Option(
      names = "--pid",
      paramLabel = "PID",
      description = "process of the segment (default: the one that runs in its directory)")
  private Long pid;

  @Option(
      names = "--watch",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "how long counters are watched; 0s = not (default: 10s)")
  private String watch;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "reads a copy of another machine's /proc, /sys and /etc below DIR")
  private Path root = Path.of("/");

  @Option(names = "--quiet", description = "shows failures only")
  private boolean quiet;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes the facts to FILE as JSON; - is the terminal, in place of the text")
  private Path json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "writes one page that needs nothing else")
  private Path html;

  @Override
  public Integer call() throws IOException {
    SegmentConfig config = segment.place().config();
    Set<String> mayFail = new HashSet<>(config.host().accepted());
    mayFail.addAll(accepted);
    TerminalStyle style = TerminalStyle.ofThisProcess();
    PreflightReport report =
        PreflightTool.check(
            new RunningHost(root), wanted(config), mayFail, Instant.now(), progress(style));
    PrintWriter out = spec.commandLine().getOut();
    boolean jsonOnly = json != null && "-".equals(json.toString());
    out.print(jsonOnly ? PreflightTool.json(report) : PreflightTool.text(report, style, quiet));
    if (json != null && !jsonOnly) {
      Files.writeString(json, PreflightTool.json(report));
    }
    if (html != null) {
      Files.writeString(html, PreflightTool.html(report));
    }
    out.flush();
    return PreflightTool.exitCode(report);
  }

  private WantedHost wanted(SegmentConfig config) {
    return new WantedHost(
        layout == null
            ? config.host().layout()
            : Optional.of(AffinityReader.named("--layout", layout)),
        pages == null
            ? config.host().pages()
            : Optional.of(HugePageReader.read(HostFiles.HUGE_PAGES.named("--hugepages", pages))),
        nics.isEmpty()
            ? WantedHost.Nic.of(config)
            : nics.entrySet().stream()
                .map(nic ->
                    new WantedHost.Nic(
                        networkInterface(nic.getKey()),
                        NicReader.read(HostFiles.NIC.named("--nic", nic.getValue())),
                        WantedHost.Nic.ports(config)))
                .toList(),
        running(config),
        duration());
  }

  private static String networkInterface(String name) {
    if (!NicProfile.INTERFACE.matcher(name).matches()) {
      throw new ConfigException(
          List.of("--nic=" + name + ": allowed " + NicProfile.INTERFACE_ALLOWED));
    }
    return name;
  }

  // Of another machine's copy no process of this one is meant.
  private OptionalLong running(SegmentConfig config) {
    if (pid != null) {
      return OptionalLong.of(pid);
    }
    if (root.getNameCount() > 0) {
      return OptionalLong.empty();
    }
    try (StateView state = StateView.open(SegmentPaths.of(config).state()).orElse(null)) {
      return state != null && state.isWriterRunning()
          ? OptionalLong.of(state.writerPid())
          : OptionalLong.empty();
    }
  }

  private Duration duration() {
    Matcher time = WATCH.matcher(watch);
    if (!time.matches()) {
      throw new ConfigException(List.of("--watch=" + watch + ": allowed a time such as 10s or 2m"));
    }
    long number = Long.parseLong(time.group(1));
    return "s".equals(time.group(2)) ? Duration.ofSeconds(number) : Duration.ofMinutes(number);
  }

  // On a terminal only, and on stderr: what is written to a file has no progress in it.
  private Consumer<Duration> progress(TerminalStyle style) {
    if (!style.rewritable()) {
      return left -> {};
    }
    PrintWriter err = spec.commandLine().getErr();
    return left -> {
      err.print("\rwatching counters, " + left.toSeconds() + " s left ");
      err.print(left.toSeconds() <= 1 ? "\r\u001b[K" : "");
      err.flush();
    };
  }
}
