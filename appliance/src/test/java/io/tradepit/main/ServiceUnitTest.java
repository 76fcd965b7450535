package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.config.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The unit {@code tradepit@.service} by the words of systemd itself, without a running one: what
 * {@code systemd-analyze} says of it below a root of its own.
 */
@Timeout(60)
class ServiceUnitTest {
  private static final Path SYSTEMD = Path.of("src/main/systemd");
  private static final String SERVICE = "tradepit@demo.service";
  private static final double MOST_EXPOSURE = 2.0;
  private static final Pattern EXPOSURE = Pattern.compile("exposure level for \\S+ ([0-9.]+)");

  /** Tried again: something that passes may have been in the way. */
  private static final Set<ExitCode> TRIED_AGAIN = EnumSet.of(ExitCode.OTHER, ExitCode.PORT_IN_USE);

  /** What the unit names and the machine has. */
  private static final List<String> OF_THE_SYSTEM =
      List.of("sysinit", "basic", "shutdown", "multi-user", "network-online", "time-sync");

  @TempDir Path root;

  @BeforeEach
  void install() throws IOException {
    Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
    Files.copy(SYSTEMD.resolve("tradepit@.service"), units.resolve("tradepit@.service"));
    for (String target : OF_THE_SYSTEM) {
      Files.writeString(units.resolve(target + ".target"), "[Unit]\nDescription=" + target + "\n");
    }
    Path release = Files.createDirectories(root.resolve("opt/tradepit/current"));
    Path launcher = Files.writeString(release.resolve("tradepit"), "#!/bin/sh\n");
    assertTrue(launcher.toFile().setExecutable(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fifo.conf"})
  void shouldBeExposedToTwoOrLess(String dropIn) throws Exception {
    requireAnalyze();
    install(dropIn);

    String analysis = analyze("security", "--offline=true", "--root=" + root, SERVICE);

    Matcher figure = EXPOSURE.matcher(analysis);
    assertTrue(figure.find(), analysis);
    double exposure = Double.parseDouble(figure.group(1));
    Tier.ran("service unit", "exposure=" + exposure + " dropIn=" + dropIn);
    assertTrue(exposure <= MOST_EXPOSURE, analysis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "fifo.conf"})
  void shouldHaveNoFaultThatSystemdFinds(String dropIn) throws Exception {
    requireAnalyze();
    install(dropIn);

    assertEquals("", analyze("verify", "--root=" + root, SERVICE));
  }

  @Test
  void shouldStartAgainOnlyAfterWhatMayPass() throws IOException {
    Set<Integer> finals = new TreeSet<>();
    for (ExitCode code : EnumSet.complementOf(EnumSet.of(ExitCode.OK))) {
      if (!TRIED_AGAIN.contains(code)) {
        finals.add(code.number());
      }
    }

    Set<Integer> kept = new TreeSet<>();
    for (String code : value("RestartPreventExitStatus").split(" ", -1)) {
      kept.add(Integer.parseInt(code));
    }
    assertEquals(finals, kept);
  }

  @Test
  void shouldGiveACleanStopTheTimeThatItTakes() throws IOException {
    assertTrue(Integer.parseInt(value("TimeoutStopSec")) > SegmentRun.STOP_LIMIT_S);
  }

  private void install(String dropIn) throws IOException {
    if (!dropIn.isEmpty()) {
      Path folder = Files.createDirectories(root.resolve("etc/systemd/system/" + SERVICE + ".d"));
      Files.copy(SYSTEMD.resolve("drop-ins").resolve(dropIn), folder.resolve(dropIn));
    }
  }

  private static String value(String key) throws IOException {
    for (String line : Files.readAllLines(SYSTEMD.resolve("tradepit@.service"))) {
      if (line.startsWith(key + "=")) {
        return line.substring(key.length() + 1);
      }
    }
    throw new AssertionError(key + " is not in the unit");
  }

  private static void requireAnalyze() {
    boolean there =
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "systemd-analyze")));
    assumeTrue(there, "systemd-analyze is missing: the package systemd has it");
  }

  private static String analyze(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("systemd-analyze", "--no-pager"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    assertTrue(code == 0, () -> String.join(" ", command) + " ended with " + code + "\n" + output);
    return output;
  }
}
