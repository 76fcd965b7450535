package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.gateway.PasswordHash;
import io.tradepit.net.CableEnd;
import io.tradepit.net.Guest;
import io.tradepit.net.GuestImage;
import io.tradepit.net.GuestPayload;
import io.tradepit.net.NetworkNamespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A segment in a guest whose gateway has a card that vfio-pci took from the guest's kernel; the
 * member is outside, over the kernel's TCP of this machine. Functionally only: it is emulated.
 */
@Timeout(1800)
class GuestSegmentTest {
  private static final Duration SHORT = Duration.ofSeconds(90);
  private static final Duration START = Duration.ofMinutes(8);
  private static final InetSocketAddress ORDER_ENTRY = new InetSocketAddress("10.77.0.9", 9001);
  private static final String OUTPUT = "~/output.txt";
  private static final String PASSWORD = "emulated";

  /** The usual 210,000 take 20 s there, and a member gives a venue that is silent 15 s. */
  private static final int ITERATIONS = 1_000;

  @SuppressWarnings("InlineFormatString") // the document reads better whole
  private static final String SEGMENT =
      """
      segment: {name: guest, profile: embedded}
      directories: {data: data, shm: /dev/shm, state: /dev/shm}
      pages: {kind: base}
      capacities: {orders: 10000, levels: 2000, openOrdersOfSession: 4096, instruments: 8, sessions: 8}
      instruments:
        - {symbol: BIRCH, tick: 0.01, lot: 1, referencePrice: 25.5}
      members:
        - {name: North Pier Trading, firms: [NPT]}
      sessions:
        - {username: NPT1, firms: [NPT], gateway: 1, allowedSources: [10.77.0.0/16], credential: "%s"}
      ports:
        - {name: members, pci: "{bdf}", profile: /payload/nic-config/intel-82574.yaml, address: 10.77.0.9/24}
      gateways:
        - {id: 1, transport: bypass, ethernetPort: members, port: 9001}
      feed: {lineA: 239.192.7.1:30001, lineB: 239.192.7.2:30001, interface: 127.0.0.1, ttl: 1}
      threads:
        - {name: tp-gw-1, roles: [gateway-1, publisher], core: any, idle: backoff}
        - {name: tp-seq, roles: [sequencer, recorder, matcher], core: any, idle: backoff}
        - {name: tp-media, roles: [media], core: any, idle: backoff}
        - {name: tp-admin, roles: [admin], core: any, idle: backoff}
      metrics: {address: 127.0.0.1, port: 0}
      """;

  @TempDir private Path folder;

  @Test
  void shouldAnswerAnOrderOverACardOfVfio() throws IOException, InterruptedException {
    assumeTrue(Tier.isLong(), "a guest by software emulation: long tier only");
    Path image = GuestImage.made();
    String segment = SEGMENT.formatted(PasswordHash.of(PASSWORD, ITERATIONS));
    Path file = Files.writeString(folder.resolve("segment.yaml"), segment);
    Path payload = GuestPayload.make(folder, Path.of("src", "main", "jvm"), file);
    try (NetworkNamespace member = NetworkNamespace.make("member")) {
      CableEnd end = member.tap("g0").address("10.77.0.2/24");
      try (Guest guest = Guest.boot(image, end, payload, 4096)) {
        bind(guest);
        start(guest);
        String traded = trade(member);
        stop(guest);
        Tier.ran("segment on a card of vfio-pci in a guest", traded);
      }
    }
  }

  private static void bind(Guest guest) throws IOException, InterruptedException {
    String address = guest.succeed(SHORT, "lspci -D -d " + Guest.CARD).split(" ", 2)[0];
    guest.succeed(SHORT, "modprobe vfio-pci && ip link set lo multicast on");
    guest.succeed(SHORT, "ip route add 224.0.0.0/4 dev lo");
    guest.succeed(SHORT, "driverctl --nosave set-override " + address + " vfio-pci");
    guest.succeed(SHORT, "sed s/{bdf}/" + address + "/ /payload/segment.yaml >~/segment.yaml");
  }

  private static void start(Guest guest) throws IOException, InterruptedException {
    String java = GuestPayload.java(Tradepit.class, "@/payload/jvm/embedded.flags -ea");
    guest.succeed(
        SHORT,
        "(%s run --config ~/segment.yaml --dir ~/segment >%s 2>&1; echo exit=$? >>%s) &"
            .formatted(java, OUTPUT, OUTPUT));
    guest.run(
        START,
        "until grep -q '%s\\|exit=' %s; do sleep 1; done".formatted(SegmentRun.READY, OUTPUT));
    String said = output(guest);
    assertTrue(said.contains(SegmentRun.READY), said);
    assertTrue(said.contains("transport bypass"), said);
  }

  /** An order, accepted and canceled. */
  private static String trade(NetworkNamespace member) throws IOException {
    try (Member npt = member.call(() -> Member.login(ORDER_ENTRY, "NPT1", PASSWORD, 1))) {
      long startNs = System.nanoTime();
      npt.send(OuchBytes.enter(1, 'B', 10, "BIRCH", 250_000));
      npt.awaitMessages(2);
      long acceptedNs = System.nanoTime();
      assertEquals('A', npt.received.get(1)[0]);
      npt.send(OuchBytes.cancel(1, 0));
      npt.awaitMessages(3);
      assertEquals('C', npt.received.get(2)[0]);
      return "accepted=1 canceled=1 ackMs=" + (acceptedNs - startNs) / 1_000_000;
    }
  }

  private static void stop(Guest guest) throws IOException, InterruptedException {
    guest.run(
        SHORT, "pkill -TERM java; until grep -q exit= %s; do sleep 1; done".formatted(OUTPUT));
    String said = output(guest);
    assertTrue(said.contains("exit=0"), said);
  }

  private static String output(Guest guest) throws IOException, InterruptedException {
    return guest.run(SHORT, "tail -n 60 " + OUTPUT).output();
  }
}
