package io.tradepit.host.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.host.preflight.Fact.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits of a start, and of the unit that would start a segment. */
@Timeout(10)
class LimitSourceTest {
  private static final String SYSTEM = "/etc/systemd/system/";
  private static final String UNIT = SYSTEM + "tradepit@.service";
  private static final String SHIPPED = "[Service]\nLimitMEMLOCK=infinity\n";

  private static final WantedHost TOOL =
      new WantedHost(
          Optional.of(HealthyHost.layout()),
          Optional.empty(),
          List.of(),
          OptionalLong.empty(),
          Duration.ZERO);

  @Test
  void shouldJudgeAStartByItsOwnProcessWhateverTheUnitSays() {
    FakeHost host = HealthyHost.machine().with(UNIT, SHIPPED);
    WantedHost start =
        WantedHost.ofStart(Optional.of(HealthyHost.layout()), Optional.empty(), List.of());
    Fact priority = fact("rtprio", host, start);
    assertEquals(Status.PASS, priority.status());
    assertEquals("this process: 99", priority.found());
  }

  @Test
  void shouldReadTheDropInsOfTheUnitTheLastOneWins() {
    FakeHost host = HealthyHost.machine().with(UNIT, SHIPPED);
    assertEquals("tradepit@.service: not set", fact("rtprio", host, TOOL).found());

    host.with(SYSTEM + "tradepit@main.service.d/fifo.conf", "[Service]\nLimitRTPRIO=50\n");
    assertEquals("tradepit@.service with drop-ins: 50", fact("rtprio", host, TOOL).found());
    assertEquals(Status.PASS, fact("rtprio", host, TOOL).status());

    host.with(SYSTEM + "tradepit@.service.d/90-less.conf", "[Service]\nLimitRTPRIO=70\n");
    assertEquals(Status.PASS, fact("rtprio", host, TOOL).status());
    host.with(SYSTEM + "tradepit@.service.d/zz.conf", "LimitRTPRIO=99\nLimitRTPRIO=10\n");
    assertEquals(Status.FAIL, fact("rtprio", host, TOOL).status());
    assertEquals(Status.PASS, fact("memlock", host, TOOL).status());
  }

  @Test
  void shouldTakeTheSoftLimitOfAUnitAsOfAProcess() {
    FakeHost host = HealthyHost.machine().with(UNIT, "LimitMEMLOCK=64M:infinity");
    assertEquals(Status.FAIL, fact("memlock", host, TOOL).status());
    host.with(UNIT, "LimitNOFILE=1024:524288");
    Fact files = fact("nofile", host, TOOL);
    assertEquals("tradepit@.service: 524288", files.found());
    assertEquals(Status.PASS, files.status());
  }

  private static Fact fact(String name, FakeHost host, WantedHost wanted) {
    return new LimitSource()
        .facts(host, wanted).stream()
            .filter(fact -> fact.id().equals("limits." + name))
            .findFirst()
            .orElseThrow();
  }
}
