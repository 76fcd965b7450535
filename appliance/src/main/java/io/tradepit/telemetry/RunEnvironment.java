package io.tradepit.telemetry;

import io.tradepit.host.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What figures depend on: the machine, its kernel, this process's JVM with its flags, and the
 * build. Names and values for people, in the order in which they are shown. Any thread.
 */
public final class RunEnvironment {
  private static final String BUILD = "/tradepit/version.properties";
  private static final String UNKNOWN = "not readable";

  private RunEnvironment() {}

  /** Of this process. */
  public static Map<String, String> read() {
    return read(Path.of("/"));
  }

  /**
   * @param root what /proc and /sys are under, / unless a test has its own
   */
  static Map<String, String> read(Path root) {
    Machine machine = Machine.read(root);
    var runtime = ManagementFactory.getRuntimeMXBean();
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("Tradepit", build());
    environment.put(
        "processor",
        "%s; cpus online %s, allowed %s"
            .formatted(machine.model(), machine.onlineCpus(), machine.allowedCpus()));
    environment.put("memory", "%,d MiB".formatted(machine.memoryBytes() >> 20));
    environment.put("kernel", machine.kernel());
    environment.put("kernel command line", line(root.resolve("proc/cmdline")));
    environment.put(
        "clock source",
        line(root.resolve("sys/devices/system/clocksource/clocksource0/current_clocksource")));
    environment.put(
        "frequency governor",
        line(root.resolve("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")));
    environment.put("load average at the start", line(root.resolve("proc/loadavg")));
    environment.put("JVM", runtime.getVmName() + " " + runtime.getVmVersion());
    environment.put("JVM flags", String.join(" ", runtime.getInputArguments()));
    environment.put("command line", System.getProperty("sun.java.command", UNKNOWN));
    return environment;
  }

  private static String build() {
    Properties build = new Properties();
    try (InputStream in = RunEnvironment.class.getResourceAsStream(BUILD)) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version") + ", commit " + build.getProperty("commit");
  }

  // Not every machine has every file: a virtual one has no governor, for example.
  private static String line(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.isEmpty() ? "" : lines.getFirst().strip();
    } catch (IOException e) {
      return UNKNOWN + " (" + e.getClass().getSimpleName() + ")";
    }
  }
}
