package io.tradepit.host.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.config.NicProfile;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What this machine has of network interfaces, read by the real ethtool and /sys against the
 * profile of virtual devices. Real cards are in {@link BrokenPagesAndCardsTest}, as texts.
 */
@Timeout(30)
class VirtualCardTest {
  private static final NicProfile PROFILE =
      NicReader.read(Path.of("").toAbsolutePath().getParent().resolve("nic-config/virtual.yaml"));
  private static final String VETH = "tpv" + ProcessHandle.current().pid() % 100_000;

  @Test
  void shouldSkipWhatLoopbackDoesNotHaveAndFailWhatIsOtherwise() {
    Map<String, Fact> facts = facts("lo");

    assertEquals(Status.PASS, facts.get("nic.lo.there").status());
    assertEquals(Status.PASS, facts.get("nic.lo.carrier").status());
    assertEquals(Status.FAIL, facts.get("nic.lo.link.mtu").status());
    assertEquals(Status.SKIP, facts.get("nic.lo.driver").status());
    assertEquals(Status.SKIP, facts.get("nic.lo.interrupts").status());
  }

  @Test
  void shouldReadEveryInterfaceOfThisMachine() {
    for (String name : new RunningHost().names("/sys/class/net")) {
      if (Files.isDirectory(Path.of("/sys/class/net", name))) {
        Map<String, Fact> facts = facts(name);
        assertEquals(Status.PASS, facts.get("nic." + name + ".there").status());
        assertEquals(PROFILE.settings().size() + 4, facts.size() - firmware(facts), name);
      }
    }
  }

  private static int firmware(Map<String, Fact> facts) {
    return (int) facts.keySet().stream().filter(id -> id.endsWith(".firmware")).count();
  }

  /** What the profile's own command sets is what is read back. */
  @Test
  void shouldSeeWhatTheProfilesCommandsChange() throws IOException, InterruptedException {
    assumeTrue(Files.isWritable(Path.of("/etc/shadow")), "no veth without root: not run");
    assumeTrue(new RunningHost().output("ethtool", "--version").isPresent(), "ethtool: not there");
    run("ip", "link", "add", VETH, "type", "veth", "peer", "name", VETH + "p");
    try {
      run("ip", "link", "set", VETH + "p", "up");
      run("ip", "link", "set", VETH, "up", "mtu", "9000");
      run("ethtool", "-K", VETH, "gro", "on");
      Map<String, Fact> before = facts(VETH);
      for (String id : List.of("link.mtu", "offloads.gro")) {
        Fact fact = before.get("nic." + VETH + "." + id);
        assertEquals(Status.FAIL, fact.status(), fact.toString());
        run(fact.mend().split(" ", -1));
      }
      Map<String, Fact> after = facts(VETH);
      List<Fact> failed =
          after.values().stream().filter(fact -> fact.status() == Status.FAIL).toList();
      assertEquals(List.of(), failed);
      assertEquals("veth", after.get("nic." + VETH + ".driver").found());
    } finally {
      run("ip", "link", "del", VETH);
    }
  }

  private static Map<String, Fact> facts(String networkInterface) {
    WantedHost wanted =
        new WantedHost(
            Optional.empty(),
            Optional.empty(),
            List.of(new Nic(networkInterface, PROFILE)),
            OptionalLong.empty(),
            Duration.ZERO);
    List<Fact> facts = new ArrayList<>(new NicSource().facts(new RunningHost(), wanted));
    assertEquals(List.of(), new PcieSource().facts(new RunningHost(), wanted));
    return facts.stream().collect(Collectors.toMap(Fact::id, Function.identity()));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(5, TimeUnit.SECONDS), String.join(" ", command));
    assertEquals(0, process.exitValue(), String.join(" ", command) + ": " + said);
  }
}
