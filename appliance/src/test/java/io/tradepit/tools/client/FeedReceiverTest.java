package io.tradepit.tools.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.config.ConfigException;
import io.tradepit.config.StartException;
import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.itch.ItchListener;
import io.tradepit.protocol.itch.ItchType;
import io.tradepit.protocol.mold.MoldLayout;
import io.tradepit.protocol.mold.MoldPacketEncoder;
import io.tradepit.transport.MulticastSender;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real multicast on the loopback interface; time is the test's. */
@Timeout(60)
class FeedReceiverTest {
  private static final UnsafeBuffer TODAY = session("20261120A ");
  private static final UnsafeBuffer TOMORROW = session("20261121A ");
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Heard heard = new Heard();
  private final UnsafeBuffer packet = new UnsafeBuffer(ByteBuffer.allocateDirect(65_507));
  private final MoldPacketEncoder encoder = new MoldPacketEncoder();
  private final AddOrder add = new AddOrder();
  private long nowNs;
  private InetAddress loopback;
  private MulticastSender a;
  private MulticastSender b;
  private FeedReceiver receiver;

  /** What the listeners were told, one line each. */
  private static final class Heard implements ItchListener, FeedListener {
    final List<String> lines = new ArrayList<>();
    FeedReceiver from;

    @Override
    public void onAddOrder(AddOrder message) {
      // The sender writes each message's number into it.
      assertEquals(message.orderReference(), from.sequenceNumber());
      lines.add(Long.toString(message.orderReference()));
    }

    @Override
    public void onSession(String session, long sequenceNumber) {
      lines.add("session " + session.strip() + " from " + sequenceNumber);
    }

    @Override
    public void onGap(long first, long last) {
      lines.add("gap " + first + ".." + last);
    }

    @Override
    public void onMalformedMessage(long sequenceNumber, int lengthBytes) {
      lines.add("malformed " + sequenceNumber + " length " + lengthBytes);
    }

    @Override
    public void onEndOfSession(long sequenceNumber) {
      lines.add("end " + sequenceNumber);
    }
  }

  @BeforeEach
  void join() throws Exception {
    loopback = InetAddress.getLoopbackAddress();
    NetworkInterface nic = NetworkInterface.getByInetAddress(loopback);
    a = new MulticastSender(group("239.255.72.1"), nic, 0);
    b = new MulticastSender(group("239.255.72.2"), nic, 0);
    open(context());
  }

  @AfterEach
  void leave() {
    receiver.close();
    a.close();
    b.close();
  }

  private FeedReceiverContext context() {
    return new FeedReceiverContext()
        .lineA(a.group())
        .lineB(b.group())
        .networkInterface(loopback)
        .messages(heard)
        .listener(heard)
        .gapWaitNs(10 * MS)
        .lineSilentAfterNs(3_000 * MS)
        .maxPacketBytes(1_400)
        .heldPackets(8)
        .clock(() -> nowNs);
  }

  private void open(FeedReceiverContext context) {
    receiver = FeedReceiver.open(context);
    heard.from = receiver;
  }

  private void reopen(FeedReceiverContext context) {
    receiver.close();
    open(context);
  }

  @Test
  void shouldHandOverEachMessageOnceWhenBothLinesBringIt() {
    for (long first = 1; first <= 31; first += 10) {
      send(a, TODAY, first, 10);
      send(b, TODAY, first, 10);
    }
    poll(8);
    assertHeard("session 20261120A from 1", "1..40");
    assertEquals(4, line(0).first() + line(1).first());
    assertEquals(4, line(0).duplicates() + line(1).duplicates());
    assertEquals(40, line(0).messages());
    assertEquals(40, receiver.messages());
    assertEquals(41, receiver.nextSequenceNumber());
  }

  @Test
  void shouldFillTheLossOfOneLineFromTheOther() {
    for (long first = 1; first <= 91; first += 10) {
      if (first % 20 == 1) {
        send(a, TODAY, first, 10);
      }
      send(b, TODAY, first, 10);
    }
    poll(15);
    nowNs += 100 * MS;
    poll(0);
    assertHeard("session 20261120A from 1", "1..100");
    assertEquals(0, receiver.gaps());
    assertEquals(40, line(0).missing());
    assertEquals(0, line(1).missing());
  }

  @Test
  void shouldWaitForTheOtherLineWhenOneHasLost() {
    send(a, TODAY, 1, 1);
    send(a, TODAY, 3, 1);
    send(a, TODAY, 4, 1);
    poll(3);
    nowNs += 9 * MS;
    poll(0);
    assertHeard("session 20261120A from 1", "1");
    send(b, TODAY, 2, 1);
    poll(1);
    assertHeard("session 20261120A from 1", "1..4");
  }

  @Test
  void shouldPutPacketsOfOneLineInOrder() {
    reopen(context().lineB(null));
    for (long first : new long[] {1, 4, 2, 3, 7, 6, 5}) {
      send(a, TODAY, first, 1);
    }
    poll(7);
    assertHeard("session 20261120A from 1", "1..7");
    assertEquals(0, line(0).missing());
    assertEquals(0, line(0).duplicates());
  }

  @Test
  void shouldReportAGapWhenBothLinesLostTheSamePacket() {
    send(a, TODAY, 1, 2);
    send(b, TODAY, 1, 2);
    send(a, TODAY, 6, 2);
    send(b, TODAY, 6, 2);
    poll(4);
    assertHeard("session 20261120A from 1", "1..2");
    nowNs += 10 * MS;
    poll(0);
    assertHeard("session 20261120A from 1", "1..2", "gap 3..5", "6..7");
    assertEquals(3, receiver.lostMessages());
    assertEquals("A=up next=8 missing=3", line(0).toString());
    // Too late is too late: sequence is never broken.
    send(b, TODAY, 3, 3);
    poll(1);
    assertHeard("session 20261120A from 1", "1..2", "gap 3..5", "6..7");
  }

  @Test
  void shouldReportEachOfTwoGapsInItsPlace() {
    send(a, TODAY, 1, 1);
    send(a, TODAY, 3, 1);
    poll(2);
    nowNs += 5 * MS;
    send(a, TODAY, 5, 1);
    poll(1);
    nowNs += 5 * MS;
    poll(0);
    assertHeard("session 20261120A from 1", "1", "gap 2..2", "3");
    nowNs += 5 * MS;
    poll(0);
    assertHeard("session 20261120A from 1", "1", "gap 2..2", "3", "gap 4..4", "5");
  }

  @Test
  void shouldGiveUpTheOldestWhenTooMuchIsHeld() {
    send(a, TODAY, 1, 1);
    LongStream.rangeClosed(3, 11).forEach(first -> send(a, TODAY, first, 1));
    poll(10);
    assertHeard("session 20261120A from 1", "1", "gap 2..2", "3..11");
  }

  @Test
  void shouldReportWhatAHeartbeatShowsToBeMissing() {
    send(a, TODAY, 1, 1);
    sendHeartbeat(a, 4);
    poll(2);
    assertHeard("session 20261120A from 1", "1");
    nowNs += 10 * MS;
    poll(0);
    assertHeard("session 20261120A from 1", "1", "gap 2..3");
    assertEquals(1, line(0).heartbeats());
  }

  @Test
  void shouldHandOverOnlyWhatIsNewOfAPacketThatWasPackedOtherwise() {
    send(a, TODAY, 1, 3);
    send(b, TODAY, 2, 4);
    poll(2);
    assertHeard("session 20261120A from 1", "1..5");
  }

  @Test
  void shouldBeginWhereItJoinsAndSayWhenALineIsSilent() {
    sendHeartbeat(b, 500);
    poll(1);
    assertHeard("session 20261120A from 500");
    assertEquals(ReceivedLine.State.NOTHING_YET, line(0).state());
    nowNs += 3_000 * MS;
    poll(0);
    assertEquals(ReceivedLine.State.SILENT, line(1).state());
    send(b, TODAY, 500, 1);
    poll(1);
    assertEquals(ReceivedLine.State.UP, line(1).state());
  }

  @Test
  void shouldEndOnceAndFollowTheNextSession() {
    send(a, TODAY, 1, 2);
    sendEnd(a, 3);
    sendEnd(b, 3);
    sendEnd(b, 3);
    poll(4);
    assertTrue(receiver.isEnded());
    send(a, TOMORROW, 1, 1);
    poll(1);
    assertFalse(receiver.isEnded());
    // The other line still ends the day before.
    sendEnd(b, 3);
    poll(1);
    assertHeard("session 20261120A from 1", "1..2", "end 3", "session 20261121A from 1", "1");
    assertEquals(1, line(1).foreign());
  }

  @Test
  void shouldReportWhatIsMissingBeforeTheEnd() {
    send(a, TODAY, 1, 1);
    sendEnd(a, 3);
    poll(2);
    assertFalse(receiver.isEnded());
    nowNs += 10 * MS;
    poll(0);
    assertHeard("session 20261120A from 1", "1", "gap 2..2", "end 3");
  }

  @Test
  void shouldDropPacketsOfAnotherSessionUntilItsOwnIsSilent() {
    send(a, TODAY, 1, 1);
    send(a, TODAY, 3, 1);
    send(b, TOMORROW, 1, 1);
    poll(3);
    assertHeard("session 20261120A from 1", "1");
    assertEquals(1, line(1).foreign());
    nowNs += 3_000 * MS;
    send(b, TOMORROW, 2, 1);
    poll(1);
    nowNs += 1_000 * MS;
    poll(0);
    assertHeard(
        "session 20261120A from 1",
        "1",
        "gap 2..2",
        "3",
        "session 20261121A from 1",
        "gap 1..1",
        "2");
  }

  @Test
  void shouldCountMalformedDatagramsAndGoOn() {
    send(a, TODAY, 1, 1);
    sendBytes(a, 1);
    sendBytes(a, MoldLayout.HEADER_LENGTH - 1);
    int length = encode(TODAY, 2, 3);
    sendBytes(a, length - 1); // a message cut short
    encode(TODAY, 2, 3);
    sendBytes(a, length + 1); // a byte too many
    encode(TODAY, 0, 1);
    sendBytes(a, length); // numbers begin at 1
    encode(TODAY, -1, 1);
    sendBytes(a, MoldLayout.HEADER_LENGTH + MoldLayout.BLOCK_HEADER_LENGTH + 36);
    sendBytes(a, 1_401); // longer than a packet may be
    send(a, TODAY, 2, 1);
    poll(9);
    assertHeard("session 20261120A from 1", "1..2");
    assertEquals(7, line(0).malformed());
  }

  @Test
  void shouldReportMessagesThatAreNotItch() {
    send(a, TODAY, 1, 1);
    encoder.begin(packet, 0, 1_400, TODAY, 2);
    packet.putByte(encoder.append(5), ItchType.ADD_ORDER);
    encoder.append(0);
    packet.putByte(encoder.append(3), (byte) 'z');
    sendBytes(a, encoder.end());
    send(a, TODAY, 5, 1);
    poll(3);
    assertHeard("session 20261120A from 1", "1", "malformed 2 length 5", "5");
    assertEquals(1, receiver.malformedMessages());
  }

  @Test
  void shouldNotHearGroupsThatItDidNotJoin() {
    reopen(context().lineB(null));
    send(b, TODAY, 1, 1);
    send(a, TODAY, 7, 1);
    poll(1);
    assertHeard("session 20261120A from 7", "7");
    assertEquals(1, receiver.lines().size());
  }

  @Test
  void shouldStateTheReceiveBufferObtained() {
    assertEquals(4 << 20, line(0).receiveBufferAsked());
    assertTrue(line(0).receiveBufferObtained() > 0);
  }

  @Test
  void shouldNameWhatIsWrong() {
    assertThrows(IllegalArgumentException.class, () -> openAndClose(context().heldPackets(3)));
    assertThrows(
        IllegalArgumentException.class, () -> openAndClose(context().lineA(null).lineB(null)));
    assertThrows(ConfigException.class, () -> openAndClose(context().networkInterface(null)));
    StartException refused =
        assertThrows(
            StartException.class,
            () -> openAndClose(context().networkInterface(InetAddress.getByName("192.0.2.1"))));
    assertTrue(refused.getMessage().startsWith("line=A group=239.255.72.1:"));
  }

  @Test
  void shouldAllocateNothingWhilePacketsComeInSequence() {
    class Count implements ItchListener {
      long messages;

      @Override
      public void onAddOrder(AddOrder message) {
        messages++;
      }
    }

    Count count = new Count();
    reopen(context().messages(count).listener(new FeedListener() {}));
    int packets = (int) Tier.count(20_000, 200_000);
    long first = 1;
    int rounds = 0;
    long bytes = 1;
    // What the JVM itself allocates on this thread while it compiles ends after some rounds.
    while (bytes != 0 && rounds++ < 8) {
      long from = first;
      bytes = AllocationMeter.bytesAllocatedBy(() -> sendAndPoll(from, packets));
      first += 10L * packets;
    }
    assertEquals(first - 1, count.messages);
    assertEquals(0, bytes, "bytesAllocated");
    Tier.ran("feed received on two lines", "packets=" + 2 * packets + " bytesAllocated=" + bytes);
  }

  private void sendAndPoll(long first, int packets) {
    for (int i = 0; i < packets; i++) {
      int length = encode(TODAY, first + 10L * i, 10);
      sendBytes(a, length);
      sendBytes(b, length);
      int read = 0;
      while (read < 2) {
        read += receiver.poll(2);
      }
    }
  }

  private void openAndClose(FeedReceiverContext context) {
    FeedReceiver.open(context).close();
  }

  private ReceivedLine line(int index) {
    return receiver.lines().get(index);
  }

  /** Polls until so many datagrams have been read, and once more. */
  private void poll(int datagrams) {
    int read = 0;
    long deadlineNs = System.nanoTime() + 10_000 * MS;
    while (read < datagrams && System.nanoTime() < deadlineNs) {
      read += receiver.poll(16);
    }
    assertEquals(0, receiver.poll(16));
    assertEquals(datagrams, read);
  }

  /** Numbers are written as ranges. */
  private void assertHeard(String... expected) {
    List<String> numbers = new ArrayList<>();
    for (String line : expected) {
      if (line.matches("\\d+\\.\\.\\d+")) {
        String[] ends = line.split("\\.\\.", -1);
        LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[1]))
            .mapToObj(Long::toString)
            .forEach(numbers::add);
      } else {
        numbers.add(line);
      }
    }
    assertEquals(numbers, heard.lines);
  }

  private void send(MulticastSender line, UnsafeBuffer session, long first, int count) {
    sendBytes(line, encode(session, first, count));
  }

  private int encode(UnsafeBuffer session, long first, int count) {
    encoder.begin(packet, 0, 1_400, session, first);
    for (int i = 0; i < count; i++) {
      int at = encoder.append(36);
      add.begin(packet, at, 1, 0, 0);
      add.orderReference(first + i).side((byte) 'B').shares(100).price(10_000);
    }
    return encoder.end();
  }

  private void sendHeartbeat(MulticastSender line, long next) {
    sendBytes(line, MoldPacketEncoder.encodeHeartbeat(packet, 0, TODAY, next));
  }

  private void sendEnd(MulticastSender line, long next) {
    sendBytes(line, MoldPacketEncoder.encodeEndOfSession(packet, 0, TODAY, next));
  }

  private void sendBytes(MulticastSender line, int length) {
    ByteBuffer bytes = packet.byteBuffer().clear().limit(length);
    while (!line.trySend(bytes)) {
      Thread.onSpinWait();
    }
  }

  private static UnsafeBuffer session(String text) {
    return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
  }

  private InetSocketAddress group(String address) throws Exception {
    try (DatagramSocket free = new DatagramSocket(0, loopback)) {
      return new InetSocketAddress(InetAddress.getByName(address), free.getLocalPort());
    }
  }
}
