package io.tradepit.main;

import com.paritytrading.nassau.soupbintcp.SoupBinTCP;
import com.paritytrading.nassau.soupbintcp.SoupBinTCPClient;
import com.paritytrading.nassau.soupbintcp.SoupBinTCPClientStatusListener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A member's order entry connection over nassau's SoupBinTCP client; polled by the test's thread.
 */
final class Member implements AutoCloseable, SoupBinTCPClientStatusListener {
  /** Sequenced messages in the order of their arrival. */
  final List<byte[]> received = new ArrayList<>();

  private final SoupBinTCPClient client;
  private long acceptedSequence = -1;
  private String session;
  private char rejected;
  private boolean ended;
  private boolean closed;
  private boolean silent;
  private long seen;

  private Member(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open(address);
    channel.configureBlocking(false);
    channel.socket().setTcpNoDelay(true);
    client = new SoupBinTCPClient(channel, 64 * 1024, this::onMessage, this);
  }

  static Member connect(InetSocketAddress address) throws IOException {
    return new Member(address);
  }

  /** Connects, logs in from the given message number and waits for the answer. */
  static Member login(InetSocketAddress address, String username, String password, long from)
      throws IOException {
    Member member = connect(address);
    member.requestLogin(username, password, from);
    member.await(() -> member.acceptedSequence >= 0 || member.rejected != 0);
    return member;
  }

  void requestLogin(String username, String password, long from) throws IOException {
    requestLogin(username, password, "", from);
  }

  void requestLogin(String username, String password, String stream, long from) throws IOException {
    SoupBinTCP.LoginRequest request = new SoupBinTCP.LoginRequest();
    request.setUsername(username);
    request.setPassword(password);
    request.setRequestedSession(stream);
    request.setRequestedSequenceNumber(from);
    client.login(request);
  }

  void send(ByteBuffer message) throws IOException {
    client.send(message);
  }

  /** Sends without ever reading; fails once the venue has cut the connection. */
  void sendUnread(ByteBuffer message) throws IOException {
    ByteBuffer packet = ByteBuffer.allocate(3 + message.remaining());
    packet.putShort((short) (1 + message.remaining())).put((byte) 'U').put(message).flip();
    long deadline = System.nanoTime() + 5_000_000_000L;
    while (packet.hasRemaining()) {
      if (client.getChannel().write(packet) == 0 && System.nanoTime() > deadline) {
        throw new IOException("the venue takes nothing more");
      }
    }
  }

  /** Drops what was received; {@link #seen} goes on counting it. */
  void forget() {
    seen += received.size();
    received.clear();
  }

  long seen() {
    return seen;
  }

  void logout() throws IOException {
    client.logout();
  }

  /** Reads what came; false once the venue has closed the connection. */
  boolean poll() throws IOException {
    if (closed) {
      return false;
    }
    try {
      closed = client.receive() < 0;
      if (!closed) {
        client.keepAlive();
      }
    } catch (IOException e) {
      closed = true;
    }
    return !closed;
  }

  void await(BooleanSupplier condition) throws IOException {
    await(condition, Duration.ofSeconds(20));
  }

  void await(BooleanSupplier condition, Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      boolean open = poll();
      if (condition.getAsBoolean()) {
        return;
      }
      if (!open || System.nanoTime() > deadline) {
        throw new AssertionError(end(open) + ": received=" + received.size());
      }
    }
  }

  private String end(boolean open) {
    if (open) {
      return "timed out";
    }
    return silent ? "given up, the venue was silent for 15 s" : "closed by the venue";
  }

  void awaitMessages(int count) throws IOException {
    await(() -> received.size() >= count);
  }

  long acceptedSequence() {
    return acceptedSequence;
  }

  String session() {
    return session;
  }

  char rejected() {
    return rejected;
  }

  boolean isEnded() {
    return ended;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private void onMessage(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    received.add(bytes);
  }

  @Override
  public void heartbeatTimeout(SoupBinTCPClient soupBinTcp) {
    silent = true;
    closed = true;
  }

  @Override
  public void loginAccepted(SoupBinTCPClient soupBinTcp, SoupBinTCP.LoginAccepted payload) {
    session = payload.getSession();
    acceptedSequence = payload.getSequenceNumber();
  }

  @Override
  public void loginRejected(SoupBinTCPClient soupBinTcp, SoupBinTCP.LoginRejected payload) {
    rejected = (char) payload.getRejectReasonCode();
  }

  @Override
  public void endOfSession(SoupBinTCPClient soupBinTcp) {
    ended = true;
  }
}
