package io.tradepit.main;

import io.tradepit.net.NetworkNamespace;
import io.tradepit.net.SharedDpdk;
import io.tradepit.net.VethPair;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  static final InetSocketAddress ORDER_ENTRY = new InetSocketAddress("10.77.0.1", 9001);
  static final InetSocketAddress LINE_A = new InetSocketAddress("239.192.7.1", 30_001);
  static final long PRICE = 250_000;

  static final InetSocketAddress LINE_B = new InetSocketAddress("239.192.7.2", 30_001);

  private static final int START_OF_DAY = 11;

  final Path directory;
  final Path file;
  final NetworkNamespace member;
  final NetworkNamespace box;
  final Path memberFile;
  int orders = 100_000;
  int moreSessions;
  private Path profile = Path.of("..", "nic-config", "virtual.yaml").toAbsolutePath().normalize();

  /** With its two cables. */
  PortSegment(Path directory) throws IOException {
    this(directory, Cables.LAID);
  }

  /** Whether a segment has the cables of the picture, or its test lays others. */
  enum Cables {
    LAID,
    LEFT_OUT
  }

  PortSegment(Path directory, Cables cables) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory);
    file = directory.resolve("segment.yaml");
    memberFile = directory.resolve("member.yaml");
    member = NetworkNamespace.make("member");
    box = NetworkNamespace.make("box");
    if (cables == Cables.LAID) {
      lay("m0", "10.77.0.2/24", "b0");
      lay("m1", "10.77.1.2/24", "b1");
    }
  }

  /** Lays a cable from an interface of the members' kernel to one that a port drives. */
  final void lay(String memberEnd, String address, String boxEnd) throws IOException {
    VethPair pair = VethPair.between(member, memberEnd, box, boxEnd);
    pair.left().address(address);
    pair.right().withoutKernel();
  }

  /** Writes the segment's file, and the one that its members have: the same, by the kernel. */
  PortSegment write(String driver) throws IOException {
    write(
        "lineAPort: md, lineBPort: md",
        port("members", "b0", driver, "address: 10.77.0.1/24"),
        port("md", "b1", driver, "address: 10.77.1.1/24"));
    Files.writeString(
        memberFile,
        text(
            "{id: 1, transport: epoll, address: 10.77.0.1, port: 9001}",
            "interface: 10.77.1.2",
            ""));
    return this;
  }

  /** Writes the segment's file with these ports, one of them called {@code members}. */
  final PortSegment write(String feedExit, String... ports) throws IOException {
    String gateway = "{id: 1, transport: bypass, ethernetPort: members, port: 9001}";
    Files.writeString(file, text(gateway, feedExit, "ports:\n" + String.join("", ports)));
    return this;
  }

  /**
   * A port of the segment's file.
   *
   * @param more keys, the address among them
   */
  final String port(String name, String device, String driver, String more) {
    return "  - {name: %s, interface: %s, profile: %s, driver: %s, %s}%n"
        .formatted(name, device, profile, driver, more);
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
    return startDpdkWith(SharedDpdk.ARGUMENTS);
  }

  /** A profile that starts DPDK in another way. */
  final PortSegment startDpdkWith(List<String> arguments) throws IOException {
    String text = Files.readString(profile);
    StringBuilder other = new StringBuilder(text.substring(0, text.indexOf("dpdk:")));
    other.append("dpdk:\n");
    for (String argument : arguments) {
      other.append("  - argument: \"" + argument + "\"\n");
      other.append("    why: As this test wants it.\n");
    }
    other.append(text.substring(text.indexOf("virtualDevices:")));
    profile = Files.writeString(directory.resolve("profile.yaml"), other);
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

  /**
   * NPT1 buys what SPT1 sells, an order each for each number from 1 on.
   *
   * @return what the buyer was told
   */
  final List<byte[]> trade(int pairs) throws IOException {
    try (Member buyer = login("NPT1", 1);
        Member seller = login("SPT1", 1)) {
      for (int urn = 1; urn <= pairs; urn++) {
        buyer.send(OuchBytes.enter(urn, 'B', 10, "BIRCH", PRICE));
        if (urn % 100 == 0 || urn == pairs) {
          buyer.awaitMessages(urn);
          seller.poll();
        }
      }
      buyer.awaitMessages(1 + pairs);
      for (int urn = 1; urn <= pairs; urn++) {
        seller.send(OuchBytes.enter(urn, 'S', 10, "BIRCH", PRICE));
        buyer.poll();
        seller.poll();
      }
      buyer.awaitMessages(1 + 2 * pairs);
      seller.awaitMessages(1 + 2 * pairs);
      return buyer.received;
    }
  }

  /** Messages of the feed when so many pairs were traded. */
  static int published(int pairs) {
    return START_OF_DAY + 2 * pairs;
  }

  /** Calls from a thread in the namespace of members, as long as it takes. */
  <T> T fromMembers(Callable<T> body) throws Exception {
    FutureTask<T> task = new FutureTask<>(body);
    member.thread("tp-members", task).start();
    return task.get();
  }

  /** A receiver of a line, in the namespace of members, on the cable of the feed. */
  Feed join(InetSocketAddress line) throws IOException {
    return join(line, "10.77.1.2");
  }

  /** A receiver of a line, in the namespace of members, on the interface of an address. */
  final Feed join(InetSocketAddress line, String own) throws IOException {
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
    return member.call(() -> Feed.join(line, InetAddress.ofLiteral(own), nobody));
  }

  @Override
  public void close() throws IOException {
    try (member;
        box) {
      // What runs in them goes with them.
    }
  }
}
