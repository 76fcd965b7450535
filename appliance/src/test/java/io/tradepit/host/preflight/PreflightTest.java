package io.tradepit.host.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.host.preflight.Fact.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order of sources, time that passes once, and a source that breaks. */
@Timeout(10)
class PreflightTest {
  private final List<Duration> told = new ArrayList<>();

  @Test
  void shouldWatchOnceForAllAndShowFactsInTheOrderOfTheSources() {
    FakeHost host = new FakeHost().with("/counter", "1").later("/counter", "5");
    Findings findings =
        new Preflight(List.of(new Counter("a"), new Still(), new Counter("b")))
            .check(host, HealthyHost.wanted(), Set.of(), told::add);
    assertEquals(
        List.of("a.counter", "still.fact", "b.counter"),
        findings.facts().stream().map(Fact::id).toList());
    assertEquals("4", findings.facts().getFirst().found());
    assertEquals(10, told.size());
    assertEquals(Duration.ofSeconds(10), told.getFirst());
  }

  @Test
  void shouldNameASourceThatBreaksAndAskTheOthers() {
    Findings findings =
        new Preflight(List.of(new Broken(), new Still()))
            .check(new FakeHost(), HealthyHost.wanted());
    assertEquals(
        List.of("broken.source", "still.fact"), findings.facts().stream().map(Fact::id).toList());
    assertEquals(Status.FAIL, findings.facts().getFirst().status());
  }

  private record Counter(String group) implements WatchedSource {
    @Override
    public Optional<Watch> begin(HostView host, WantedHost wanted) {
      int before = Integer.parseInt(host.text("/counter").orElseThrow());
      return Optional.of(() ->
          List.of(
              Fact.pass(
                  group + ".counter",
                  group,
                  "any",
                  Integer.toString(
                      Integer.parseInt(host.text("/counter").orElseThrow()) - before))));
    }
  }

  private record Still() implements FactSource {
    @Override
    public String group() {
      return "still";
    }

    @Override
    public List<Fact> facts(HostView host, WantedHost wanted) {
      return List.of(Fact.pass("still.fact", "still", "here", "here"));
    }
  }

  private record Broken() implements FactSource {
    @Override
    public String group() {
      return "broken";
    }

    @Override
    public List<Fact> facts(HostView host, WantedHost wanted) {
      throw new IllegalStateException("file=/proc/x:\n has no y");
    }
  }
}
