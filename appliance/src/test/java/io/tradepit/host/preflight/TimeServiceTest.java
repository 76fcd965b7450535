package io.tradepit.host.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.config.NicReader;
import io.tradepit.host.preflight.Fact.Status;
import io.tradepit.host.preflight.WantedHost.Nic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real pair of ptp4l in two network namespaces, asked by the real pmc. Both run free, since they
 * share the machine's clock, which no test may set; so the client's port never gets beyond
 * UNCALIBRATED, and that is a fact that must fail.
 */
@Timeout(60)
class TimeServiceTest {
  private static final String NAME = "tp-ptp" + ProcessHandle.current().pid();
  private static final Path PROFILE =
      Path.of("").toAbsolutePath().getParent().resolve("nic-config/virtual.yaml");

  private final List<Process> started = new ArrayList<>();
  @TempDir private Path directory;
  private boolean hasNamespaces;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    assumeTrue(Tier.isLong(), "two ptp4l for ten seconds: long tier only");
    assumeTrue(Files.isWritable(Path.of("/etc/shadow")), "no namespaces without root: not run");
    assumeTrue(new RunningHost().output("ptp4l", "-v").isPresent(), "ptp4l: not there");
    hasNamespaces = true;
    run("ip", "netns", "add", NAME + "m");
    run("ip", "netns", "add", NAME + "c");
    run(
        "ip",
        "link",
        "add",
        "pm",
        "netns",
        NAME + "m",
        "type",
        "veth",
        "peer",
        "name",
        "pc",
        "netns",
        NAME + "c");
    run("ip", "-n", NAME + "m", "link", "set", "pm", "up");
    run("ip", "-n", NAME + "c", "link", "set", "pc", "up");
    ptp4l("m", "clockClass 6\npriority1 10");
    ptp4l("c", "slaveOnly 1");
  }

  private void ptp4l(String end, String settings) throws IOException {
    Path file = directory.resolve(end + ".cfg");
    Files.writeString(
        file,
        """
        [global]
        free_running 1
        time_stamping software
        network_transport L2
        logAnnounceInterval -3
        logSyncInterval -4
        logMinDelayReqInterval -4
        tx_timestamp_timeout 50
        uds_address %s
        %s
        [p%s]
        """
            .formatted(directory.resolve(end), settings, end));
    started.add(
        new ProcessBuilder("ip", "netns", "exec", NAME + end, "ptp4l", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(end + ".log").toFile())
            .start());
  }

  @AfterEach
  void end() throws IOException, InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
    if (hasNamespaces) {
      run("ip", "netns", "del", NAME + "m");
      run("ip", "netns", "del", NAME + "c");
    }
  }

  @Test
  void shouldSeeTheGrandmasterAndThatItIsGone() throws IOException, InterruptedException {
    Map<String, Fact> facts = facts(Duration.ofMillis(500));
    for (int i = 0; i < 100 && !isFollowing(facts); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
      facts = facts(Duration.ofMillis(500));
    }
    for (String id : List.of("ptp4l", "grandmaster", "client-only", "clock-class", "sync")) {
      assertEquals(Status.PASS, facts.get("ptp." + id).status(), facts.toString());
    }
    assertEquals("UNCALIBRATED", facts.get("ptp.port").found());
    assertEquals(Status.FAIL, facts.get("ptp.port").status());
    assertTrue(facts.get("ptp.offset").found().matches("-?\\d+ ns"), facts.toString());

    started.getFirst().destroyForcibly().waitFor();
    TimeUnit.SECONDS.sleep(1);
    facts = facts(Duration.ofMillis(500));
    assertEquals(Status.PASS, facts.get("ptp.ptp4l").status(), facts.toString());
    assertEquals(Status.FAIL, facts.get("ptp.sync").status(), facts.toString());
    assertEquals(Status.FAIL, facts.get("ptp.port").status(), facts.toString());
    Tier.ran(
        "ptp4l asked by pmc",
        "pairs=1 afterTheGrandmasterWent="
            + facts.values().stream()
                .filter(fact -> fact.status() == Status.FAIL)
                .map(Fact::id)
                .toList());
  }

  private static boolean isFollowing(Map<String, Fact> facts) {
    return facts.containsKey("ptp.sync")
        && facts.get("ptp.sync").status() == Status.PASS
        && facts.get("ptp.grandmaster").status() == Status.PASS;
  }

  private Map<String, Fact> facts(Duration watch) throws IOException {
    Path profile = directory.resolve("software.yaml");
    Files.writeString(profile, Files.readString(PROFILE).replace("ptp: none", "ptp: software"));
    WantedHost wanted =
        new WantedHost(
            Optional.empty(),
            Optional.empty(),
            List.of(new Nic("pc", NicReader.read(profile))),
            OptionalLong.empty(),
            watch);
    return new Preflight(List.of(new PtpSource()))
        .check(new SocketElsewhere(directory.resolve("c")), wanted).facts().stream()
            .collect(Collectors.toMap(Fact::id, Function.identity()));
  }

  /** This machine, with ptp4l's socket at a place of the test's own. */
  private record SocketElsewhere(Path socket, HostView host) implements HostView {
    SocketElsewhere(Path socket) {
      this(socket, new RunningHost());
    }

    @Override
    public Optional<String> text(String path) {
      return host.text(path);
    }

    @Override
    public List<String> names(String path) {
      return path.equals("/run") ? List.of("ptp4l") : List.of();
    }

    @Override
    public Optional<String> link(String path) {
      return host.link(path);
    }

    @Override
    public Optional<String> output(String... command) {
      return host.output(
          List.of(command).stream()
              .map(word -> word.equals("/run/ptp4l") ? socket.toString() : word)
              .toArray(String[]::new));
    }

    @Override
    public void pause(Duration duration) {
      host.pause(duration);
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(5, TimeUnit.SECONDS), String.join(" ", command));
    assertEquals(0, process.exitValue(), String.join(" ", command) + ": " + said);
  }
}
