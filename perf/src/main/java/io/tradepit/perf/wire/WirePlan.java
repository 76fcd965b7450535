package io.tradepit.perf.wire;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The segment that is measured: one instrument, and sessions at one gateway.
 *
 * @param transport of the gateway: {@code io_uring}, {@code epoll}, or {@code bypass/DRIVER} with a
 *     driver of DPDK at the cable's end
 * @param address of the gateway
 */
record WirePlan(String transport, ThreadLayout layout, String address, int port, int sessions) {
  static final String SYMBOL = "ALDER";
  static final String DURABILITY = "recorded";

  private static final String BYPASS = "bypass/";
  private static final int LEAST_ORDERS = 1_000;
  // One that rests, and the next one, which the cancel of the first comes behind.
  private static final int ORDERS_OF_SESSION = 2;

  static boolean isBypass(String transport) {
    return transport.startsWith(BYPASS);
  }

  /** Of a session, from 0. */
  static String username(int session) {
    return "P" + session;
  }

  /** The configuration file. */
  String yaml() {
    return """
    # Written by the wire benchmark.
    segment: {name: wire, profile: embedded}
    directories: {data: data, shm: /dev/shm, state: /dev/shm}
    durability: %s
    pages: {kind: collapse}
    host: {accept: [jvm.hugetlb]} # the benchmark's own JVM may have taken the reserved pages
    capacities: {orders: %d, levels: 1000, openOrdersOfSession: 16, instruments: 1, sessions: %d}
    instruments:
      - {symbol: %s, tick: 0.01, lot: 1, referencePrice: 100}
    members:
      - {name: Measured, firms: [PERF]}
    sessions:
    %s%sgateways:
      - {id: 1, %s, port: %d}
    feed: {lineA: "239.192.7.1:30001", lineB: "239.192.7.2:30002", interface: 127.0.0.1, ttl: 0}
    threads:
    %s  - {name: tp-media, roles: [media], core: any, idle: backoff}
      - {name: tp-admin, roles: [admin], core: any, idle: backoff}
    metrics: {address: 127.0.0.1, port: 0}
    snapshots: {replica: off}
    """
        .formatted(
            DURABILITY,
            LEAST_ORDERS + ORDERS_OF_SESSION * sessions,
            sessions,
            SYMBOL,
            sessionLines(),
            ports(),
            gateway(),
            port,
            layout.threads());
  }

  private String sessionLines() {
    return IntStream.range(0, sessions)
        .mapToObj(i ->
            "  - {username: %s, firms: [PERF], gateway: 1, allowedSources: [127.0.0.0/8, %s]}%n"
                .formatted(username(i), VethPair.NETWORK))
        .collect(Collectors.joining());
  }

  private String gateway() {
    return isBypass(transport)
        ? "transport: bypass, ethernetPort: members"
        : "transport: " + transport + ", address: " + address;
  }

  private String ports() {
    return isBypass(transport)
        ? "ports:%n  - {name: members, interface: %s, profile: virtual, driver: %s, address: %s/24}%n"
            .formatted(VethPair.VENUE_END, transport.substring(BYPASS.length()), address)
        : "";
  }
}
