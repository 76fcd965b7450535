package io.tradepit.host.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.host.preflight.Fact.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Services by the names of their units, and programs that steer the clock together. */
@Timeout(10)
class ServiceSourceTest {
  private static final String WANTS = "/etc/systemd/system/";

  private final FakeHost host = HealthyHost.machine();

  @Test
  void shouldLetTimemasterRunWhatItJoins() {
    run("timemaster", "chronyd", "ptp4l", "phc2sys");
    assertEquals("chronyd, phc2sys under timemaster", fact("clock").found());
    assertEquals(Status.PASS, fact("clock").status());

    HealthyTasks.process(host, 850, "systemd-timesyn");
    assertEquals(Status.FAIL, fact("clock").status());
  }

  @Test
  void shouldNameTheUnitsOfPrograms() {
    run("unattended-upgr", "packagekitd", "power-profiles-", "fwupd", "irqbalance");
    assertEquals("systemctl disable --now irqbalance.service", fact("irqbalance").mend());
    assertEquals("systemctl disable --now power-profiles-daemon.service", fact("power").mend());
    assertEquals("systemctl mask --now fwupd.service", fact("fwupd").mend());
    assertEquals(
        "systemctl disable --now unattended-upgrades.service; systemctl mask --now"
            + " packagekit.service",
        fact("upgrades").mend());
  }

  @Test
  void shouldFindAServiceThatRunsForAMomentOnlyByItsLink() {
    host.withLink(WANTS + "multi-user.target.wants/tlp.service", "/lib/systemd/system/tlp.service");
    assertEquals("tlp.service is enabled", fact("power").found());
    host.withLink(WANTS + "tlp.service", "/dev/null");
    assertEquals(Status.PASS, fact("power").status());
  }

  private void run(String... programs) {
    for (int i = 0; i < programs.length; i++) {
      HealthyTasks.process(host, 800 + 4 * i, programs[i]);
    }
  }

  private Fact fact(String name) {
    return new ServiceSource()
        .facts(host, HealthyHost.wanted()).stream()
            .filter(fact -> fact.id().equals("services." + name))
            .findFirst()
            .orElseThrow();
  }
}
