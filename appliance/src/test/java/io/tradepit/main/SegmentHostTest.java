package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.StartException;
import io.tradepit.host.HostRefusedException;
import io.tradepit.host.JvmPages;
import io.tradepit.host.PageReport;
import io.tradepit.host.preflight.Fact;
import io.tradepit.host.preflight.Findings;
import io.tradepit.host.preflight.Preflight;
import io.tradepit.host.preflight.RunningHost;
import io.tradepit.host.preflight.WantedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SegmentHostTest {
  private static final List<String> LARGE = List.of("-Xmx1g", "-XX:+UseLargePages");
  private static final Fact SMT =
      Fact.fail("cpu.smt", "cpu", "off", "on", "echo off > /sys/devices/system/cpu/smt/control");
  private static final Fact SWAP = Fact.fail("memory.swap", "memory", "none", "1", "swapoff -a");
  private static final Fact CLOCK = Fact.pass("clock.source", "clock", "tsc", "tsc");

  private static final Path PLANS = Path.of("../hugepages").toAbsolutePath().normalize();

  @TempDir private Path directory;

  @Test
  void shouldRefuseSmallPagesOfAJvmThatWasAskedForHugeOnes() throws IOException {
    HostRefusedException refused =
        assertThrows(
            HostRefusedException.class,
            () -> SegmentHost.requirePages(config(""), LARGE, jvm(false)));

    assertTrue(
        refused
            .getMessage()
            .startsWith(
                "jvm.heap bytes=1073741824 pageKb=4 wantedKb=2048 because=-XX:+UseLargePages:"),
        refused.getMessage());
    assertEquals(HostRefusedException.Kind.JVM, refused.kind());
  }

  @Test
  void shouldTakeHugePagesAndSmallOnesThatNoOneAskedToBeHuge() throws IOException {
    assertDoesNotThrow(() -> SegmentHost.requirePages(config(""), LARGE, jvm(true)));
    assertDoesNotThrow(() -> SegmentHost.requirePages(config(""), List.of(), jvm(false)));
  }

  @Test
  void shouldTakeSmallPagesThatAreAccepted() throws IOException {
    SegmentConfig config = config("host: {accept: [jvm.hugetlb]}\n");

    assertDoesNotThrow(() -> SegmentHost.requirePages(config, LARGE, jvm(false)));
  }

  @Test
  void shouldGoByThePlanOfPages() throws IOException {
    SegmentConfig huge = config("host: {hugepages: " + PLANS.resolve("one-socket-16.yaml") + "}\n");
    assertTrue(
        assertThrows(
                HostRefusedException.class,
                () -> SegmentHost.requirePages(huge, List.of(), jvm(false)))
            .getMessage()
            .contains("because=host.hugepages"));
    assertEquals(0, SegmentHost.nodeOfState(huge).orElseThrow());

    SegmentConfig small = config("host: {hugepages: " + PLANS.resolve("embedded.yaml") + "}\n");
    assertDoesNotThrow(() -> SegmentHost.requirePages(small, List.of(), jvm(false)));
    assertDoesNotThrow(() -> SegmentHost.requirePages(small, LARGE, jvm(false)));
    assertTrue(SegmentHost.nodeOfState(small).isEmpty());
  }

  @Test
  void shouldRefuseAMachineThatFailsPreflightWithALineForEachFailure() {
    StartException refused =
        assertThrows(
            StartException.class,
            () ->
                SegmentHost.judged(
                    new Findings(List.of(SMT, CLOCK, SWAP), Set.of("clock.source")), true));

    assertEquals(ExitCode.HOST, refused.exitCode());
    assertEquals(
        List.of(
            "preflight=cpu.smt expected=off found=on: echo off > /sys/devices/system/cpu/smt/control;"
                + " or accept it by host.accept: [cpu.smt]",
            "preflight=memory.swap expected=none found=1: swapoff -a;"
                + " or accept it by host.accept: [memory.swap]"),
        refused.getMessage().lines().toList());
  }

  @Test
  void shouldGoOnWhenWhatFailsIsAccepted() {
    Findings accepted =
        new Findings(List.of(SMT, CLOCK, SWAP), Set.of("cpu.smt", "memory.swap", "nic.x"));

    assertEquals(List.of(SMT, SWAP), SegmentHost.judged(accepted, true));
  }

  /** It traded on this machine until a moment ago. */
  @Test
  void shouldBeginTheNextDayOnAMachineThatFailsByNow() {
    Findings failing = new Findings(List.of(SMT, CLOCK), Set.of("clock.source"));

    assertEquals(List.of(), SegmentHost.judged(failing, false));
  }

  @Test
  void shouldAskTheMachineForThePlacesOfThreadsOfTheFileItself() throws IOException {
    TestSegment segment = new TestSegment(directory).write();
    String text = Files.readString(segment.file);
    Files.writeString(segment.file, text.replaceFirst("core: any", "core: 0"));
    WantedHost wanted = SegmentHost.wanted(SegmentConfigReader.read(segment.file, directory));

    assertTrue(wanted.starting());
    List<String> facts =
        Preflight.standard().check(new RunningHost(), wanted).facts().stream()
            .filter(fact -> fact.status() == Fact.Status.PASS)
            .map(Fact::id)
            .toList();
    assertTrue(facts.containsAll(List.of("layout.cores", "layout.allowed", "limits.nofile")));
  }

  /** What listens on loopback is reached by no card, and a port that is picked is not known. */
  @Test
  void shouldAskCardsForThePortsThatMembersReach() throws IOException {
    TestSegment segment = new TestSegment(directory).write();
    String text = Files.readString(segment.file);
    String gateway = "address: 127.0.0.1, port: " + segment.orderEntry.getPort() + "}";
    assertTrue(text.contains(gateway), text);

    assertEquals(List.of(), ports(segment.file, text));
    assertEquals(
        List.of(9001), ports(segment.file, text.replace(gateway, "address: 0.0.0.0, port: 9001}")));
    assertEquals(
        List.of(), ports(segment.file, text.replace(gateway, "address: 0.0.0.0, port: 0}")));
  }

  private List<Integer> ports(Path file, String text) throws IOException {
    Files.writeString(file, text);
    return WantedHost.Nic.ports(SegmentConfigReader.read(file, directory));
  }

  private SegmentConfig config(String host) throws IOException {
    TestSegment segment = new TestSegment(directory).write();
    Files.writeString(segment.file, Files.readString(segment.file) + host);
    return SegmentConfigReader.read(segment.file, directory);
  }

  private static JvmPages jvm(boolean huge) {
    long gib = 1 << 30;
    PageReport heap = new PageReport(0, "", gib, huge ? 2 << 20 : 4096, 0, 0, 0, huge ? gib : 0);
    return new JvmPages(heap, heap);
  }
}
