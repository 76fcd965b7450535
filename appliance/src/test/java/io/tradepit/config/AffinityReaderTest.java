package io.tradepit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.AffinityLayout.CpuPart;
import io.tradepit.config.AffinityLayout.Smt;
import io.tradepit.config.SegmentConfig.Idle;
import io.tradepit.config.SegmentConfig.Profile;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class AffinityReaderTest {
  private static final Path FILE = Path.of("l.yaml");

  // Line numbers of the table count from the first line of this text.
  private static final String GOOD =
      """
      profile: box
      machine:
        description: one socket
        leastCpus: 8
        sockets: 1
        numaNodes: 1
        smt: "off"
        l3Groups: ["0-3", "4-7"]
        nicNode: 0
      housekeeping: {cpus: 0-1, why: kernel and virtual machine run here}
      interrupts: {cpus: 0, why: the rest of housekeeping stays free}
      threads:
        - {name: tp-gw-1, roles: [gateway-1], core: 4, idle: busy-spin, why: it polls the members}
        - {name: tp-seq, roles: [sequencer, recorder], core: 5, idle: busy-spin, fifo: 50, why: one order and one time}
        - {name: tp-match, roles: [matcher], core: 6, idle: busy-spin, why: beside the sequencer in one cache}
        - {name: tp-pub, roles: [publisher, media], core: 7, idle: yield, why: the feed is not waited for}
        - {name: tp-rest, roles: [admin, feed-recovery], core: any, idle: backoff, why: nothing waits for these two}
        - {name: tp-snap, roles: [snapshots], core: 1, why: waits for the disk now and then}
      """;

  record Broken(String from, String to, String line) {
    @Override
    public String toString() {
      return line;
    }
  }

  private static Broken broken(String from, String to, String line) {
    return new Broken(from, to, "l.yaml:" + line);
  }

  static List<Broken> brokenLayouts() {
    return List.of(
        broken("profile: box\n", "", "1: profile=(missing): allowed one of embedded, box"),
        broken(
            "sockets: 1",
            "socket: 1",
            "2: machine.sockets=(missing): allowed a whole number from 1 to 64"),
        broken(
            "  leastCpus: 8\n",
            "",
            "2: machine.leastCpus=(missing): allowed a whole number from 1 to 8192"),
        broken(
            "leastCpus: 8",
            "leastCpus: 9",
            "4: machine.leastCpus=9: allowed at most the 8 CPUs of l3Groups"),
        broken("smt: \"off\"", "smt: half", "7: machine.smt=half: allowed one of on, off, any"),
        broken(
            "\"4-7\"",
            "\"7-4\"",
            "8: machine.l3Groups=7-4: allowed CPUs in ascending order, such as 0-3,8,"
                + " each in one group"),
        broken(
            "\"4-7\"",
            "\"3-7\"",
            "8: machine.l3Groups=3-7: allowed CPUs in ascending order, such as 0-3,8,"
                + " each in one group"),
        broken(
            "nicNode: 0",
            "nicNode: eth0",
            "9: machine.nicNode=eth0: allowed a whole number from 0 to 63"),
        broken(
            "{cpus: 0-1,",
            "{cpus: 0-9,",
            "10: housekeeping.cpus=0-9: allowed CPUs of machine.l3Groups: 0-7"),
        broken(
            "{cpus: 0-1,",
            "{cpus: all,",
            "10: housekeeping.cpus=all: allowed CPUs in ascending order, such as 0-3,8"),
        broken(
            "{cpus: 0, why",
            "{cpus: 2, why",
            "11: interrupts.cpus=2: allowed CPUs of housekeeping: 0-1"),
        broken(
            "why: the rest of housekeeping stays free",
            "why: because",
            "11: interrupts.why=because: allowed a reason of at least 20 characters"),
        broken(
            "name: tp-match",
            "name: tp-the-matcher-1",
            "15: threads[2].name=tp-the-matcher-1:"
                + " allowed tp- and 1 to 12 of a-z, 0-9 and -, such as tp-seq"),
        broken(
            "[matcher], core: 6",
            "[matcher], core: 5",
            "15: threads[2].core=5: allowed another core than that of tp-seq, one spins"),
        broken(
            "[matcher], core: 6",
            "[matcher], core: 8",
            "15: threads[2].core=8: allowed one of machine.l3Groups: 0-7"),
        broken(
            "[matcher], core: 6",
            "[matcher], core: any",
            "15: threads[2].core=any:"
                + " allowed the number of a core, since it spins and the profile is box"),
        broken(
            "[publisher, media], core: 7",
            "[publisher, media], core: 1",
            "16: threads[3].core=1: allowed one without housekeeping, since it never sleeps"),
        broken(
            "fifo: 50",
            "fifo: 100",
            "14: threads[1].fifo=100: allowed a whole number from 1 to 99"),
        broken(
            "idle: backoff",
            "idle: sleep",
            "17: threads[4].idle=sleep: allowed one of busy-spin, yield, backoff"),
        broken(
            "[admin, feed-recovery]",
            "[admin]",
            "13: threads=without feed-recovery: allowed each role on one thread: publisher,"
                + " sequencer, matcher, recorder, media, admin, feed-recovery, snapshots,"
                + " gateway-1 to gateway-16"),
        broken(
            "[gateway-1]",
            "[gateway-17]",
            "13: threads[0].roles=gateway-17: allowed one of publisher, sequencer, matcher,"
                + " recorder, media, admin, feed-recovery, snapshots, gateway-1 to gateway-16,"
                + " each once in all"),
        broken(
            "[admin, feed-recovery]",
            "[admin, feed-recovery, gateway-1]",
            "17: threads[4].roles=gateway-1: allowed one of publisher, sequencer, matcher,"
                + " recorder, media, admin, feed-recovery, snapshots, gateway-1 to gateway-16,"
                + " each once in all"),
        broken(
            "why: waits for the disk now and then",
            "wyh: waits for the disk now and then",
            "18: threads[5].why=(missing): allowed a reason of at least 20 characters"));
  }

  @ParameterizedTest
  @MethodSource("brokenLayouts")
  void shouldNameKeyValueAndLineWhenALayoutIsBroken(Broken broken) {
    assertTrue(GOOD.contains(broken.from), broken.from);
    String text = GOOD.replace(broken.from, broken.to);

    ConfigException e =
        assertThrows(ConfigException.class, () -> AffinityReader.readText(FILE, text));

    assertEquals(broken.line, e.problems().getFirst());
    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
  }

  @Test
  void shouldNameAThreadThatSpinsUnderFifoOnAnyCoreInTheEmbeddedProfileToo() {
    String text =
        """
        profile: embedded
        machine: {leastCpus: 2}
        threads:
          - {name: tp-a, roles: [gateway-1, publisher, media, admin, feed-recovery], idle: yield, fifo: 1, why: wrong by intention here}
          - {name: tp-b, roles: [sequencer, matcher, recorder], core: any, idle: busy-spin, why: allowed in this profile}
          - {name: tp-snap, roles: [snapshots], why: alone on its own thread}
        """;

    ConfigException e =
        assertThrows(ConfigException.class, () -> AffinityReader.readText(FILE, text));

    assertEquals(
        List.of(
            "l.yaml:4: threads[0].core=(missing):"
                + " allowed the number of a core, since it spins under SCHED_FIFO"),
        e.problems());
    Tier.ran("broken layouts", "cases=" + (brokenLayouts().size() + 1));
  }

  @Test
  void shouldReadEveryValue() {
    AffinityLayout layout = AffinityReader.readText(FILE, GOOD);

    assertEquals(FILE, layout.file());
    assertEquals(Profile.BOX, layout.profile());
    assertEquals(
        new AffinityLayout.MachineModel(
            "one socket",
            8,
            1,
            1,
            List.of(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7)),
            Smt.OFF,
            OptionalInt.of(0)),
        layout.machine());
    assertEquals(
        new CpuPart(List.of(0, 1), "kernel and virtual machine run here"), layout.housekeeping());
    assertEquals(List.of(0), layout.interrupts().cpus());
    assertEquals(List.of(2, 3, 4, 5, 6, 7), layout.isolated());
    assertEquals(6, layout.threads().size());
    assertEquals(
        new ThreadPlan(
            "tp-seq",
            List.of("sequencer", "recorder"),
            OptionalInt.of(5),
            Idle.BUSY_SPIN,
            OptionalInt.of(50)),
        layout.plans().get(1));
    assertEquals("one order and one time", layout.threads().get(1).why());
  }
}
