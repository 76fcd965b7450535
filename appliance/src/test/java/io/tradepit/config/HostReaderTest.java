package io.tradepit.config;

import static io.tradepit.config.SegmentConfigReaderTest.GOOD;
import static io.tradepit.config.SegmentConfigReaderTest.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The section {@code host} of a segment's file, and the files that it names. */
@Timeout(30)
class HostReaderTest {
  private static final String THREADS =
      GOOD.substring(GOOD.indexOf("threads:"), GOOD.indexOf("admin:"));

  private static final String LAYOUT =
      """
      profile: %s
      machine: {description: any, leastCpus: 2, sockets: 1, numaNodes: 1, smt: any, l3Groups: ["0-7"]}
      housekeeping: {cpus: 0-1, why: kernel and virtual machine run here}
      interrupts: {cpus: 0-1, why: all of housekeeping takes interrupts}
      threads:
        - {name: tp-gw-1, roles: [%s, publisher], core: 2, idle: busy-spin, why: it polls the members}
        - {name: tp-seq, roles: [sequencer, matcher], core: 3, idle: busy-spin, why: one order and one time}
        - {name: tp-rest, roles: [recorder, media, admin, feed-recovery], why: nothing waits for these}
        - {name: tp-snap, roles: [snapshots], why: waits for the disk now and then}
      """;

  @Test
  void shouldTakeTheThreadsOfTheLayoutThatTheHostIsAskedFor(@TempDir Path directory)
      throws IOException {
    Path file =
        Files.writeString(directory.resolve("l.yaml"), LAYOUT.formatted("box", "gateway-1"));
    SegmentConfig config =
        read(
            GOOD.replace(
                THREADS,
                "host: {layout: %s, lockMemory: on, accept: [boot.isolcpus]}%n".formatted(file)));

    assertEquals(file, config.host().layout().orElseThrow().file());
    assertEquals(config.host().layout().orElseThrow().plans(), config.threads());
    assertEquals(OptionalInt.of(3), config.threadOf("matcher").core());
    assertEquals(SegmentConfig.Switch.ON, config.host().lockMemory());
    assertEquals(List.of("boot.isolcpus"), config.host().accepted());
    assertEquals(SegmentConfig.Host.NONE, read(GOOD).host());
  }

  @Test
  void shouldNameALayoutThatDoesNotFitTheSegment(@TempDir Path directory) throws IOException {
    assertHostRefused(
        directory,
        LAYOUT.formatted("embedded", "gateway-1"),
        "f.yaml:32: host.layout=%s:"
            + " allowed a layout of profile box, that of the segment; it is of embedded");
    assertHostRefused(
        directory,
        LAYOUT.formatted("box", "gateway-1, gateway-2"),
        "f.yaml:32: host.layout=%s: allowed a layout with threads for gateway-1,"
            + " as the segment; it has gateway-1, gateway-2");
    assertHostRefused(
        directory,
        LAYOUT.formatted("box", "gateway-1").replace("core: 3", "core: 9"),
        "%s:7: threads[1].core=9: allowed one of machine.l3Groups: 0-7");
  }

  private static void assertHostRefused(Path directory, String layout, String problem)
      throws IOException {
    Path file = Files.writeString(directory.resolve("l.yaml"), layout);
    String text = GOOD.replace(THREADS, "host: {layout: %s}%n".formatted(file));

    ConfigException e = assertThrows(ConfigException.class, () -> read(text));

    assertEquals(List.of(problem.formatted(file)), e.problems());
  }

  @Test
  void shouldNameALayoutBesideThreadsAndOneThatIsNotShipped(@TempDir Path directory)
      throws IOException {
    Path file =
        Files.writeString(directory.resolve("l.yaml"), LAYOUT.formatted("box", "gateway-1"));
    String both = GOOD.replace("admin:", "host: {layout: " + file + "}\nadmin:");

    assertEquals(
        List.of(
            "f.yaml:33: threads=[3 elements]:"
                + " allowed not beside host.layout, which has the threads"),
        assertThrows(ConfigException.class, () -> read(both)).problems());

    String unknown = GOOD.replace(THREADS, "host: {layout: my-box}\n");
    ConfigException e = assertThrows(ConfigException.class, () -> read(unknown));
    assertTrue(
        e.problems().getFirst().startsWith("f.yaml:32: host.layout=my-box: allowed a path"),
        e.getMessage());
    String wrong = GOOD.replace("admin:", "host: {accept: [all], lockMemory: maybe}\nadmin:");
    assertEquals(
        List.of(
            "f.yaml:36: host.lockMemory=maybe: allowed one of on, off",
            "f.yaml:36: host.accept[0]=all: allowed the id of a fact, such as boot.isolcpus"),
        assertThrows(ConfigException.class, () -> read(wrong)).problems());
  }

  @Test
  void shouldReadPagesAndCardsOfTheHost(@TempDir Path directory) throws IOException {
    Path profile = Files.writeString(directory.resolve("nic.yaml"), "name: ''\n");
    String pages = Path.of("..", "hugepages", "embedded.yaml").toAbsolutePath().toString();
    String nic = "{interface: eth2, profile: %s}".formatted(profile);

    SegmentConfig config =
        read(GOOD.replace("admin:", "host: {hugepages: %s}%nadmin:".formatted(pages)));
    assertEquals(SegmentConfig.Profile.EMBEDDED, config.host().pages().orElseThrow().profile());

    String wrong = GOOD.replace("admin:", "host: {nics: [%s]}%nadmin:".formatted(nic));
    assertTrue(
        assertThrows(ConfigException.class, () -> read(wrong))
            .problems()
            .getFirst()
            .startsWith(profile + ":"));
    String nameless =
        GOOD.replace("admin:", "host: {nics: [{interface: 'a b', profile: ./x}]}\nadmin:");
    assertEquals(
        "f.yaml:36: host.nics[0].interface=a b: allowed the name of an interface, such as eth2",
        assertThrows(ConfigException.class, () -> read(nameless)).problems().getFirst());
  }

  @Test
  void shouldRunOnALayoutThatIsNamedBesideTheFile(@TempDir Path directory) throws IOException {
    Path file =
        Files.writeString(directory.resolve("l.yaml"), LAYOUT.formatted("box", "gateway-1"));
    Path other =
        Files.writeString(directory.resolve("m.yaml"), LAYOUT.formatted("box", "gateway-2"));
    SegmentConfig config = read(GOOD);

    SegmentConfig placed = SegmentConfigReader.withLayout(config, file.toString());

    assertEquals(placed.host().layout().orElseThrow().plans(), placed.threads());
    assertEquals(config.sha256(), placed.sha256());
    assertEquals(
        List.of(
            "--layout="
                + other
                + ": allowed a layout with threads for gateway-1, as the segment; it has gateway-2"),
        assertThrows(
                ConfigException.class,
                () -> SegmentConfigReader.withLayout(config, other.toString()))
            .problems());
  }
}
