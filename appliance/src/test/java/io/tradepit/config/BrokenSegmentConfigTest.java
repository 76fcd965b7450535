package io.tradepit.config;

import static io.tradepit.config.SegmentConfigReaderTest.BASE;
import static io.tradepit.config.SegmentConfigReaderTest.GOOD;
import static io.tradepit.config.SegmentConfigReaderTest.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong in a segment's file, each with its line and what would be right. */
@Timeout(30)
class BrokenSegmentConfigTest {
  record Broken(String from, String to, String line) {
    @Override
    public String toString() {
      return line;
    }
  }

  private static Broken broken(String from, String to, String line) {
    return new Broken(from, to, line);
  }

  static List<Broken> brokenConfigurations() {
    return List.of(
        broken(
            "name: main",
            "nmae: main, name: main",
            "f.yaml:1: segment.nmae=main: unknown key, allowed are name, profile"),
        broken(
            "name: main",
            "name: Main Street",
            "f.yaml:1: segment.name=Main Street: allowed 1 to 32 of a-z, 0-9 and -"),
        broken(
            "profile: box",
            "profile: cloud",
            "f.yaml:1: segment.profile=cloud: allowed one of embedded, box"),
        broken("  data: data\n", "", "f.yaml:2: directories.data=(missing): allowed a path"),
        broken(
            "durability: synced\n",
            "",
            "f.yaml:1: durability=(missing): allowed one of recorded, synced"),
        broken(
            "durability: synced",
            "durability: [synced]",
            "f.yaml:6: durability=[1 elements]: allowed one of recorded, synced"),
        broken(
            "kind: huge-tmpfs",
            "kind: gigantic",
            "f.yaml:7: pages.kind=gigantic: allowed one of collapse, huge-tmpfs, base"),
        broken(
            "symbol: AAA",
            "symbol: ABCDEFGHI",
            "f.yaml:9: instruments[0].symbol=ABCDEFGHI:"
                + " allowed 1 to 8 of A-Z, 0-9 and . + - = ^ # * $"),
        broken(
            "symbol: BBB",
            "symbol: AAA",
            "f.yaml:10: instruments[1].symbol=AAA:"
                + " allowed a name that is used once, it stands in line 9 too"),
        broken(
            "tick: 0.01",
            "tick: 0.00001",
            "f.yaml:9: instruments[0].tick=0.00001:"
                + " allowed a number from 0.0001 to 199999.99 with at most four decimals"),
        broken(
            "referencePrice: 12.34",
            "referencePrice: 12.345",
            "f.yaml:9: instruments[0].referencePrice=12.345:"
                + " allowed a multiple of the tick 0.01"),
        broken(
            "referencePrice: 5",
            "referencePrice: -5",
            "f.yaml:10: instruments[1].referencePrice=-5:"
                + " allowed a number from 0.0001 to 199999.99 with at most four decimals"),
        broken(
            "lot: 10",
            "lot: 0",
            "f.yaml:9: instruments[0].lot=0: allowed a whole number from 1 to 1000000"),
        broken(
            "firms: [TWO, DUE]",
            "firms: [TWO, Due]",
            "f.yaml:13: members[1].firms[1]=Due: allowed 1 to 4 capitals"),
        broken(
            "firms: [TWO, DUE]",
            "firms: [TWO, ONE]",
            "f.yaml:13: members[1].firms=ONE:"
                + " allowed a name that is used once, it stands in line 12 too"),
        broken(
            "username: one1",
            "username: longname",
            "f.yaml:15: sessions[0].username=longname: allowed 1 to 6 letters and digits"),
        broken(
            "firms: [ONE]\n    gateway",
            "firms: [UNO]\n    gateway",
            "f.yaml:16: sessions[0].firms=UNO: allowed one that is defined: ONE, TWO, DUE"),
        broken(
            "gateway: 1",
            "gateway: 2",
            "f.yaml:17: sessions[0].gateway=2: allowed one that is defined: 1"),
        broken(
            "gateway: 1",
            "gateway: one",
            "f.yaml:17: sessions[0].gateway=one: allowed a whole number from 1 to 16"),
        broken(
            "    credential: pbkdf2-sha256$10000$AAAA$BBBB\n",
            "",
            "f.yaml:15: sessions[0].credential=(missing): allowed a hash such as"
                + " `tradepit config password` prints, or a credentialsFile for all"),
        broken(
            "credential: pbkdf2-sha256$10000$AAAA$BBBB",
            "credential: secret",
            "f.yaml:18: sessions[0].credential=(not shown):"
                + " allowed a hash such as `tradepit config password` prints"),
        broken(
            "10.1.0.0/16",
            "10.1.0.0/33",
            "f.yaml:19: sessions[0].allowedSources=10.1.0.0/33:"
                + " allowed an address or a range such as 10.1.0.0/16"),
        broken(
            "    allowedSources: [10.1.0.0/16, \"::1\"]\n",
            "",
            "f.yaml:15: sessions[0].allowedSources=(missing):"
                + " allowed a list of addresses or ranges, such as [10.1.0.0/16]"),
        broken(
            "hardRate: 2000",
            "hardRate: 500",
            "f.yaml:21: sessions[0].hardRate=500: allowed 0 or at least the messageRate 1000"),
        broken(
            "hardRate: 2000",
            "hardRate: 2000\n    cancelOnDisconnect: 5",
            "f.yaml:22: sessions[0].cancelOnDisconnect=5:"
                + " allowed off, or a time such as 500ms, 5s or 2m, up to 24h"),
        broken(
            "hardRate: 2000",
            "hardRate: 2000\n    cancelOnDisconnect: -1s",
            "f.yaml:22: sessions[0].cancelOnDisconnect=-1s:"
                + " allowed off, or a time such as 500ms, 5s or 2m, up to 24h"),
        broken(
            "hardRate: 2000",
            "hardRate: 2000\n    cancelOnDisconnect: 5 s",
            "f.yaml:22: sessions[0].cancelOnDisconnect=5 s:"
                + " allowed off, or a time such as 500ms, 5s or 2m, up to 24h"),
        broken(
            "hardRate: 2000",
            "hardRate: 2000\n    cancelOnDisconnect: 25h",
            "f.yaml:22: sessions[0].cancelOnDisconnect=25h:"
                + " allowed off, or a time such as 500ms, 5s or 2m, up to 24h"),
        broken(
            "hardRate: 2000",
            "hardRate: 2000\n    cancelOnDisconnect: on",
            "f.yaml:22: sessions[0].cancelOnDisconnect=on:"
                + " allowed off, or a time such as 500ms, 5s or 2m, up to 24h"),
        broken(
            "hardRate: 2000",
            "hardRate: 2000\n    cancelOnDisconnect: 5d",
            "f.yaml:22: sessions[0].cancelOnDisconnect=5d:"
                + " allowed off, or a time such as 500ms, 5s or 2m, up to 24h"),
        broken(
            "transport: io_uring",
            "transport: auto",
            "f.yaml:24: gateways[0].transport=auto:"
                + " allowed io_uring, epoll or bypass; auto in the embedded profile only"),
        broken(
            "address: 10.1.0.1",
            "address: localhost",
            "f.yaml:25: gateways[0].address=localhost:"
                + " allowed an IPv4 or IPv6 address in figures"),
        broken(
            "port: 9001",
            "port: 70000",
            "f.yaml:26: gateways[0].port=70000: allowed a whole number from 0 to 65535"),
        broken(
            "port: 9001\n",
            "port: 9001\n  - {id: 1, transport: epoll, address: 10.1.0.2, port: 1}\n",
            "f.yaml:27: gateways[1].id=1: allowed a number that is used once"),
        broken(
            "lineA: 239.1.1.1:30001",
            "lineA: 10.1.1.1:30001",
            "f.yaml:28: feed.lineA=10.1.1.1:30001:"
                + " allowed GROUP:PORT with a multicast group, such as 239.1.1.1:30001"),
        broken(
            "lineB: 239.1.1.2:30001",
            "lineB: 239.1.1.1:30001",
            "f.yaml:29: feed.lineB=239.1.1.1:30001:"
                + " allowed another group or port than that of lineA"),
        broken(
            "ttl: 2", "ttl: 2.5", "f.yaml:31: feed.ttl=2.5: allowed a whole number from 0 to 255"),
        broken(
            "name: tp-seq",
            "name: sequencer",
            "f.yaml:34: threads[1].name=sequencer:"
                + " allowed tp- and 1 to 12 of a-z, 0-9 and -, such as tp-seq"),
        broken(
            "roles: [recorder, media, admin]",
            "roles: [recorder, media]",
            "f.yaml:33: threads=without admin: allowed each role on one thread: publisher,"
                + " sequencer, matcher, recorder, media, admin, feed-recovery, snapshots, gateway-1"),
        broken(
            "ttl: 2\nthreads:\n  - {name: tp-gw-1, roles: [gateway-1, publisher, feed-recovery]",
            "ttl: 2\n  retransmission: {address: 10.1.0.1, port: 9011}\nthreads:\n"
                + "  - {name: tp-gw-1, roles: [gateway-1, publisher]",
            "f.yaml:34: threads=without feed-recovery: allowed each role on one thread: publisher,"
                + " sequencer, matcher, recorder, media, admin, feed-recovery, snapshots, gateway-1"),
        broken(
            "ttl: 2",
            "ttl: 2\n  retransmission: {port: 9011}",
            "f.yaml:32: feed.retransmission.address=(missing):"
                + " allowed an IPv4 or IPv6 address in figures"),
        broken(
            "ttl: 2",
            "ttl: 2\n  retransmission: {address: 0.0.0.0, port: 9011}",
            "f.yaml:32: feed.retransmission.address=0.0.0.0:"
                + " allowed an address of this machine, not any and no group"),
        broken(
            "ttl: 2",
            "ttl: 2\n  retransmission: {address: 10.1.0.1, port: 0}",
            "f.yaml:32: feed.retransmission.port=0: allowed a whole number from 1 to 65535"),
        broken(
            "ttl: 2",
            "ttl: 2\n  retransmission: {address: 10.1.0.1, port: 9011, burst: 0}",
            "f.yaml:32: feed.retransmission.burst=0: allowed a whole number from 1 to 1000000"),
        broken(
            "ttl: 2",
            "ttl: 2\n  retransmission: {address: 10.1.0.1, port: 9011, requesters: 70000}",
            "f.yaml:32: feed.retransmission.requesters=70000:"
                + " allowed a whole number from 1 to 65536"),
        broken(
            "ttl: 2",
            "ttl: 2\n  retransmission: {address: 10.1.0.1, port: 9011, requestPerSecond: 1}",
            "f.yaml:32: feed.retransmission.requestPerSecond=1: unknown key, allowed are address,"
                + " burst, port, requesters, requestsPerSecond"),
        broken(
            "ttl: 2",
            "ttl: 2\n  glimpse: {transport: auto, address: 10.1.0.1, port: 9012}",
            "f.yaml:32: feed.glimpse.transport=auto:"
                + " allowed io_uring or epoll; auto in the embedded profile only"),
        broken(
            "ttl: 2",
            "ttl: 2\n  glimpse: {transport: epoll, address: 10.1.0.1, port: 9012}\n"
                + "snapshots: {replica: off}",
            "f.yaml:33: snapshots.replica=off:"
                + " allowed on, since what feed.glimpse serves is made of it"),
        broken(
            "ttl: 2",
            "ttl: 2\n  glimpse: {transport: epoll, address: 10.1.0.1, port: 9012, clients: 0}",
            "f.yaml:32: feed.glimpse.clients=0: allowed a whole number from 1 to 1024"),
        broken(
            "media, admin]",
            "media, admin, gateway-2]",
            "f.yaml:35: threads[2].roles=gateway-2: allowed one of publisher, sequencer, matcher,"
                + " recorder, media, admin, feed-recovery, snapshots, gateway-1, each once in all"),
        broken(
            "core: 3",
            "core: 2",
            "f.yaml:34: threads[1].core=2: allowed another core than that of tp-gw-1, one spins"),
        broken(
            "core: 3",
            "core: last",
            "f.yaml:34: threads[1].core=last: allowed any or the number of a core"),
        broken(
            "socket: admin.sock",
            "socket: admin.sock, access: world",
            "f.yaml:36: admin.access=world: allowed one of owner, group"),
        broken(
            "socket: admin.sock",
            "socket: " + "s".repeat(120),
            "f.yaml:36: admin.socket="
                + "s".repeat(120)
                + ": allowed a path of at most 107 bytes, this is /srv/pit/"
                + "s".repeat(120)),
        broken(
            "metrics: {port: 9464}",
            "metrics: {port: 9464, address: 0.0.0.0}",
            "f.yaml:37: metrics.address=0.0.0.0: allowed a loopback address"),
        broken(
            "metrics: {port: 9464}",
            "metrics: 9464",
            "f.yaml:37: metrics=9464: allowed a section of its own keys"),
        broken(
            "level: info",
            "level: loud",
            "f.yaml:38: log.level=loud: allowed one of error, warn, info, debug"),
        broken(
            "zone: Europe/Berlin",
            "zone: Middle/Earth",
            "f.yaml:39: day.zone=Middle/Earth:"
                + " allowed a time zone of at most 32 characters, such as Europe/Berlin"),
        broken(
            "date: 2026-11-20",
            "date: 2026-02-30",
            "f.yaml:39: day.date=2026-02-30: allowed auto or a date such as 2026-11-20"),
        broken(
            "stamps: off",
            "stamps: some",
            "f.yaml:40: telemetry.stamps=some: allowed one of on, off"),
        broken(
            "intervalS: 5",
            "intervalS: 0",
            "f.yaml:40: telemetry.intervalS=0: allowed a whole number from 1 to 3600"),
        broken(
            "keepDays: 250",
            "keepDays: -1",
            "f.yaml:41: storage.keepDays=-1: allowed a whole number from 0 to 100000"),
        broken(
            "keepMiB: 100000",
            "keepMiB: much",
            "f.yaml:41: storage.keepMiB=much: allowed a whole number from 0 to 2147483647"),
        broken(
            "day: {",
            "credentialsFile: /nowhere/c.yaml\nday: {",
            "f.yaml:39: credentialsFile=/nowhere/c.yaml: allowed a file that can be read"),
        broken(
            "durability: synced",
            "durability: synced\ndurability: recorded",
            "f.yaml:7: durability=recorded: allowed once, it stands in line 6 too"),
        broken(
            "log: {level: info}",
            "log: {level: info",
            "f.yaml:39: file=f.yaml: allowed YAML 1.2; expected ',' or '}', but got :"));
  }

  @ParameterizedTest
  @MethodSource("brokenConfigurations")
  void shouldNameKeyValueAndLineWhenAConfigurationIsBroken(Broken broken) {
    assertTrue(GOOD.contains(broken.from), broken.from);
    String text = GOOD.replace(broken.from, broken.to);

    ConfigException e = assertThrows(ConfigException.class, () -> read(text));

    assertEquals(List.of(broken.line), e.problems());
    assertEquals(ExitCode.CONFIGURATION, e.exitCode());
  }

  @Test
  void shouldNameAllProblemsAtOnceInTheOrderOfTheFile() {
    String text =
        GOOD.replace("ttl: 2", "ttl: far")
            .replace("lot: 10", "lot: x")
            .replace("name: main", "name: ''");

    ConfigException e = assertThrows(ConfigException.class, () -> read(text));

    assertEquals(
        List.of(
            "f.yaml:1: segment.name=: allowed 1 to 32 of a-z, 0-9 and -",
            "f.yaml:9: instruments[0].lot=x: allowed a whole number from 1 to 1000000",
            "f.yaml:31: feed.ttl=far: allowed a whole number from 0 to 255"),
        e.problems());
    Tier.ran("broken configurations", "cases=" + (brokenConfigurations().size() + 1));
  }

  @Test
  void shouldNameTheFileWhenItIsNotThere() {
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> SegmentConfigReader.read(Path.of("/nowhere/f.yaml"), BASE));

    assertEquals(
        List.of(
            "/nowhere/f.yaml:0: file=/nowhere/f.yaml: allowed a file in UTF-8 that can be read"),
        e.problems());
  }

  @Test
  void shouldRefuseAnEmptyFile() {
    assertEquals(
        List.of("f.yaml:1: file=f.yaml: allowed a YAML file of sections"),
        assertThrows(ConfigException.class, () -> read("")).problems());
  }
}
