package io.tradepit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.SegmentConfig.Durability;
import io.tradepit.config.SegmentConfig.Idle;
import io.tradepit.config.SegmentConfig.PageKind;
import io.tradepit.config.SegmentConfig.TransportKind;
import java.net.InetAddress;
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

@Timeout(30)
class SegmentConfigReaderTest {
  static final Path BASE = Path.of("/srv/pit");

  // Line numbers of problems count from the first line of this text.
  static final String GOOD =
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

  static SegmentConfig read(String text) {
    return SegmentConfigReader.readText(Path.of("f.yaml"), text, BASE);
  }
}
