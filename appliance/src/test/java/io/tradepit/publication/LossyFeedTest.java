package io.tradepit.publication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.paritytrading.nassau.moldudp64.MoldUDP64Client;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientState;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientStatusListener;
import io.tradepit.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** nassau's receiver, with a request logic of its own, behind a line that loses packets. */
@Timeout(60)
class LossyFeedTest {
  private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(40);

  /** nassau's client and what it tells. */
  private static final class Follower implements MoldUDP64ClientStatusListener, AutoCloseable {
    final List<byte[]> messages = new ArrayList<>();
    final DatagramChannel line = open();
    final DatagramChannel requests = open();
    final MoldUDP64Client client;
    MoldUDP64ClientState state = MoldUDP64ClientState.UNKNOWN;
    int requested;
    boolean ended;

    Follower(InetSocketAddress server, long from) throws IOException {
      client = new MoldUDP64Client(line, requests, server, this::onMessage, this, from);
    }

    private static DatagramChannel open() throws IOException {
      DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.configureBlocking(false);
      return channel;
    }

    void receive() throws IOException {
      boolean more = true;
      while (more) {
        boolean received = client.receive();
        more = client.receiveResponse() || received;
      }
    }

    private void onMessage(ByteBuffer message) {
      byte[] bytes = new byte[message.remaining()];
      message.get(bytes);
      messages.add(bytes);
    }

    @Override
    public void state(MoldUDP64Client session, MoldUDP64ClientState next) {
      state = next;
    }

    @Override
    public void downstream(MoldUDP64Client session, long sequenceNumber, int messageCount) {}

    @Override
    public void request(MoldUDP64Client session, long sequenceNumber, int count) {
      requested++;
    }

    @Override
    public void endOfSession(MoldUDP64Client session) {
      ended = true;
    }

    @Override
    public void close() throws IOException {
      client.close();
    }
  }

  @Test
  void shouldEndSynchronisedWhenTheLineLosesPackets() throws IOException {
    run(20, 1);
  }

  @Test
  void shouldBackfillALateJoinerFromTheFirstMessage() throws IOException {
    run(10, 0);
  }

  /**
   * @param lossPercent of the line's packets
   * @param heardFromStart 0 = half of the orders come before the follower is there
   */
  private static void run(int lossPercent, int heardFromStart) throws IOException {
    SplittableRandom random = new SplittableRandom(42 + lossPercent);
    int orders = (int) Tier.count(3_000, 100_000);
    CapturedLine whole = new CapturedLine();
    InetSocketAddress[] to = new InetSocketAddress[1];
    int[] lost = {0};
    RetransmissionContext context =
        new RetransmissionContext()
            .address(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            // The test's time stands nearly still.
            .burst(1_000_000);
    try (DatagramChannel out = DatagramChannel.open(StandardProtocolFamily.INET);
        RecordedFeed feed =
            new RecordedFeed(
                packet -> {
                  whole.trySend(packet.duplicate());
                  if (to[0] == null || random.nextInt(100) < lossPercent) {
                    lost[0]++;
                    return true;
                  }
                  return send(out, packet, to[0]);
                },
                settings -> settings.retransmission(context))) {
      feed.open();
      if (heardFromStart == 0) {
        publish(feed, orders / 2);
      }
      try (Follower follower =
          new Follower(feed.recovery.retransmissionAddress().orElseThrow(), 1)) {
        to[0] = (InetSocketAddress) follower.line.getLocalAddress();
        long deadlineNs = System.nanoTime() + DEADLINE_NS;
        for (int i = 0; i < orders; i += 20) {
          publish(feed, 20);
          feed.recover();
          follower.receive();
        }
        feed.closeDay();
        while (!(follower.ended && follower.messages.size() == feed.last())
            && System.nanoTime() < deadlineNs) {
          publish(feed, 0);
          feed.recover();
          follower.receive();
          // So that heartbeats come.
          feed.nowNs += TimeUnit.MILLISECONDS.toNanos(1);
        }
        assertComplete(feed, whole, follower);
        Tier.ran(
            "nassau behind a lossy line",
            "lossPercent=%d packetsLost=%d messages=%d requests=%d"
                .formatted(lossPercent, lost[0], follower.messages.size(), follower.requested));
      }
    }
  }

  private static void publish(RecordedFeed feed, int orders) {
    feed.orders(orders);
    while (feed.publisher.doWork() > 0) {
      feed.nowNs++;
    }
  }

  private static boolean send(DatagramChannel out, ByteBuffer packet, InetSocketAddress to) {
    try {
      return out.send(packet, to) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertComplete(RecordedFeed feed, CapturedLine whole, Follower follower) {
    assertEquals(feed.last(), follower.messages.size());
    assertEquals(MoldUDP64ClientState.SYNCHRONIZED, follower.state);
    assertTrue(follower.ended, "endOfSession");
    assertTrue(follower.requested > 0, "requests");
    List<byte[]> published = RecordedFeed.messagesOf(whole);
    assertEquals(published.size(), follower.messages.size());
    for (int i = 0; i < published.size(); i++) {
      assertArrayEquals(published.get(i), follower.messages.get(i), "message=" + (i + 1));
    }
  }
}
