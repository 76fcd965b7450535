package io.tradepit.main;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** A segment's configuration for tests: a directory of its own, free ports on loopback. */
final class TestSegment {
  @SuppressWarnings("InlineFormatString") // the document reads better whole
  private static final String PLACES =
      """
      segment: {name: test, profile: embedded}
      directories: {data: data, shm: /dev/shm, state: /dev/shm}
      pages: {kind: %s}
      capacities: {orders: %d, levels: 20000, openOrdersOfSession: %d, instruments: 8, sessions: 8}
      instruments:
        - {symbol: ALDER, tick: 0.01, lot: 1, referencePrice: 100}
        - {symbol: BIRCH, tick: 0.01, lot: 1, referencePrice: 25.5}
      members:
        - {name: North Pier Trading, firms: [NPT]}
        - {name: South Pier Trading, firms: [SPT]}
      sessions:
        - {username: NPT1, firms: [NPT], gateway: 1, cancelOnDisconnect: %s}
        - {username: NPT2, firms: [NPT], gateway: 1, cancelOnDisconnect: %s}
        - {username: SPT1, firms: [SPT], gateway: 1}
      gateways:
        - {id: 1, transport: %s, address: 127.0.0.1, port: %d}
      feed: {lineA: 239.192.7.1:%d, lineB: 239.192.7.2:%d, interface: 127.0.0.1, ttl: 1%s}
      threads: %s
      metrics: {address: 127.0.0.1, port: 0}
      durability: %s
      storage: %s
      snapshots: %s
      """;

  private static final String TWO_THREADS =
      """

        - {name: tp-gw-1, roles: [gateway-1, publisher], core: any, idle: backoff}
        - {name: tp-seq, roles: [sequencer, matcher], core: any, idle: backoff}
        - {name: tp-archive, roles: [recorder], core: any, idle: backoff}
        - {name: tp-media, roles: [media], core: any, idle: backoff}
        - {name: tp-admin, roles: [admin], core: any, idle: backoff}
      """;

  final Path directory;
  final Path file;
  final InetSocketAddress orderEntry;
  final InetSocketAddress lineA;
  final InetSocketAddress lineB;

  /** Set by {@link #recovering}. */
  InetSocketAddress retransmission;

  InetSocketAddress glimpse;
  String transport = "auto";
  String threads = TWO_THREADS;
  String pages = "base";
  String durability = "recorded";
  String storage = "{}";
  String snapshots = "{replica: on, everyS: 60, keep: 4}";

  /** Of the session NPT1; SPT1 has none. */
  String cancelOnDisconnect = "off";

  String cancelOnDisconnectOfNpt2 = "off";

  private String recovery = "";
  int orders = 100_000;
  int openOrdersOfSession = 65_536;

  TestSegment(Path directory) throws IOException {
    this.directory = directory;
    file = directory.resolve("segment.yaml");
    orderEntry = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    int feedPort = freePort();
    lineA = new InetSocketAddress(InetAddress.getByName("239.192.7.1"), feedPort);
    lineB = new InetSocketAddress(InetAddress.getByName("239.192.7.2"), feedPort + 1);
  }

  /** With retransmissions and snapshots of the feed, on a thread of their own. */
  TestSegment recovering() throws IOException {
    retransmission = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    glimpse = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
    recovery =
        (", retransmission: {address: 127.0.0.1, port: %d, burst: 10000,"
                + " requestsPerSecond: 100000}, glimpse: {port: %d}")
            .formatted(retransmission.getPort(), glimpse.getPort());
    threads += "  - {name: tp-feedrec, roles: [feed-recovery], core: any, idle: backoff}\n";
    return this;
  }

  /** Writes the configuration file. */
  TestSegment write() throws IOException {
    Files.writeString(
        file,
        PLACES.formatted(
            pages,
            orders,
            openOrdersOfSession,
            cancelOnDisconnect,
            cancelOnDisconnectOfNpt2,
            transport,
            orderEntry.getPort(),
            lineA.getPort(),
            lineB.getPort(),
            recovery,
            threads,
            durability,
            storage,
            snapshots));
    return this;
  }

  /** The clear passwords that the embedded profile made, by username. */
  Map<String, String> logins() throws IOException {
    return loginsBelow(directory);
  }

  /** The same of any segment's directory. */
  static Map<String, String> loginsBelow(Path directory) throws IOException {
    return Files.readAllLines(directory.resolve("data/logins.txt")).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("[: ]+", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1].strip()));
  }

  Member login(String username, long from) throws IOException {
    return Member.login(orderEntry, username, logins().get(username), from);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
