package io.tradepit.publication;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.paritytrading.nassau.moldudp64.MoldUDP64Client;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientState;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientStatusListener;
import io.tradepit.Tier;
import io.tradepit.protocol.itch.ItchBookBuilder;
import io.tradepit.protocol.itch.ItchDecoder;
import io.tradepit.telemetry.CounterFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** nassau's receiver follows our publisher over real multicast on the loopback interface. */
@Timeout(30)
class MulticastConformanceTest {
  private static final int ORDERS = 2_000;
  private static final long DEADLINE_NS = TimeUnit.SECONDS.toNanos(20);

  private long nowNs = 1;

  @Test
  void shouldBeFollowedOnLineAAndOnLineB() throws IOException {
    NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    InetAddress groupA = InetAddress.getByName("239.255.71.1");
    InetAddress groupB = InetAddress.getByName("239.255.71.2");
    try (DatagramChannel inA = receiver(groupA, loopback);
        DatagramChannel inB = receiver(groupB, loopback);
        DatagramChannel outA = sender(groupA, inA, loopback);
        DatagramChannel outB = sender(groupB, inB, loopback);
        Follower followerA = new Follower(inA);
        Follower followerB = new Follower(inB)) {
      PublisherAgent agent =
          new PublisherAgent(
              new PublisherContext()
                  .eventReader(day())
                  .lineA(packet -> trySend(outA, packet))
                  .lineB(packet -> trySend(outB, packet))
                  .clock(() -> nowNs)
                  .counters(CounterFactory.unexported())
                  .framesPerDutyCycle(20)
                  .conclude());
      long deadlineNs = System.nanoTime() + DEADLINE_NS;
      while (!(followerA.ended && followerB.ended) && System.nanoTime() < deadlineNs) {
        agent.doWork();
        followerA.receive();
        followerB.receive();
        nowNs += 1_000_000;
      }
      assertFollowed(followerA, followerB);
    }
  }

  private static void assertFollowed(Follower followerA, Follower followerB) {
    assertTrue(followerA.ended && followerB.ended, "endOfSession");
    assertEquals(2 + 2 * ORDERS + 1, followerA.messages.size());
    assertEquals(followerA.messages.size(), followerB.messages.size());
    ItchDecoder decoder = new ItchDecoder();
    ItchBookBuilder book = new ItchBookBuilder();
    for (int i = 0; i < followerA.messages.size(); i++) {
      byte[] message = followerA.messages.get(i);
      assertArrayEquals(message, followerB.messages.get(i));
      decoder.decode(new UnsafeBuffer(message), 0, message.length, book);
    }
    assertEquals(0, book.unknownReferences());
    assertEquals(ORDERS, book.orderCount());
    assertEquals(Map.of(1_503_400L, 60L * ORDERS), book.bids(EventScript.INSTRUMENT));
    assertEquals(Map.of(), book.asks(EventScript.INSTRUMENT));
    assertEquals(0, followerA.requests + followerB.requests, "gaps");
    Tier.ran("MoldUDP64 followed by nassau", "lines=2 messages=" + followerA.messages.size());
  }

  private static EventScript day() {
    EventScript events = new EventScript();
    events.dayOpened("20261120A ").notified(1, 'O').listed(2, 100).frame(1);
    long number = 3;
    for (int order = 1; order <= ORDERS; order++) {
      events.accepted(number++, order, 'B', 'Y', 100, 1_503_400);
      events.executed(number++, order, 40, order).frame(order);
    }
    return events.notified(number, 'C').dayClosed().frame(1);
  }

  private static boolean trySend(DatagramChannel channel, ByteBuffer packet) {
    try {
      return channel.write(packet) > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DatagramChannel receiver(InetAddress group, NetworkInterface nic)
      throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 4 << 20);
    channel.bind(new InetSocketAddress(group, 0));
    channel.join(group, nic);
    channel.configureBlocking(false);
    return channel;
  }

  private static DatagramChannel sender(
      InetAddress group, DatagramChannel receiver, NetworkInterface nic) throws IOException {
    DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
    channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, nic);
    channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 0);
    channel.configureBlocking(false);
    int port = ((InetSocketAddress) receiver.getLocalAddress()).getPort();
    channel.connect(new InetSocketAddress(group, port));
    return channel;
  }

  /** nassau's client and what it tells. */
  private static final class Follower implements MoldUDP64ClientStatusListener, AutoCloseable {
    final List<byte[]> messages = new ArrayList<>();
    int requests;
    boolean ended;
    private final DatagramChannel requestChannel;
    private final MoldUDP64Client client;

    Follower(DatagramChannel line) throws IOException {
      requestChannel = DatagramChannel.open(StandardProtocolFamily.INET);
      requestChannel.configureBlocking(false);
      // Nobody serves requests there: a gap would be seen as one and never be filled.
      InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
      client = new MoldUDP64Client(line, requestChannel, nobody, this::onMessage, this, 1);
    }

    void receive() throws IOException {
      client.receive();
    }

    @Override
    public void state(MoldUDP64Client session, MoldUDP64ClientState next) {}

    @Override
    public void downstream(MoldUDP64Client session, long sequenceNumber, int messageCount) {}

    @Override
    public void request(MoldUDP64Client session, long sequenceNumber, int count) {
      requests++;
    }

    @Override
    public void endOfSession(MoldUDP64Client session) {
      ended = true;
    }

    @Override
    public void close() throws IOException {
      requestChannel.close();
    }

    private void onMessage(ByteBuffer message) {
      byte[] bytes = new byte[message.remaining()];
      message.get(bytes);
      messages.add(bytes);
    }
  }
}
