package io.tradepit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.config.SegmentConfig.Durability;
import io.tradepit.config.SegmentConfig.Idle;
import io.tradepit.config.SegmentConfig.PageKind;
import io.tradepit.config.SegmentConfig.TransportKind;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class SegmentConfigReaderTest {
  private static final Path BASE = Path.of("/srv/pit");

  // Line numbers of the table count from the first line of this text.
  private static final String GOOD =
      """
      segment: {name: main, profile: box}
      directories:
        data: data
        shm: /mnt/shm/main
        state: /mnt/huge
      durability: synced
      pages: {kind: huge-tmpfs}
      instruments:
        - {symbol: AAA, tick: 0.01, lot: 10, referencePrice: 12.34}
        - {symbol: BBB, referencePrice: 5}
      members:
        - {name: One, firms: [ONE]}
        - {name: Two, firms: [TWO, DUE]}
      sessions:
        - username: one1
          firms: [ONE]
          gateway: 1
          credential: pbkdf2-sha256$10000$AAAA$BBBB
          allowedSources: [10.1.0.0/16, "::1"]
          messageRate: 1000
          hardRate: 2000
      gateways:
        - id: 1
          transport: io_uring
          address: 10.1.0.1
          port: 9001
      feed:
        lineA: 239.1.1.1:30001
        lineB: 239.1.1.2:30001
        interface: 10.1.0.1
        ttl: 2
      threads:
        - {name: tp-gw-1, roles: [gateway-1, publisher, feed-recovery], core: 2, idle: busy-spin}
        - {name: tp-seq, roles: [sequencer, matcher], core: 3, idle: busy-spin}
        - {name: tp-rest, roles: [recorder, media, admin]}
      admin: {socket: admin.sock}
      metrics: {port: 9464}
      log: {level: info}
      day: {zone: Europe/Berlin, date: 2026-11-20}
      telemetry: {stamps: off, intervalS: 5}
      storage: {keepDays: 250, keepMiB: 100000, zerosAhead: on}
      """;

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
                + " allowed io_uring or epoll; auto in the embedded profile only"),
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

  @Test
  void shouldReadTheGraceTimeOfCancelOnDisconnect() {
    Map<String, Duration> texts =
        Map.of(
            "0s", Duration.ZERO,
            "500ms", Duration.ofMillis(500),
            "5s", Duration.ofSeconds(5),
            "2m", Duration.ofMinutes(2),
            "24h", Duration.ofHours(24));
    texts.forEach((text, grace) -> {
      String with = "hardRate: 2000\n    cancelOnDisconnect: " + text;
      SegmentConfig config = read(GOOD.replace("hardRate: 2000", with));
      assertEquals(Optional.of(grace), config.sessions().get(0).cancelOnDisconnect(), text);
    });
    String off = GOOD.replace("hardRate: 2000", "hardRate: 2000\n    cancelOnDisconnect: off");
    assertEquals(Optional.empty(), read(off).sessions().get(0).cancelOnDisconnect());
    assertEquals(Optional.empty(), read(GOOD).sessions().get(0).cancelOnDisconnect());
  }

  @Test
  void shouldReadEveryValueOfABox() throws Exception {
    SegmentConfig config = read(GOOD);

    assertEquals("main", config.name());
    assertEquals(Path.of("/srv/pit/data"), config.directories().data());
    assertEquals(Path.of("/mnt/huge"), config.directories().state());
    assertEquals(Durability.SYNCED, config.durability());
    assertEquals(PageKind.HUGE_TMPFS, config.pages());
    assertEquals(
        List.of(
            new SegmentConfig.Instrument("AAA", 100, 10, 123_400),
            new SegmentConfig.Instrument("BBB", 100, 1, 50_000)),
        config.instruments());
    assertEquals(new SegmentConfig.Firm("DUE", "Two"), config.firms().get(2));
    SegmentConfig.Session session = config.sessions().get(0);
    assertEquals("ONE1", session.username());
    assertTrue(session.allowedSources().get(0).contains(InetAddress.ofLiteral("10.1.255.1")));
    assertEquals(
        false, session.allowedSources().get(0).contains(InetAddress.ofLiteral("10.2.0.1")));
    assertEquals(2_000, session.hardRate());
    assertEquals(TransportKind.IO_URING, config.gateways().get(0).transport());
    assertEquals(30_001, config.feed().lineB().getPort());
    assertEquals(OptionalInt.of(3), config.threadOf("matcher").core());
    assertEquals(Idle.BACKOFF, config.threadOf("admin").idle());
    assertEquals(Path.of("/srv/pit/admin.sock"), config.adminSocket());
    assertEquals(SegmentConfig.AdminAccess.OWNER, config.adminAccess());
    assertEquals(16L << 20, config.log().maxSizeBytes());
    assertEquals(new SegmentConfig.Telemetry(SegmentConfig.Switch.OFF, 5), config.telemetry());
    assertEquals(
        new SegmentConfig.Storage(250, 100_000, SegmentConfig.Switch.ON), config.storage());
    LocalDate date = config.day().dateAt(Instant.EPOCH);
    assertEquals(LocalDate.of(2026, 11, 20), date);
    assertEquals(1_795_129_200_000_000_000L, config.day().midnightNs(date));
  }

  @Test
  void shouldReadTheEmbeddedDefault() {
    SegmentConfig config = SegmentConfigReader.readEmbedded(BASE);

    assertEquals(8, config.instruments().size());
    assertEquals(4, config.firms().size());
    assertEquals(5, config.sessions().size());
    assertEquals(Durability.RECORDED, config.durability());
    assertEquals(
        new SegmentConfig.Capacities(1_000_000, 200_000, 65_536, 64, 32), config.capacities());
    assertEquals(Path.of("/srv/pit/data/credentials.yaml"), config.credentialsFile());
    assertEquals(9_001, config.gateways().get(0).address().getPort());
    assertEquals(new SegmentConfig.Telemetry(SegmentConfig.Switch.ON, 1), config.telemetry());
    assertEquals(new SegmentConfig.Storage(0, 0, SegmentConfig.Switch.OFF), config.storage());
    assertTrue(config.sha256().matches("[0-9a-f]{64}"), config.sha256());
  }

  @Test
  void shouldHaveEveryRoleOnceInTheEmbeddedDefault() {
    Set<String> roles =
        SegmentConfigReader.readEmbedded(BASE).threads().stream()
            .flatMap(thread -> thread.roles().stream())
            .collect(Collectors.toSet());

    assertEquals(
        Set.of(
            "gateway-1",
            "publisher",
            "sequencer",
            "matcher",
            "recorder",
            "media",
            "feed-recovery",
            "snapshots",
            "admin"),
        roles);
  }

  @Test
  void shouldServeNoRecoveryOfTheFeedWhereTheSectionsAreLeftOut() {
    SegmentConfig.Feed feed = read(GOOD).feed();
    assertFalse(feed.isRecovered());
    // The role may then be left out too.
    read(GOOD.replace("publisher, feed-recovery]", "publisher]"));
    String recovered =
        GOOD.replace(
            "ttl: 2", "ttl: 2\n  retransmission: {address: 10.1.0.1, port: 9011, burst: 5}");
    SegmentConfig.Retransmission served = read(recovered).feed().retransmission().orElseThrow();
    assertEquals(9_011, served.address().getPort());
    assertEquals(5, served.burst());
    assertEquals(2_000, served.requestsPerSecond());
    assertEquals(1_024, served.requesters());
  }

  @Test
  void shouldWritePricesAsTheyAreRead() {
    for (String text : List.of("0.0001", "1", "12.5", "100", "199999.99")) {
      assertEquals(text, Price4.text(Price4.parse(text)));
    }
    assertEquals(Price4.NONE, Price4.parse("1.00001"));
    assertEquals(Price4.NONE, Price4.parse("1e3"));
  }

  private static SegmentConfig read(String text) {
    return SegmentConfigReader.readText(Path.of("f.yaml"), text, BASE);
  }

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
