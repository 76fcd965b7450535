package io.tradepit.perf;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.agrona.IoUtil;

/**
 * Order to Accepted over one veth pair, a transport of the gateway after the other, in one run: a
 * segment in one network namespace, {@link RoundTrips} in another.
 *
 * <p>{@code TransportComparison [ORDERS [TRANSPORT...]]}, as root. Every transport has two
 * segments: with all roles of the order path on one thread that spins, for its latencies, and with
 * threads that back off, for its processor time. On a machine of two cores the spinning thread and
 * the member have one each, and all else comes between: compare rows of one run, never a row of one
 * machine with a row of another.
 */
public final class TransportComparison {
  static final int PORT = 9001;

  private static final int SESSIONS = 64;
  private static final int DEFAULT_ORDERS = 50_000;
  private static final List<String> TRANSPORTS =
      List.of("io_uring", "epoll", "bypass/net_af_packet", "bypass/net_af_xdp");
  private static final String SPINNING =
      "  - {name: tp-order, roles: [gateway-1, publisher, sequencer, recorder, matcher], core: any,"
          + " idle: busy-spin}\n";
  private static final String BACKING_OFF =
      """
        - {name: tp-gw-1, roles: [gateway-1, publisher], core: any, idle: backoff}
        - {name: tp-seq, roles: [sequencer, recorder, matcher], core: any, idle: backoff}
      """;
  private static final long START_LIMIT_NS = TimeUnit.MINUTES.toNanos(2);

  private TransportComparison() {}

  static String username(int session) {
    return "P" + session;
  }

  /** Prints a line for each measurement. */
  public static void main(String[] args) throws Exception {
    int orders = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ORDERS;
    List<String> transports = args.length > 1 ? List.of(args).subList(1, args.length) : TRANSPORTS;
    for (String transport : transports) {
      measure(transport, "busy-spin", SPINNING, orders);
      measure(transport, "backoff", BACKING_OFF, orders);
    }
  }

  private static void measure(String transport, String idle, String threads, int orders)
      throws Exception {
    boolean isBypass = transport.startsWith("bypass");
    Path directory = Files.createTempDirectory("tradepit-transports-");
    try (VethPair cable = new VethPair(!isBypass)) {
      Files.writeString(directory.resolve("segment.yaml"), yaml(transport, threads));
      Process segment = start(cable.inVenue(segmentLine(directory)), directory);
      Runtime.getRuntime().addShutdownHook(new Thread(segment::destroy, "tp-segment-stop"));
      try {
        awaitReady(segment, directory);
        for (int sessions : new int[] {1, SESSIONS}) {
          System.out.print("transport=" + transport + " idle=" + idle + " ");
          System.out.print(roundTrips(cable, directory, segment.pid(), sessions, orders));
        }
      } finally {
        segment.destroy();
        segment.waitFor(30, TimeUnit.SECONDS);
      }
    } finally {
      IoUtil.delete(directory.toFile(), true);
    }
  }

  private static String roundTrips(
      VethPair cable, Path directory, long pid, int sessions, int orders) throws Exception {
    List<String> line =
        java(
            RoundTrips.class.getName(),
            directory.toString(),
            Long.toString(pid),
            VethPair.VENUE,
            Integer.toString(sessions),
            Integer.toString(orders));
    Process member = new ProcessBuilder(cable.inMember(line)).redirectErrorStream(true).start();
    String said = new String(member.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (member.waitFor() != 0) {
      throw new IllegalStateException("member=failed said=" + said);
    }
    return said;
  }

  private static List<String> segmentLine(Path directory) {
    return java(
        "io.tradepit.main.Tradepit",
        "run",
        "--config",
        directory.resolve("segment.yaml").toString(),
        "--dir",
        directory.toString());
  }

  /** With this JVM's flags and classes. */
  private static List<String> java(String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(arguments));
    return line;
  }

  private static Process start(List<String> line, Path directory) throws IOException {
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("output.txt").toFile())
        .start();
  }

  private static void awaitReady(Process segment, Path directory) throws Exception {
    Path output = directory.resolve("output.txt");
    long deadlineNs = System.nanoTime() + START_LIMIT_NS;
    while (!Files.readString(output).contains("ready:")) {
      if (!segment.isAlive() || System.nanoTime() - deadlineNs > 0) {
        throw new IllegalStateException("segment=not ready said=" + Files.readString(output));
      }
      Thread.sleep(50);
    }
  }

  private static String yaml(String transport, String threads) {
    String[] words = transport.split("/", -1);
    String gateway =
        words.length == 1
            ? "transport: " + transport + ", address: " + VethPair.VENUE
            : "transport: bypass, ethernetPort: members";
    String ports =
        words.length == 1
            ? ""
            : "ports:\n  - {name: members, interface: %s, profile: virtual, driver: %s, address: %s/24}\n"
                .formatted(VethPair.VENUE_END, words[1], VethPair.VENUE);
    String sessions =
        IntStream.range(0, SESSIONS)
            .mapToObj(i ->
                "  - {username: %s, firms: [PERF], gateway: 1, allowedSources: [10.77.0.0/24]}\n"
                    .formatted(username(i)))
            .collect(Collectors.joining());
    return """
    segment: {name: transports, profile: embedded}
    directories: {data: data, shm: /dev/shm, state: /dev/shm}
    durability: recorded
    pages: {kind: collapse}
    capacities: {orders: 1000, levels: 1000, openOrdersOfSession: 16, instruments: 1, sessions: %d}
    instruments:
      - {symbol: ALDER, tick: 0.01, lot: 1, referencePrice: 100}
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
        .formatted(SESSIONS, sessions, ports, gateway, PORT, threads);
  }
}
