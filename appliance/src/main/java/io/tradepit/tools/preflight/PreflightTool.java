package io.tradepit.tools.preflight;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.HugePagePlan;
import io.tradepit.host.preflight.Findings;
import io.tradepit.host.preflight.HostView;
import io.tradepit.host.preflight.Preflight;
import io.tradepit.host.preflight.ProcessorText;
import io.tradepit.host.preflight.WantedHost;
import io.tradepit.tools.terminal.TerminalStyle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Asks a machine and gives what was found in the form that is asked for. */
public final class PreflightTool {
  private PreflightTool() {}

  /**
   * Compares a machine with what is wanted of it.
   *
   * @param accepted ids of facts that may fail
   * @param time now
   * @param watching hears each second how much of the watching is left
   */
  public static PreflightReport check(
      HostView host,
      WantedHost wanted,
      Set<String> accepted,
      Instant time,
      Consumer<Duration> watching) {
    Findings findings = Preflight.standard().check(host, wanted, accepted, watching);
    return new PreflightReport(machine(host), names(wanted), time, findings);
  }

  /**
   * @param failuresOnly leaves out what passed or was skipped
   */
  public static String text(PreflightReport report, TerminalStyle style, boolean failuresOnly) {
    return PreflightText.of(report, style, failuresOnly);
  }

  public static String json(PreflightReport report) {
    return PreflightJson.of(report);
  }

  public static String html(PreflightReport report) {
    return PreflightPage.of(report);
  }

  /** 0 when nothing failed that is not accepted, else 1. */
  public static int exitCode(PreflightReport report) {
    return PreflightJson.exitCode(report).number();
  }

  private static Map<String, String> machine(HostView host) {
    Map<String, String> machine = new LinkedHashMap<>();
    machine.put("name", first(host, "/proc/sys/kernel/hostname", "/etc/hostname"));
    machine.put("processor", ProcessorText.of(host).model());
    machine.put("cpus", "CPUs " + first(host, "/sys/devices/system/cpu/online"));
    machine.put("kernel", first(host, "/proc/sys/kernel/osrelease"));
    return machine;
  }

  private static String first(HostView host, String... paths) {
    for (String path : paths) {
      var text = host.text(path).map(String::strip).filter(line -> !line.isEmpty());
      if (text.isPresent()) {
        return text.get();
      }
    }
    return "unknown";
  }

  private static Map<String, String> names(WantedHost wanted) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(
        "layout",
        wanted.layout().map(AffinityLayout::file).map(PreflightTool::name).orElse("none"));
    names.put(
        "hugepages",
        wanted.pages().map(HugePagePlan::file).map(PreflightTool::name).orElse("none"));
    names.put(
        "nics",
        wanted.nics().isEmpty()
            ? "none"
            : wanted.nics().stream()
                .map(nic -> nic.networkInterface() + "=" + name(nic.profile().file()))
                .collect(Collectors.joining(" ")));
    names.put("segment", wanted.pid().isPresent() ? "process " + wanted.pid().getAsLong() : "none");
    names.put("watch", wanted.watch().toSeconds() + " s");
    return names;
  }

  private static String name(Path file) {
    return file.getFileName().toString().replaceAll("\\.yaml$", "");
  }
}
