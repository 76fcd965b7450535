package io.tradepit.main;

import io.tradepit.net.NetworkNamespace;
import io.tradepit.net.SharedDpdk;
import io.tradepit.net.VethPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * A segment whose members and receivers are in another network namespace, at the far ends of two
 * cables: one to the gateway's Ethernet port, one to the feed's.
 *
 * <pre>
 *   namespace member                 namespace box
 *   kernel, 10.77.0.2/24  m0 ---- b0  port members, 10.77.0.1/24
 *   kernel, 10.77.1.2/24  m1 ---- b1  port md,      10.77.1.1/24
 * </pre>
 */
final class PortSegment implements AutoCloseable {
  @SuppressWarnings("InlineFormatString") // the document reads better whole
  private static final String PLACES =
      """
      segment: {name: test, profile: embedded}
      directories: {data: data, shm: /dev/shm, state: /dev/shm}
      pages: {kind: base}
      capacities: {orders: %d, levels: 20000, openOrdersOfSession: 65536, instruments: 8, sessions: %d}
      instruments:
        - {symbol: ALDER, tick: 0.01, lot: 1, referencePrice: 100}
        - {symbol: BIRCH, tick: 0.01, lot: 1, referencePrice: 25.5}
        - {symbol: AMZN, tick: 0.01, lot: 1, referencePrice: 222}
        - {symbol: MSFT, tick: 0.01, lot: 1, referencePrice: 31}
      members:
        - {name: North Pier Trading, firms: [NPT]}
        - {name: South Pier Trading, firms: [SPT]}
      sessions:
        - {username: NPT1, firms: [NPT], gateway: 1, allowedSources: [10.77.0.0/16]}
        - {username: SPT1, firms: [SPT], gateway: 1, allowedSources: [10.77.0.0/16]}
      %s
      gateways:
        - %s
      feed: {lineA: 239.192.7.1:30001, lineB: 239.192.7.2:30001, %s}
      %s
      threads:
        - {name: tp-gw-1, roles: [gateway-1, publisher], core: any, idle: backoff}
        - {name: tp-seq, roles: [sequencer, recorder, matcher], core: any, idle: backoff}
        - {name: tp-media, roles: [media], core: any, idle: backoff}
        - {name: tp-admin, roles: [admin], core: any, idle: backoff}
      metrics: {address: 127.0.0.1, port: 0}
      """;

  @SuppressWarnings("InlineFormatString") // as above
  private static final String PORTS =
      """
      ports:
        - {name: members, interface: b0, profile: %s, driver: %s, address: 10.77.0.1/24}
        - {name: md, interface: b1, profile: %s, driver: %s, address: 10.77.1.1/24}
      """;

  static final InetSocketAddress ORDER_ENTRY = new InetSocketAddress("10.77.0.1", 9001);
  static final InetSocketAddress LINE_A = new InetSocketAddress("239.192.7.1", 30_001);
  static final InetSocketAddress LINE_B = new InetSocketAddress("239.192.7.2", 30_001);

  final Path directory;
  final Path file;
  final NetworkNamespace member;
  final NetworkNamespace box;
  final Path memberFile;
  int orders = 100_000;
  int moreSessions;
  private Path profile = Path.of("..", "nic-config", "virtual.yaml").toAbsolutePath().normalize();

  PortSegment(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
    file = directory.resolve("segment.yaml");
    memberFile = directory.resolve("member.yaml");
    member = NetworkNamespace.make("member");
    box = NetworkNamespace.make("box");
    VethPair members = VethPair.between(member, "m0", box, "b0");
    members.left().address("10.77.0.2/24");
    members.right().withoutKernel();
    VethPair feed = VethPair.between(member, "m1", box, "b1");
    feed.left().address("10.77.1.2/24");
    feed.right().withoutKernel();
  }

  /** Writes the segment's file, and the one that its members have: the same, by the kernel. */
  PortSegment write(String driver) throws IOException {
    Files.writeString(
        file,
        text(
            "{id: 1, transport: bypass, ethernetPort: members, port: 9001}",
            "lineAPort: md, lineBPort: md",
            PORTS.formatted(profile, driver, profile, driver)));
    Files.writeString(
        memberFile,
        text(
            "{id: 1, transport: epoll, address: 10.77.0.1, port: 9001}",
            "interface: 10.77.1.2",
            ""));
    return this;
  }

  private String text(String gateway, String feedExit, String ports) {
    StringBuilder others = new StringBuilder();
    for (int i = 0; i < moreSessions; i++) {
      others.append(
          "  - {username: M%d, firms: [NPT], gateway: 1, allowedSources: [10.77.0.0/16]}%n"
              .formatted(i));
    }
    return PLACES.formatted(orders, 8 + moreSessions, others, gateway, feedExit, ports);
  }

  /** A profile for a segment within this JVM, whose tests share one DPDK. */
  PortSegment shareDpdk() throws IOException {
    String text = Files.readString(profile);
    StringBuilder shared = new StringBuilder(text.substring(0, text.indexOf("dpdk:")));
    shared.append("dpdk:\n");
    for (String argument : SharedDpdk.ARGUMENTS) {
      shared.append("  - argument: \"" + argument + "\"\n");
      shared.append("    why: What the DPDK of this JVM was started with.\n");
    }
    shared.append(text.substring(text.indexOf("virtualDevices:")));
    profile = Files.writeString(directory.resolve("shared.yaml"), shared);
    return this;
  }

  /** Starts it in its namespace, and waits until it serves. */
  SegmentProcess start() throws IOException, InterruptedException {
    SegmentProcess started = SegmentProcess.launch(file, directory, box);
    started.awaitReady();
    return started;
  }

  Map<String, String> logins() throws IOException {
    return TestSegment.loginsBelow(directory);
  }

  /** A member over the kernel's TCP, in the namespace of members. */
  Member login(String username, long from) throws IOException {
    String password = logins().get(username);
    return member.call(() -> Member.login(ORDER_ENTRY, username, password, from));
  }

  /** Calls from a thread in the namespace of members, as long as it takes. */
  <T> T fromMembers(Callable<T> body) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    member.thread("tp-members", task).start();
    return task.get();
  }

  /** A receiver of a line, in the namespace of members. */
  Feed join(InetSocketAddress line) throws IOException {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    return member.call(() -> Feed.join(line, InetAddress.ofLiteral("10.77.1.2"), nobody));
  }

  @Override
  public void close() throws IOException {
    try (member;
        box) {
      // What runs in them goes with them.
    }
  }
}
