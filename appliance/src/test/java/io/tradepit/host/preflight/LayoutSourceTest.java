package io.tradepit.host.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityReader;
import io.tradepit.config.NicProfile;
import io.tradepit.host.preflight.Fact.Status;
import io.tradepit.host.preflight.WantedHost.Nic;
import io.tradepit.host.topology.FakeMachines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Layouts that do not fit their machine, each by the rule that it breaks. */
@Timeout(30)
class LayoutSourceTest {
  private static final String LAYOUT =
      """
      profile: box
      machine:
        {description: x, leastCpus: 16, sockets: 1, numaNodes: 1, smt: "off", l3Groups: [0-15], nicNode: 0}
      housekeeping: {cpus: 0-3, why: the kernel and the virtual machine}
      interrupts: {cpus: 0-1, why: interrupts of the whole machine}
      threads:
        - {name: tp-gw-1, roles: [gateway-1], core: 4, idle: busy-spin, why: polls the members' bytes}
        - {name: tp-seq, roles: [sequencer, recorder], core: 5, idle: busy-spin, why: order and time are decided here}
        - {name: tp-match, roles: [matcher], core: 6, idle: busy-spin, why: beside the sequencer}
        - {name: tp-pub, roles: [publisher], core: 7, idle: yield, why: turns events into packets}
        - {name: tp-media, roles: [media], core: 3, idle: backoff, why: off the path of orders}
        - {name: tp-rest, roles: [admin, feed-recovery], idle: backoff, why: nothing waits for these}
        - {name: tp-snap, roles: [snapshots], idle: backoff, why: waits for the disk at times}
      """;

  private static final String PINNED_EMBEDDED =
      """
      profile: embedded
      machine: {leastCpus: 2}
      threads:
        - {name: tp-gw-1, roles: [gateway-1, publisher], core: 0, idle: yield, why: both face the network}
        - {name: tp-seq, roles: [sequencer, recorder, matcher], core: 1, idle: yield, why: one order and one cache}
        - {name: tp-rest, roles: [admin, feed-recovery, media], idle: backoff, why: nothing waits for these}
        - {name: tp-snap, roles: [snapshots], idle: backoff, why: waits for the disk at times}
      """;

  @Test
  void shouldPassOnTheMachineThatTheLayoutIsFor() {
    List<Fact> facts = facts(FakeMachines.oneSocket16(false), LAYOUT);

    assertEquals(
        List.of(
            "layout.cpus",
            "layout.sockets",
            "layout.nodes",
            "layout.smt",
            "layout.l3-groups",
            "layout.nic",
            "layout.cores",
            "layout.allowed",
            "layout.order-path",
            "layout.poller-node",
            "layout.siblings",
            "layout.core-0",
            "layout.spinners",
            "layout.housekeeping"),
        facts.stream().map(Fact::id).toList());
    assertTrue(facts.stream().allMatch(fact -> fact.status() == Status.PASS), facts.toString());
  }

  @Test
  void shouldSkipWhatAVirtualMachineDoesNotSay() {
    List<Fact> facts = facts(FakeMachines.virtual2(), PINNED_EMBEDDED);

    assertEquals(
        List.of("layout.poller-node"),
        facts.stream().filter(fact -> fact.status() == Status.SKIP).map(Fact::id).toList());
    assertTrue(facts.stream().noneMatch(fact -> fact.status() == Status.FAIL), facts.toString());
    String apart =
        PINNED_EMBEDDED.replace("[sequencer, recorder, matcher]", "[sequencer, recorder]")
            + "  - {name: tp-match, roles: [matcher], core: 0, idle: yield, why: apart from the other}\n";
    assertEquals(
        "the kernel shows no third-level cache for them",
        fact(facts(FakeMachines.virtual2(), apart), "layout.order-path").found());
  }

  @Test
  void shouldSayNothingWithoutALayout() {
    WantedHost wanted =
        new WantedHost(
            Optional.empty(), Optional.empty(), List.of(), OptionalLong.empty(), Duration.ZERO);

    assertEquals(List.of(), new LayoutSource().facts(FakeMachines.virtual2(), wanted));
  }

  @Test
  void shouldNameAnotherMachine() {
    assertFails(
        FakeMachines.virtual2(),
        LAYOUT,
        "layout.cpus",
        "at least 16 that the process may use",
        "2: 0-1");
    assertFails(FakeMachines.twoSockets64(), LAYOUT, "layout.sockets", "1", "2");
    assertFails(FakeMachines.twoSockets64(), LAYOUT, "layout.nodes", "1", "2");
    assertFails(FakeMachines.oneSocket16(true), LAYOUT, "layout.smt", "off", "on");
    assertFails(FakeMachines.amd32(), LAYOUT, "layout.l3-groups", "0-15", "0-7 8-15 16-23 24-31");
    assertFails(
        FakeMachines.twoSockets64()
            .without("/sys/bus/pci/devices/0000:04:00.0")
            .without("/sys/class/net/eno1"),
        LAYOUT,
        "layout.nic",
        "a card at node 0",
        "eth2 at node 1");
  }

  @Test
  void shouldNameCoresThatAreNotThereOrNotAllowed() {
    FakeHost host = FakeMachines.oneSocket16(false);
    assertFails(
        host.with("/sys/devices/system/cpu/online", "0-5,8-15"),
        LAYOUT,
        "layout.cores",
        "each core of a thread online",
        "tp-match core 6, tp-pub core 7 is not online");
    assertFails(
        FakeMachines.oneSocket16(false)
            .with("/proc/self/cgroup", "0::/box")
            .with("/sys/fs/cgroup/box/cpuset.cpus.effective", "0-6,8-15"),
        LAYOUT,
        "layout.allowed",
        "each core of a thread one that the process may use",
        "tp-pub core 7 is not in 0-6,8-15");
  }

  @Test
  void shouldNameSequencerAndMatcherInTwoCaches() {
    assertFails(
        FakeMachines.amd32(),
        LAYOUT.replace("[matcher], core: 6", "[matcher], core: 8"),
        "layout.order-path",
        "sequencer and matcher in one L3",
        "tp-seq core 5 in L3 0-7, tp-match core 8 in L3 8-15");
  }

  @Test
  void shouldNamePollersFarFromTheCard() {
    List<Fact> facts =
        facts(FakeMachines.twoSockets64(), LAYOUT.replace("nicNode: 0", "nicNode: 1"));

    assertEquals(
        "tp-gw-1 core 4, tp-seq core 5, tp-match core 6, tp-pub core 7 is at another node",
        fact(facts, "layout.poller-node").found());
    assertEquals("give it a core of node 1: 32-63", fact(facts, "layout.poller-node").mend());
  }

  @Test
  void shouldTakeTheNodeOfTheCardThatIsNamed() {
    AffinityLayout layout = AffinityReader.readText(Path.of("l.yaml"), LAYOUT);
    NicProfile profile =
        new NicProfile(
            Path.of("n.yaml"),
            "card",
            List.of(),
            List.of("mlx5_core"),
            null,
            null,
            List.of(),
            List.of(),
            List.of(),
            List.of());
    WantedHost wanted =
        new WantedHost(
            Optional.of(layout),
            Optional.empty(),
            List.of(new Nic("eth2", profile)),
            OptionalLong.empty(),
            Duration.ZERO);

    List<Fact> facts = new LayoutSource().facts(FakeMachines.twoSockets64(), wanted);

    assertEquals("eth2 at node 1", fact(facts, "layout.nic").found());
    assertEquals(Status.FAIL, fact(facts, "layout.poller-node").status());
  }

  @Test
  void shouldNameABusySiblingAndCoreZero() {
    String smt = LAYOUT.replace("\"off\"", "\"on\"").replace("[0-15]", "[0-31]");
    FakeHost host = FakeMachines.oneSocket16(true);

    Fact siblings =
        fact(
            facts(host, smt.replace("[matcher], core: 6", "[matcher], core: 21")),
            "layout.siblings");
    assertEquals(
        "tp-seq core 5, tp-match core 21 shares its core with a CPU in use", siblings.found());
    assertEquals("leave the siblings idle (5,20-21,23), or boot with nosmt", siblings.mend());
    assertEquals(
        "tp-match core 16 is on it",
        fact(facts(host, smt.replace("[matcher], core: 6", "[matcher], core: 16")), "layout.core-0")
            .found());
  }

  @Test
  void shouldNameHousekeepingThatIsIsolated() {
    assertFails(
        FakeMachines.oneSocket16(false).with("/sys/devices/system/cpu/isolated", "2-15"),
        LAYOUT,
        "layout.housekeeping",
        "none of 0-3 isolated",
        "isolated are 2-3");
  }

  @Test
  void shouldNameMoreSpinningThreadsThanCores() {
    String three =
        PINNED_EMBEDDED.replace(
            "[admin, feed-recovery, media], idle: backoff",
            "[admin, feed-recovery, media], idle: yield");
    assertFails(
        FakeMachines.virtual2(),
        three,
        "layout.spinners",
        "a core for each spinning thread, at most 2",
        "3 never sleep");
  }

  private static void assertFails(
      FakeHost host, String layout, String id, String expected, String found) {
    Fact fact = fact(facts(host, layout), id);

    assertEquals(Status.FAIL, fact.status(), fact.toString());
    assertEquals(expected, fact.expected());
    assertEquals(found, fact.found());
    assertTrue(!fact.mend().isEmpty());
  }

  private static Fact fact(List<Fact> facts, String id) {
    return facts.stream().filter(fact -> fact.id().equals(id)).findFirst().orElseThrow();
  }

  private static List<Fact> facts(FakeHost host, String layout) {
    WantedHost wanted =
        new WantedHost(
            Optional.of(AffinityReader.readText(Path.of("l.yaml"), layout)),
            Optional.empty(),
            List.of(),
            OptionalLong.empty(),
            Duration.ZERO);
    return new LayoutSource().facts(host, wanted);
  }
}
