package io.tradepit.publication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.protocol.mold.MoldPacketDecoder;
import io.tradepit.protocol.mold.MoldPacketEncoder;
import io.tradepit.stream.MessageIndex;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests over real UDP on loopback; time is the test's. */
@Timeout(30)
class RetransmissionServerTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int NOTHING_MS = 20;

  private final CapturedLine line = new CapturedLine();
  private final RetransmissionContext context =
      new RetransmissionContext().address(loopback(0)).burst(1_000_000);
  private final UnsafeBuffer request = new UnsafeBuffer(new byte[64]);
  private RecordedFeed feed;
  private DatagramSocket requester;

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private RecordedFeed open() throws IOException {
    feed = new RecordedFeed(line, settings -> settings.retransmission(context));
    requester = new DatagramSocket(loopback(0));
    return feed;
  }

  @AfterEach
  void close() {
    feed.close();
    requester.close();
  }

  @Test
  void shouldAnswerWithTheVeryBytesThatWerePublished() throws IOException {
    open().open().orders(300).closeDay();
    List<byte[]> published = published();
    assertEquals(feed.last(), published.size());
    SplittableRandom random = new SplittableRandom(7);
    int replies = 0;
    for (int i = 0; i < 500; i++) {
      long first = 1 + random.nextLong(feed.last());
      int count = 1 + random.nextInt(80);
      List<byte[]> got = ask(first, count);
      int room = room(published, (int) first);
      assertEquals(Math.min(Math.min(count, feed.last() - first + 1), room), got.size());
      for (int m = 0; m < got.size(); m++) {
        assertArrayEquals(published.get((int) first - 1 + m), got.get(m), "message=" + (first + m));
      }
      replies++;
    }
    assertEquals(replies, feed.counters.get("retransmission_replies_total"));
    Tier.ran("retransmission equals publication", "requests=" + replies);
  }

  /** The worked example of the protocol fact sheet. */
  @Test
  void shouldAnswerTheGoldenRequestWithTheGoldenReply() throws IOException {
    open();
    feed.script.dayOpened("20261120A ").notified(1, 'Q').frame(34_200_123_456_635L).frame(1);
    feed.record();
    feed.recover();
    byte[] golden = HexFormat.of().parseHex("3230323631313230412000000000000000010002");
    requester.send(new DatagramPacket(golden, golden.length, server()));
    feed.recover();
    byte[] reply = receive();
    String text = HexFormat.of().formatHex(reply);
    assertEquals("3230323631313230412000000000000000010001000c53", text.substring(0, 46));
  }

  @Test
  void shouldGoOnReadingWhereTheLastReplyEnded() throws IOException {
    context.framesPerDutyCycle(4);
    open().open().orders(2_000);
    long next = 1;
    while (next <= feed.last()) {
      List<byte[]> got = ask(next, 65_534);
      assertTrue(!got.isEmpty(), "number=" + next);
      next += got.size();
    }
    assertEquals(feed.last() + 1, next);
    assertEquals(feed.last(), feed.counters.get("retransmission_messages_total"));
  }

  @Test
  void shouldDropAndCountWhatCanNotBeAnswered() throws IOException {
    open().open().orders(10);
    feed.recover();
    UnsafeBuffer other = new UnsafeBuffer("20261119A ".getBytes(StandardCharsets.US_ASCII));
    sendRequest(other, 1, 1);
    assertRefused("foreign", 1);
    sendRequest(RecordedFeed.session(), 0, 1);
    assertRefused("unknown", 1);
    sendRequest(RecordedFeed.session(), feed.last() + 1, 1);
    assertRefused("unknown", 2);
    sendRequest(RecordedFeed.session(), -1, 1);
    assertRefused("unknown", 3);
    sendRequest(RecordedFeed.session(), 1, 0);
    assertRefused("malformed", 1);
    for (int length : new int[] {0, 1, 19, 21, 64}) {
      requester.send(new DatagramPacket(new byte[length], length, server()));
    }
    assertRefused("malformed", 6);
    assertEquals(1, ask(1, 1).size());
  }

  @Test
  void shouldKnowNoSessionBeforeTheDayIsOpen() throws IOException {
    open();
    sendRequest(RecordedFeed.session(), 1, 1);
    assertRefused("foreign", 1);
    feed.open();
    assertEquals(2, ask(1, 10).size());
  }

  @Test
  void shouldServeDuringTheEndOfTheSession() throws IOException {
    open().open().orders(10).closeDay();
    assertEquals(1, ask(feed.last(), 5).size());
  }

  @Test
  void shouldLimitOneRequesterAndServeAnother() throws IOException {
    context.burst(200).requestsPerSecond(2_000);
    open().open().orders(10);
    feed.recover();
    int flood = 1_000;
    try (DatagramSocket other =
        new DatagramSocket(new InetSocketAddress(InetAddress.getByName("127.0.0.2"), 0))) {
      for (int i = 0; i < flood; i++) {
        sendRequest(RecordedFeed.session(), 1, 1);
        feed.recovery.doWork();
      }
      feed.recovery.doWork();
      assertEquals(200, feed.counters.get("retransmission_replies_total"));
      assertEquals(flood - 200, feed.counters.get("retransmission_limited_total"));
      send(other, RecordedFeed.session(), 1, 1);
      feed.recover();
      assertNotNull(receive(other));
      // A tenth of a second later the abuser may ask again, as often as the rate allows.
      feed.nowNs += SECOND / 20;
      for (int i = 0; i < flood; i++) {
        sendRequest(RecordedFeed.session(), 1, 1);
        feed.recovery.doWork();
      }
      feed.recovery.doWork();
      assertEquals(200 + 1 + 100, feed.counters.get("retransmission_replies_total"));
    }
    Tier.ran("retransmission limits", "flood=" + 2 * flood + " served=300 other=1");
  }

  @Test
  void shouldKeepTheTableOfRequestersBoundedAndForgetNoRefusal() throws IOException {
    RequesterLimits limits = new RequesterLimits(3, 2, 1_000);
    InetAddress[] sources = new InetAddress[4];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = InetAddress.getByName("10.0.0." + (i + 1));
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(RequesterLimits.Verdict.ALLOWED, limits.onRequest(sources[i], 0));
      assertEquals(RequesterLimits.Verdict.ALLOWED, limits.onRequest(sources[i], 0));
      assertEquals(RequesterLimits.Verdict.TOO_FAST, limits.onRequest(sources[i], 0));
    }
    assertEquals(RequesterLimits.Verdict.TABLE_FULL, limits.onRequest(sources[3], 1_000_000));
    assertEquals(3, limits.size());
    assertEquals(RequesterLimits.Verdict.ALLOWED, limits.onRequest(sources[3], 2_000_000));
    assertEquals(1, limits.size());
    // IPv6: the network of 64 bits is one requester.
    InetAddress near = InetAddress.getByName("2001:db8::1");
    InetAddress sameNetwork = InetAddress.getByName("2001:db8::2:0:0:1");
    assertEquals(RequesterLimits.Verdict.ALLOWED, limits.onRequest(near, 3_000_000));
    limits.onRequest(sameNetwork, 3_000_000);
    assertEquals(RequesterLimits.Verdict.TOO_FAST, limits.onRequest(near, 3_000_000));
    feed = open();
  }

  @Test
  void shouldGoOnWithAnIndexOfBefore() throws IOException {
    open().open().orders(500);
    MessageIndex index = new MessageIndex(FeedRecoveryContext.INDEX_ENTRIES);
    long[] position = {0};
    long next;
    try (FeedHistory before = new FeedHistory(feed.stream::newHistory, index, -1, 1, null)) {
      before.follow(200);
      next = before.nextNumber();
      feed.stream.newHistory().read(0, Long.MAX_VALUE, (b, o, l, at) -> position[0] = at, 201);
    }
    List<byte[]> published = published();
    FeedRecoveryAgent restarted =
        new FeedRecoveryAgent(
            new FeedRecoveryContext()
                .histories(feed.stream::newHistory)
                .counters(feed.counters)
                .retransmission(context)
                .startAt(index, position[0], next, "20261120A"));
    try {
      while (restarted.doWork() > 0) {
        feed.nowNs++;
      }
      for (long number : new long[] {1, next - 1, next, feed.last()}) {
        int length = MoldPacketEncoder.encodeRequest(request, 0, RecordedFeed.session(), number, 1);
        requester.send(
            new DatagramPacket(
                request.byteArray(), length, restarted.retransmissionAddress().orElseThrow()));
        while (restarted.doWork() > 0) {
          feed.nowNs++;
        }
        List<byte[]> got = messages(receive(), number);
        assertArrayEquals(published.get((int) number - 1), got.getFirst(), "number=" + number);
      }
    } finally {
      restarted.onClose();
    }
  }

  /** The JDK keeps the address of a source that asks again. */
  @Test
  void shouldAllocateNothingForARequestOfTheSameRequester() throws IOException {
    open().open().orders(100);
    feed.recover();
    int requests = (int) Tier.count(3_000, 100_000);
    long warmUp = bytesToServe(requests);
    long bytes = bytesToServe(requests);
    assertTrue(bytes / requests <= 8, "bytesOfARequest=" + bytes / requests);
    Tier.ran(
        "retransmission allocation",
        "requests=" + requests + " bytesOfARequest=" + bytes / requests + " warmUp=" + warmUp);
  }

  private long bytesToServe(int requests) throws IOException {
    long before = feed.counters.get("retransmission_replies_total");
    long bytes = 0;
    for (int i = 0; i < requests; i += 50) {
      for (int each = 0; each < 50; each++) {
        sendRequest(RecordedFeed.session(), 1 + (i + each) % 200, 30);
      }
      bytes += AllocationMeter.bytesAllocatedBy(feed::recover);
    }
    assertEquals(before + requests, feed.counters.get("retransmission_replies_total"));
    return bytes;
  }

  private void assertRefused(String counter, long times) throws IOException {
    feed.recover();
    assertNull(receive(), counter);
    assertEquals(times, feed.counters.get("retransmission_" + counter + "_total"), counter);
  }

  private InetSocketAddress server() {
    return feed.recovery.retransmissionAddress().orElseThrow();
  }

  private void sendRequest(UnsafeBuffer session, long first, int count) throws IOException {
    send(requester, session, first, count);
  }

  private void send(DatagramSocket from, UnsafeBuffer session, long first, int count)
      throws IOException {
    int length = MoldPacketEncoder.encodeRequest(request, 0, session, first, count);
    from.send(new DatagramPacket(request.byteArray(), length, server()));
  }

  /** The messages of the reply. */
  private List<byte[]> ask(long first, int count) throws IOException {
    feed.recover();
    sendRequest(RecordedFeed.session(), first, count);
    feed.recover();
    byte[] reply = receive();
    assertNotNull(reply, "number=" + first + " count=" + count);
    assertTrue(reply.length <= 1_400, "length=" + reply.length);
    return messages(reply, first);
  }

  private byte[] receive() throws IOException {
    return receive(requester);
  }

  private static byte[] receive(DatagramSocket socket) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[2_000], 2_000);
    socket.setSoTimeout(NOTHING_MS);
    try {
      socket.receive(packet);
    } catch (SocketTimeoutException nothing) {
      return null;
    }
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  private static List<byte[]> messages(byte[] packet, long first) {
    UnsafeBuffer bytes = new UnsafeBuffer(packet);
    MoldPacketDecoder decoder = new MoldPacketDecoder();
    assertTrue(decoder.wrap(bytes, 0, packet.length));
    assertEquals(first, decoder.sequenceNumber());
    List<byte[]> messages = new ArrayList<>();
    while (decoder.next()) {
      int from = decoder.messageOffset();
      messages.add(Arrays.copyOfRange(packet, from, from + decoder.messageLength()));
    }
    return messages;
  }

  /** Everything that the publisher sends of what is recorded, message by message. */
  private List<byte[]> published() {
    while (feed.publisher.doWork() > 0) {
      feed.nowNs++;
    }
    return RecordedFeed.messagesOf(line);
  }

  /** Messages from a number on that fit into one packet. */
  private static int room(List<byte[]> published, int first) {
    int length = 20;
    int count = 0;
    for (int i = first - 1; i < published.size(); i++) {
      length += 2 + published.get(i).length;
      if (length > 1_400) {
        return count;
      }
      count++;
    }
    return count;
  }
}
