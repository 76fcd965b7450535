package io.tradepit.main;

import com.paritytrading.nassau.moldudp64.MoldUDP64Client;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientState;
import com.paritytrading.nassau.moldudp64.MoldUDP64ClientStatusListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A market data receiver on one multicast line over nassau's MoldUDP64 client; polled by the test's
 * thread.
 */
final class Feed implements AutoCloseable, MoldUDP64ClientStatusListener {
  /** ITCH messages in sequence. */
  final List<byte[]> received = new ArrayList<>();

  private final MoldUDP64Client client;
  private final DatagramChannel requests;
  private long firstSequence = -1;
  private boolean ended;

  private Feed(DatagramChannel line, InetSocketAddress server) throws IOException {
    requests = DatagramChannel.open(StandardProtocolFamily.INET);
    requests.configureBlocking(false);
    client = new MoldUDP64Client(line, requests, server, this::onMessage, this, 1);
  }

  /** Joins a group on the loopback interface; requests go to a port that no one listens on. */
  static Feed join(InetSocketAddress group) throws IOException {
    return join(group, new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
  }

  /** Joins a group on the loopback interface, and asks a server for what is missing. */
  static Feed join(InetSocketAddress group, InetSocketAddress server) throws IOException {
    return join(group, InetAddress.getLoopbackAddress(), server);
  }

  /**
   * Joins a group, and asks a server for what is missing.
   *
   * @param own address of the interface to join on
   */
  static Feed join(InetSocketAddress group, InetAddress own, InetSocketAddress server)
      throws IOException {
    NetworkInterface nic = NetworkInterface.getByInetAddress(own);
    DatagramChannel line = DatagramChannel.open(StandardProtocolFamily.INET);
    line.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    line.setOption(StandardSocketOptions.SO_RCVBUF, 8 << 20);
    line.bind(new InetSocketAddress(group.getAddress(), group.getPort()));
    line.join(group.getAddress(), nic);
    line.configureBlocking(false);
    return new Feed(line, server);
  }

  /** Takes what came; true when there was something. */
  boolean poll() throws IOException {
    boolean received = client.receive();
    return client.receiveResponse() || received;
  }

  void awaitMessages(int count) throws IOException {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (received.size() < count) {
      poll();
      if (System.nanoTime() > deadline) {
        throw new AssertionError("timed out: feedMessages=" + received.size() + " of " + count);
      }
    }
  }

  /** Sequence number of the first packet that was seen. */
  long firstSequence() {
    return firstSequence;
  }

  boolean isEnded() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    client.close();
    requests.close();
  }

  private void onMessage(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    received.add(bytes);
  }

  @Override
  public void state(MoldUDP64Client moldUdp64, MoldUDP64ClientState next) {}

  @Override
  public void downstream(MoldUDP64Client moldUdp64, long sequenceNumber, int messageCount) {
    if (firstSequence < 0) {
      firstSequence = sequenceNumber;
    }
  }

  @Override
  public void request(MoldUDP64Client moldUdp64, long sequenceNumber, int requestedMessageCount) {}

  @Override
  public void endOfSession(MoldUDP64Client moldUdp64) {
    ended = true;
  }
}
