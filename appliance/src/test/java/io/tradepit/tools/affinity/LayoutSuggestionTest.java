package io.tradepit.tools.affinity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityReader;
import io.tradepit.config.ConfigException;
import io.tradepit.config.SegmentConfig.Idle;
import io.tradepit.config.SegmentConfig.Profile;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.host.CpuList;
import io.tradepit.host.preflight.Fact;
import io.tradepit.host.preflight.Fact.Status;
import io.tradepit.host.preflight.FakeHost;
import io.tradepit.host.preflight.HostView;
import io.tradepit.host.preflight.LayoutSource;
import io.tradepit.host.preflight.RunningHost;
import io.tradepit.host.preflight.WantedHost;
import io.tradepit.host.topology.FakeMachines;
import io.tradepit.host.topology.Topology;
import io.tradepit.tools.terminal.TerminalStyle;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** What is proposed is read as it was meant, and breaks no rule on its machine. */
@Timeout(30)
class LayoutSuggestionTest {
  private static final String CPU = "/sys/devices/system/cpu";

  @Test
  void shouldProposeWhatTheReaderTakesAndNoRuleRefuses() {
    for (int gateways : new int[] {1, 2, 4, 9, 16}) {
      assertSound(FakeMachines.oneSocket16(false), gateways);
      assertSound(FakeMachines.oneSocket16(true), gateways);
      assertSound(FakeMachines.twoSockets64(), gateways);
      assertSound(FakeMachines.amd32(), gateways);
      assertSound(FakeMachines.amd(24, 3), gateways);
      assertSound(FakeMachines.amd(16, 2), gateways);
      assertSound(FakeMachines.virtual2(), gateways);
      assertSound(FakeMachines.virtual2().with(CPU + "/online", "0"), gateways);
      assertSound(FakeMachines.oneSocket16(false).with(CPU + "/online", "0-6"), gateways);
      assertSound(
          FakeMachines.amd32()
              .with("/proc/self/cgroup", "0::/box")
              .with("/sys/fs/cgroup/box/cpuset.cpus.effective", "4-29"),
          gateways);
    }
  }

  @Test
  void shouldFitThisMachine() {
    assertSound(Topology.read(new RunningHost()), new RunningHost(), 1);
  }

  private static void assertSound(FakeHost host, int gateways) {
    assertSound(Topology.read(host), host, gateways);
  }

  private static void assertSound(Topology machine, HostView host, int gateways) {
    AffinityLayout layout = suggested(machine, gateways);
    WantedHost wanted =
        new WantedHost(
            Optional.of(layout), Optional.empty(), List.of(), OptionalLong.empty(), Duration.ZERO);

    for (Fact fact : new LayoutSource().facts(host, wanted)) {
      assertTrue(fact.status() != Status.FAIL, gateways + " gateways: " + fact);
    }
  }

  private static AffinityLayout suggested(Topology machine, int gateways) {
    LayoutSuggestion suggestion = new LayoutSuggestion(machine, Optional.empty(), gateways);
    AffinityLayout layout = suggestion.layout();
    AffinityLayout read =
        AffinityReader.readText(layout.file(), LayoutText.of(layout, suggestion.notes()));
    assertEquals(layout, read);
    return read;
  }

  @Test
  void shouldKeepTheOrderPathAtTheCardsNode() {
    AffinityLayout layout = suggested(Topology.read(FakeMachines.amd32()), 1);

    assertEquals("0-7", CpuList.text(layout.housekeeping().cpus()));
    assertEquals("0-1", CpuList.text(layout.interrupts().cpus()));
    assertEquals(
        "{tp-archive=11, tp-gw-1=8, tp-match=10, tp-media=13, tp-pub=12, tp-seq=9}", cores(layout));

    Topology two = Topology.read(FakeMachines.twoSockets64());
    LayoutSuggestion named = new LayoutSuggestion(two, Optional.of("eth2"), 2);
    AffinityLayout far = named.layout();
    assertEquals("0-35", CpuList.text(far.housekeeping().cpus()));
    assertEquals("0-1,32-33", CpuList.text(far.interrupts().cpus()));
    assertEquals(
        "{tp-archive=39, tp-gw-1=36, tp-gw-2=40, tp-match=38, tp-media=42, tp-pub=41, tp-seq=37}",
        cores(far));
    assertEquals(List.of("Members' card: eth2, as named."), named.notes());
  }

  @Test
  void shouldKeepSequencerAndMatcherInOneSmallCache() {
    assertEquals(
        "{tp-archive=9, tp-gw-1=6, tp-match=8, tp-media=11, tp-pub=10, tp-seq=7}",
        cores(suggested(Topology.read(FakeMachines.amd(24, 3)), 1)));
    assertEquals(
        "{tp-archive=7, tp-gw-1=6, tp-match=5, tp-media=9, tp-pub=8, tp-seq=4}",
        cores(suggested(Topology.read(FakeMachines.amd(16, 2)), 1)));
  }

  @Test
  void shouldRefuseADirectoryWithoutAMachine() {
    Path typo = Path.of("/typo");
    AffinityLayout layout = suggested(Topology.read(FakeMachines.virtual2()), 1);
    AffinityTool tool =
        new AffinityTool(
            new RunningHost(typo), typo, TerminalStyle.PLAIN, new PrintWriter(Writer.nullWriter()));
    for (Executable command :
        List.<Executable>of(
            () -> tool.show(Optional.empty(), 80),
            () -> tool.check(layout, Optional.empty()),
            () -> tool.suggest(Optional.empty(), 1, Optional.empty()))) {
      assertEquals(
          List.of("root=/typo: no CPUs below it"),
          assertThrows(ConfigException.class, command).problems());
    }
  }

  @Test
  void shouldLeaveTheSiblingsOfPollersIdle() {
    AffinityLayout layout = suggested(Topology.read(FakeMachines.oneSocket16(true)), 1);

    assertEquals("0-3,16-19", CpuList.text(layout.housekeeping().cpus()));
    assertEquals("4-15,20-31", CpuList.text(layout.isolated()));
  }

  @Test
  void shouldProposeTheEmbeddedThreadsOnTwoCoresAndSaySo() {
    Topology machine = Topology.read(FakeMachines.virtual2());
    LayoutSuggestion suggestion = new LayoutSuggestion(machine, Optional.of("eth0"), 1);
    AffinityLayout layout = suggestion.layout();

    assertEquals(Profile.EMBEDDED, layout.profile());
    assertEquals("{tp-gw-1=0, tp-seq=1}", cores(layout));
    assertTrue(layout.plans().stream().allMatch(plan -> plan.idle() == Idle.BACKOFF));
    assertTrue(suggestion.notes().get(1).startsWith("Too few cores for a box: 4 threads"));
  }

  @Test
  void shouldRecordOnTheSequencersThreadWhereACoreIsMissing() {
    FakeHost host = FakeMachines.oneSocket16(false).with(CPU + "/online", "0-5");
    AffinityLayout layout = suggested(Topology.read(host), 1);

    assertEquals("{tp-gw-1=2, tp-match=4, tp-pub=5, tp-seq=3}", cores(layout));
    assertEquals(List.of("sequencer", "recorder"), layout.plans().get(1).roles());
  }

  @Test
  void shouldNameACardThatIsNotThere() {
    Topology machine = Topology.read(FakeMachines.twoSockets64());

    ConfigException e =
        assertThrows(
            ConfigException.class, () -> new LayoutSuggestion(machine, Optional.of("eth9"), 1));

    assertEquals(List.of("--nic=eth9: allowed one of eno1, eth2"), e.problems());
    assertEquals(
        "Cards are at several nodes: --nic names the members' one; taken is the first.",
        new LayoutSuggestion(machine, Optional.empty(), 1).notes().getFirst());
  }

  private static String cores(AffinityLayout layout) {
    TreeMap<String, Integer> cores = new TreeMap<>();
    for (ThreadPlan plan : layout.plans()) {
      plan.core().ifPresent(core -> cores.put(plan.name(), core));
    }
    return cores.toString();
  }
}
