package io.tradepit.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.protocol.itch.AddAttributedOrder;
import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.itch.ItchListener;
import io.tradepit.protocol.itch.OrderExecuted;
import io.tradepit.protocol.itch.StockDirectory;
import io.tradepit.protocol.itch.SystemEvent;
import io.tradepit.tools.client.FeedListener;
import io.tradepit.tools.client.FeedReceiver;
import io.tradepit.tools.client.FeedReceiverContext;
import io.tradepit.transport.MulticastSender;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Our receiver behind two lines that lose packets, against our server: real multicast and UDP on
 * loopback; time is the test's.
 */
@Timeout(60)
class LossyReceiverTest {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int STEPS_OF_A_DAY = 20_000;

  private final SplittableRandom random = new SplittableRandom(3);
  private final Heard heard = new Heard();
  private final RetransmissionContext server =
      new RetransmissionContext()
          .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private MulticastSender a;
  private MulticastSender b;
  private RecordedFeed feed;
  private FeedReceiver receiver;
  private int lossPercent;
  private boolean silent;
  private int lost;

  /** What the receiver handed over. */
  private static final class Heard implements ItchListener, FeedListener {
    final List<Long> numbers = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    FeedReceiver from;

    private void heard() {
      numbers.add(from.sequenceNumber());
    }

    @Override
    public void onSystemEvent(SystemEvent message) {
      heard();
    }

    @Override
    public void onStockDirectory(StockDirectory message) {
      heard();
    }

    @Override
    public void onAddOrder(AddOrder message) {
      heard();
    }

    @Override
    public void onAddAttributedOrder(AddAttributedOrder message) {
      heard();
    }

    @Override
    public void onOrderExecuted(OrderExecuted message) {
      heard();
    }

    @Override
    public void onSession(String session, long sequenceNumber) {
      notes.add("session from " + sequenceNumber);
    }

    @Override
    public void onGap(long first, long last) {
      notes.add("gap " + first + ".." + last);
    }

    @Override
    public void onRecovered(long first, long last) {
      notes.add("recovered " + first + ".." + last);
    }

    @Override
    public void onEndOfSession(long sequenceNumber) {
      notes.add("end " + sequenceNumber);
    }
  }

  @BeforeEach
  void start() throws IOException {
    NetworkInterface nic = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    a = new MulticastSender(group("239.255.73.1"), nic, 0);
    b = new MulticastSender(group("239.255.73.2"), nic, 0);
    feed =
        new RecordedFeed(
            packet -> loses() || a.trySend(packet),
            packet -> loses() || b.trySend(packet),
            settings -> settings.retransmission(server));
  }

  @AfterEach
  void stop() {
    if (receiver != null) {
      receiver.close();
    }
    feed.close();
    a.close();
    b.close();
  }

  private static InetSocketAddress group(String address) throws IOException {
    try (DatagramSocket free = new DatagramSocket(0)) {
      return new InetSocketAddress(InetAddress.getByName(address), free.getLocalPort());
    }
  }

  private boolean loses() {
    boolean loses = silent || random.nextInt(100) < lossPercent;
    lost += loses ? 1 : 0;
    return loses;
  }

  private FeedReceiverContext context() {
    return new FeedReceiverContext()
        .lineA(a.group())
        .lineB(b.group())
        .networkInterface(InetAddress.getLoopbackAddress())
        .retransmission(feed.recovery.retransmissionAddress().orElseThrow())
        .messages(heard)
        .listener(heard)
        .maxPacketBytes(1_400)
        .clock(() -> feed.nowNs);
  }

  private void open(FeedReceiverContext context) {
    receiver = FeedReceiver.open(context);
    heard.from = receiver;
  }

  private void step(long elapsedNs) {
    feed.publish();
    feed.recover();
    while (receiver.poll(64) > 0) {
      feed.nowNs++;
    }
    feed.nowNs += elapsedNs;
  }

  private void toTheEnd() {
    feed.closeDay();
    for (int i = 0; i < STEPS_OF_A_DAY && !receiver.isEnded(); i++) {
      step(MS);
    }
    assertTrue(receiver.isEnded(), heard.notes.toString());
  }

  private void assertComplete(long first) {
    assertEquals(feed.last() - first + 1, heard.numbers.size());
    for (int i = 0; i < heard.numbers.size(); i++) {
      assertEquals(first + i, heard.numbers.get(i));
    }
    assertEquals(0, receiver.gaps());
    assertTrue(heard.notes.stream().noneMatch(note -> note.startsWith("gap")));
  }

  @Test
  void shouldEndCompleteWhenBothLinesLosePackets() {
    open(context());
    feed.open();
    step(MS);
    lossPercent = 30;
    int rounds = (int) Tier.count(300, 5_000);
    for (int i = 0; i < rounds; i++) {
      // A few packets a round, and both lines away for a while now and then.
      silent = i % 50 > 45;
      feed.orders(1 + random.nextInt(60));
      step(MS);
    }
    silent = false;
    toTheEnd();
    assertComplete(1);
    assertTrue(receiver.recoveredMessages() > 0);
    assertTrue(heard.notes.stream().anyMatch(note -> note.startsWith("recovered ")));
    Tier.ran(
        "receiver behind two lossy lines",
        "messages=%d packetsLost=%d recovered=%d requests=%d"
            .formatted(feed.last(), lost, receiver.recoveredMessages(), receiver.requests()));
  }

  /** Far more is missing than packets can be held. */
  @Test
  void shouldEndCompleteWhenThePacketsThatItCanHoldAreUsedUp() {
    open(context().heldPackets(4));
    feed.open();
    step(MS);
    lossPercent = 60;
    for (int i = 0; i < 100; i++) {
      feed.orders(50);
      feed.publish();
      while (receiver.poll(64) > 0) {
        feed.nowNs++;
      }
    }
    lossPercent = 0;
    toTheEnd();
    assertComplete(1);
  }

  @Test
  void shouldGoOnAskingWhenTheServerRefusesForItsLimit() throws IOException {
    feed.close();
    server.burst(1).requestsPerSecond(100);
    feed =
        new RecordedFeed(
            packet -> loses() || a.trySend(packet),
            packet -> loses() || b.trySend(packet),
            settings -> settings.retransmission(server));
    open(context().requestTries(20));
    feed.open();
    step(MS);
    silent = true;
    feed.orders(200);
    step(MS);
    silent = false;
    toTheEnd();
    assertComplete(1);
    assertTrue(feed.counters.get("retransmission_limited_total") > 0);
  }

  /** It was recorded and never sent; the publisher of the next start tells of it by its number. */
  @Test
  void shouldFillWhatThePublisherDidNotSendBeforeItWasKilled() {
    open(context());
    feed.open().orders(100);
    step(MS);
    feed.orders(40);
    PublisherAgent restarted =
        new PublisherAgent(
            new PublisherContext()
                .eventReader(feed.stream.newReader())
                .lineA(packet -> a.trySend(packet))
                .lineB(packet -> b.trySend(packet))
                .clock(() -> feed.nowNs)
                .counters(feed.counters)
                .firstFeedMessageNumber(feed.last() + 1)
                .streamSession(RecordedFeed.SESSION)
                .conclude());
    for (int i = 0; i < 1_200; i++) {
      restarted.doWork();
      feed.recover();
      receiver.poll(64);
      feed.nowNs += MS;
    }
    assertEquals(List.of("session from 1", "recovered 203..282"), heard.notes);
    feed.orders(1);
    restarted.doWork();
    receiver.poll(64);
    assertComplete(1);
  }

  @Test
  void shouldBeginWithTheFirstMessageWhenAskedTo() {
    feed.open().orders(2_000);
    feed.publish();
    open(context().fromStart());
    feed.orders(10);
    step(MS);
    for (int i = 0; i < STEPS_OF_A_DAY && heard.numbers.size() < feed.last(); i++) {
      step(MS);
    }
    toTheEnd();
    assertComplete(1);
    assertEquals("session from 1", heard.notes.getFirst());
    assertEquals("recovered 1..4002", heard.notes.get(1));
  }

  @Test
  void shouldNameTheGapWhenTheServerIsNotThere() throws IOException {
    try (DatagramSocket nobody = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      open(
          context()
              .retransmission(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), nobody.getLocalPort()))
              .requestTries(3)
              .requestTimeoutNs(10 * MS));
      feed.open();
      step(MS);
      silent = true;
      feed.orders(500);
      step(MS);
      silent = false;
      feed.orders(1);
      step(MS);
      // 10 ms until it asks, then 10, 20 and 40 ms.
      for (int i = 0; i < 78; i++) {
        step(MS);
      }
      assertEquals(List.of("session from 1"), heard.notes);
      step(5 * MS);
      step(MS);
      assertEquals(List.of("session from 1", "gap 3..1002"), heard.notes);
      assertEquals(1_000, receiver.lostMessages());
      assertEquals(1_004, heard.numbers.getLast());
    }
  }

  @Test
  void shouldRefuseWhatCanNotWork() {
    assertThrows(
        IllegalArgumentException.class,
        () -> FeedReceiver.open(context().retransmission(null).fromStart()));
    assertThrows(
        IllegalArgumentException.class, () -> FeedReceiver.open(context().requestTries(0)));
    assertThrows(
        IllegalArgumentException.class, () -> FeedReceiver.open(context().outstandingRequests(0)));
  }
}
