package io.tradepit.host.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.host.preflight.Fact.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Machines that show little, or nonsense: facts are skipped or fail by name, nothing breaks. */
@Timeout(120)
class OddHostsTest {
  private static final List<String> NONSENSE =
      List.of("", " ", "\u0000\u0000", "-1", "0-99999999999", "zzz", "1,,2", "[", "\n\n", "%s\\");

  @Test
  void shouldBreakNoSourceWhenThereIsNothingToRead() {
    Findings findings = Preflight.standard().check(new FakeHost(), HealthyHost.wanted());
    assertNoSourceBroke(findings, "an empty machine");
    assertTrue(findings.count(Status.SKIP) > 10);
    assertOneLineEach(findings);
  }

  @Test
  void shouldFailNothingWhereNothingIsAskedFor() {
    Findings findings = Preflight.standard().check(HealthyHost.machine(), nothing());
    assertEquals(List.of(), findings.failures());
    assertFalse(findings.facts().isEmpty());
  }

  @Test
  void shouldSkipOrFailByNameWhenAnyOneFileIsGone() {
    List<String> files = HealthyHost.machine().files();
    for (String file : some(files)) {
      FakeHost host = HealthyHost.machine().unreadable(file);
      assertNoSourceBroke(Preflight.standard().check(host, HealthyHost.wanted()), file);
    }
    Tier.ran("hosts with a file that cannot be read", "hosts=" + some(files).size());
  }

  @Test
  void shouldSkipOrFailByNameWhenAnyOneFileIsNonsense() {
    Random random = new Random(Tier.seed(1));
    List<String> files = HealthyHost.machine().files();
    for (String file : some(files)) {
      String nonsense = NONSENSE.get(random.nextInt(NONSENSE.size()));
      FakeHost host = HealthyHost.machine().with(file, nonsense).later(file, nonsense);
      Findings findings = Preflight.standard().check(host, HealthyHost.wanted());
      assertNoSourceBroke(findings, file + "=" + nonsense);
      assertOneLineEach(findings);
    }
    Tier.ran("hosts with a file of nonsense", "hosts=" + some(files).size());
  }

  @Test
  void shouldStaySaneWhenEachFileIsEnormous() {
    FakeHost host = HealthyHost.machine();
    String enormous = "9".repeat(1 << 20);
    for (String file :
        List.of(
            "/proc/cmdline",
            "/proc/interrupts",
            "/proc/swaps",
            "/proc/cpuinfo",
            "/sys/devices/system/cpu/isolated",
            "/proc/irq/24/effective_affinity_list")) {
      host.with(file, enormous);
    }
    Findings findings = Preflight.standard().check(host, HealthyHost.wanted());
    assertNoSourceBroke(findings, "enormous files");
    findings.facts().forEach(fact -> assertTrue(fact.found().length() < 2000, fact.id()));
  }

  @Test
  void shouldNotTakeShootdownsForFunctionCalls() {
    FakeHost host =
        HealthyHost.machine().later("/proc/interrupts", HealthyKernel.shootdowns(6, 40));
    assertEquals(List.of(), Preflight.standard().check(host, HealthyHost.wanted()).failures());
  }

  @Test
  void shouldTakeTheNumberedTimerOfAnArmForATimer() {
    String table = HealthyKernel.interrupts("", 0, 0);
    String row = "\n 11:" + "%11d".repeat(HealthyHost.CPUS) + "  GICv3  27 Level     arch_timer";
    FakeHost host =
        HealthyHost.machine()
            .with("/proc/interrupts", table + row.replace("%11d", " 7"))
            .later("/proc/interrupts", table + row.replace("%11d", " 9"));
    assertEquals(List.of(), Preflight.standard().check(host, HealthyHost.wanted()).failures());
  }

  @Test
  void shouldNotTakeAThreadThatCannotBeReadForOneThatIsQuiet() {
    FakeHost host = HealthyHost.machine().without("/proc/" + HealthyHost.PID + "/task/4252");
    Findings findings = Preflight.standard().check(host, HealthyHost.wanted());
    assertEquals(Status.SKIP, fact(findings, "agents.switches").status());
    assertEquals(Status.SKIP, fact(findings, "agents.faults").status());
    assertTrue(fact(findings, "agents.faults").found().endsWith("of tp-match"));
  }

  @Test
  void shouldLeaveACoreAloneThatAnotherSegmentIsPinnedTo() {
    FakeHost host = HealthyHost.machine().with("/proc/sys/kernel/random/boot_id", "boot");
    List<Integer> spun = new ArrayList<>();
    NoiseSource noise =
        new NoiseSource(
            (cores, duration) -> {
              spun.addAll(cores);
              return Map.of();
            },
            Optional.of("boot"));
    WantedHost notRunning =
        new WantedHost(
            Optional.of(HealthyHost.layout()),
            Optional.empty(),
            List.of(),
            OptionalLong.empty(),
            Duration.ofSeconds(1));
    Findings findings = new Preflight(List.of(noise)).check(host, notRunning);
    assertEquals(List.of(10, 11, 12, 13, 14, 15), spun);
    assertTrue(fact(findings, "noise.cpu6").found().startsWith("tp-match (4252) of process 4242"));
  }

  @Test
  void shouldReadTheFlagsOfAFileAndSizesNotTexts() {
    String process = "/proc/" + HealthyHost.PID + "/cmdline";
    String flags =
        """
        # of the profile
        -XX:+UseCountedLoopSafepoints -XX:LoopStripMiningIter=1000
        -Xms1g   # as much as
        -Xmx1024m
        -XX:+UseParallelGC -XX:+AlwaysPreTouch
        -XX:+UseLargePages\
        """;
    FakeHost host =
        HealthyHost.machine()
            .with(process, "/usr/bin/java\0@/opt/tradepit/jvm/box.flags\0-cp\0x\0")
            .with("/opt/tradepit/jvm/box.flags", flags);
    assertEquals(List.of(), Preflight.standard().check(host, HealthyHost.wanted()).failures());
    host.replace("/opt/tradepit/jvm/box.flags", "1024m", "1025m");
    Findings findings = Preflight.standard().check(host, HealthyHost.wanted());
    assertEquals(List.of("jvm.heap"), findings.failures().stream().map(Fact::id).toList());
  }

  @Test
  void shouldTakeAHolderOfTheLatencyForALimitOfIdleStates() {
    String state = "/sys/devices/system/cpu/cpu5/cpuidle/state2";
    FakeHost host = HealthyHost.machine();
    host.withAll(state, "name", "C6", "latency", "190", "disable", "0", "usage", "12");
    host.withLink("/proc/700/fd/7", "/dev/cpu_dma_latency");
    Findings held = Preflight.standard().check(host, HealthyHost.wanted());
    assertEquals(List.of(), held.failures());
    assertTrue(fact(held, "cpu.idle_states").found().startsWith("sshd (700) holds"));

    host.later(state + "/usage", "15");
    Findings entered = Preflight.standard().check(host, HealthyHost.wanted());
    assertEquals(List.of("cpu.idle"), entered.failures().stream().map(Fact::id).toList());
  }

  private static Fact fact(Findings findings, String id) {
    return findings.facts().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }

  private static WantedHost nothing() {
    return new WantedHost(
        Optional.empty(), Optional.empty(), List.of(), OptionalLong.empty(), Duration.ofSeconds(1));
  }

  /** Another choice with another seed; in the long tier all. */
  private static List<String> some(List<String> files) {
    List<String> some = new ArrayList<>(files);
    Collections.shuffle(some, new Random(Tier.seed(1)));
    return some.subList(0, (int) Tier.count(40, files.size()));
  }

  private static void assertNoSourceBroke(Findings findings, String how) {
    assertEquals(
        List.of(),
        findings.facts().stream()
            .filter(fact -> fact.id().endsWith(".source"))
            .filter(fact -> "readable".equals(fact.expected()))
            .toList(),
        how);
  }

  private static void assertOneLineEach(Findings findings) {
    TreeSet<String> ids = new TreeSet<>();
    for (Fact fact : findings.facts()) {
      assertTrue(ids.add(fact.id()), "twice " + fact.id());
      assertFalse(
          (fact.expected() + fact.found() + fact.mend()).contains("\n"), "lines of " + fact.id());
      assertFalse(fact.found().isBlank(), "nothing found by " + fact.id());
      assertTrue(fact.status() != Status.FAIL || !fact.mend().isBlank(), "mend of " + fact.id());
    }
  }
}
