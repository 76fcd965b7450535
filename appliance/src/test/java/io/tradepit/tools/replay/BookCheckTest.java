package io.tradepit.tools.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.itch.OrderExecuted;
import io.tradepit.protocol.mold.MoldPacketEncoder;
import io.tradepit.tools.client.FeedReceiverContext;
import io.tradepit.transport.MulticastSender;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The check of books against a feed that the test sends itself, on multicast over loopback. */
@Timeout(60)
class BookCheckTest {
  private static final int LOCATE = 3;

  private final Findings findings = new Findings();
  private final Progress progress = new Progress(2);
  private final ByteBuffer datagram = ByteBuffer.allocateDirect(256);
  private final UnsafeBuffer packet = new UnsafeBuffer(datagram);
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[64]);
  private MulticastSender sender;
  private ExpectedBooks expected;
  private BookCheck check;
  private Worker worker;

  @BeforeEach
  void join() throws Exception {
    int port;
    try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    InetSocketAddress group = new InetSocketAddress("239.192.7.9", port);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    expected = new ExpectedBooks(new int[] {0, 1}, 1);
    expected.put(0, ExpectedBooks.BID, 0, 500, 100);
    expected.put(1, ExpectedBooks.BID, 0, 500, 60);
    check =
        new BookCheck(
            flow(),
            progress,
            new FeedReceiverContext().lineA(group).networkInterface(loopback),
            new int[] {-1, -1, -1, 0},
            expected,
            findings);
    sender = new MulticastSender(group, NetworkInterface.getByInetAddress(loopback), 0);
    worker = Worker.start("replay-feed", check);
  }

  @AfterEach
  void leave() {
    check.stop();
    worker.join();
    sender.close();
    expected.close();
  }

  @Test
  void shouldCompareAtTheCommandHoweverEarlyTheFeedIs() throws Exception {
    send(1, add(LOCATE, 7, 100));
    send(2, add(1, 7, 5));
    send(3, executed(7, 40));
    await(() -> check.received() == 2);
    assertEquals(0, check.booksChecked(), "no command is answered yet");
    progress.finish(0, 1);
    await(() -> check.booksChecked() == 1);
    assertEquals(1, check.booksEqual());
    progress.finish(1, 2);
    await(() -> check.checked() == 2);
    assertEquals(2, check.booksEqual());
    assertEquals(List.of(), findings.first());
  }

  @Test
  void shouldEndAtAGapAndNameIt() throws Exception {
    send(1, add(LOCATE, 7, 100));
    progress.finish(0, 1);
    await(() -> check.checked() == 1);
    send(4, executed(7, 40));
    await(check::isBlind);
    progress.finish(1, 2);
    Thread.sleep(50);
    assertEquals(1, check.checked());
    assertEquals(1, check.booksChecked());
    assertTrue(findings.first().getFirst().startsWith("feedGap=2..3 messages=2: books after"));
  }

  @Test
  void shouldEndAtAMessageThatDoesNotFitAndNameIt() throws Exception {
    send(1, executed(99, 1));
    progress.finish(0, 1);
    await(check::isBlind);
    assertFalse(check.booksChecked() > 0);
    assertTrue(findings.first().getFirst().contains("does not fit the book"));
  }

  private static ReplayFlow flow() {
    ReplayFlow.Builder flow = new ReplayFlow.Builder(List.of("AAA"), true);
    for (int i = 0; i < 2; i++) {
      int command = flow.order(ReplayFlow.NEW, i, 0, 0, i, (byte) 'B', 100);
      flow.price(command, 500);
      flow.row(command, i);
    }
    return flow.build();
  }

  private int add(int locate, long reference, int shares) {
    AddOrder add = new AddOrder();
    add.begin(message, 0, locate, 0, 1);
    add.orderReference(reference).side((byte) 'B').shares(shares);
    add.stock(ItchText.symbol("AAA")).price(500);
    return add.length();
  }

  private int executed(long reference, int shares) {
    OrderExecuted executed = new OrderExecuted();
    executed.begin(message, 0, LOCATE, 0, 1);
    executed.orderReference(reference).executedShares(shares).matchNumber(1);
    return executed.length();
  }

  private void send(long sequence, int length) {
    UnsafeBuffer session = new UnsafeBuffer("2026112001".getBytes(StandardCharsets.US_ASCII));
    MoldPacketEncoder encoder = new MoldPacketEncoder();
    encoder.begin(packet, 0, packet.capacity(), session, sequence);
    packet.putBytes(encoder.append(length), message, 0, length);
    datagram.clear().limit(encoder.end());
    assertTrue(sender.trySend(datagram));
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long deadlineNs = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - deadlineNs < 0, "timed out: " + findings.first());
      Thread.sleep(1);
    }
  }
}
