package io.tradepit.tools.client;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import io.tradepit.protocol.glimpse.EndOfSnapshot;
import io.tradepit.protocol.itch.ItchDecoder;
import io.tradepit.protocol.itch.ItchListener;
import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinDecoder;
import io.tradepit.protocol.soupbin.SoupBinEncoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Takes the books of a moment from a GLIMPSE 5.0 server: one login, one spin. One thread; no call
 * waits.
 */
final class SnapshotClient implements AutoCloseable {
  private static final int IN_BYTES = 1 << 17;
  private static final long HEARTBEAT_NS = TimeUnit.SECONDS.toNanos(1);

  /** A server that sends nothing for so long is gone. */
  private static final long SILENT_NS = TimeUnit.SECONDS.toNanos(15);

  private final InetSocketAddress server;
  private final Login login;
  private final ItchListener messages;
  private final FeedListener listener;
  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
  private final UnsafeBuffer inBytes = new UnsafeBuffer(in);
  private final ByteBuffer out = ByteBuffer.allocateDirect(128);
  private final UnsafeBuffer outBytes = new UnsafeBuffer(out);
  private final SoupBinDecoder decoder = new SoupBinDecoder();
  private final ItchDecoder itch = new ItchDecoder();
  private boolean connected;
  private String session = "";
  private long count;
  private long nextNumber = EndOfSnapshot.NONE;
  private long lastSentNs;
  private long lastReceivedNs;

  /** Begins to connect. */
  SnapshotClient(FeedReceiverContext context, long nowNs) {
    server = context.snapshot();
    login = context.snapshotLogin();
    messages = context.messages();
    listener = context.listener();
    lastReceivedNs = nowNs;
    lastSentNs = nowNs;
    try {
      channel = SocketChannel.open();
    } catch (IOException e) {
      throw refused(e.getMessage(), e);
    }
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      connected = channel.connect(server);
      if (connected) {
        sendLogin(nowNs);
      }
    } catch (IOException e) {
      close();
      throw refused(e.getMessage(), e);
    }
  }

  /** Without padding; empty before the login was accepted. */
  String session() {
    return session;
  }

  /** Messages of the snapshot so far. */
  long count() {
    return count;
  }

  /** Number of the next message of the feed; {@link EndOfSnapshot#NONE} until it is complete. */
  long nextNumber() {
    return nextNumber;
  }

  /**
   * Reads what has come, at most one buffer full, and hands its messages over.
   *
   * @return whether there was anything
   * @throws StartException when the server refuses or breaks off; the message says which
   */
  boolean poll(long nowNs) {
    try {
      if (!connected && !finishConnect(nowNs)) {
        return false;
      }
      int read = channel.read(in);
      if (read < 0) {
        throw refused("the server closed the connection", null);
      }
      if (read > 0) {
        lastReceivedNs = nowNs;
        takePackets();
      }
      keepAlive(nowNs);
      return read > 0;
    } catch (IOException e) {
      throw refused(e.getMessage(), e);
    }
  }

  private boolean finishConnect(long nowNs) throws IOException {
    connected = channel.finishConnect();
    if (connected) {
      sendLogin(nowNs);
    } else {
      requireHeard(nowNs);
    }
    return connected;
  }

  private void sendLogin(long nowNs) throws IOException {
    send(
        SoupBinEncoder.loginRequest(
            outBytes, 0, login.username(), login.password(), login.session(), 1, 0),
        nowNs);
  }

  private void keepAlive(long nowNs) throws IOException {
    requireHeard(nowNs);
    if (nowNs - lastSentNs >= HEARTBEAT_NS) {
      send(SoupBinEncoder.empty(outBytes, 0, SoupBin.CLIENT_HEARTBEAT), nowNs);
    }
  }

  private void requireHeard(long nowNs) {
    if (nowNs - lastReceivedNs >= SILENT_NS) {
      throw refused("nothing came for 15 s", null);
    }
  }

  // Some bytes a second into an empty socket: they are taken whole.
  private void send(int length, long nowNs) throws IOException {
    out.clear().limit(length);
    if (channel.write(out) != length) {
      throw refused("the server does not read", null);
    }
    lastSentNs = nowNs;
  }

  private void takePackets() throws IOException {
    int end = in.position();
    int at = 0;
    while (nextNumber == EndOfSnapshot.NONE && isWhole(at, end)) {
      int length = SoupBinDecoder.length(inBytes, at);
      onPacket(at, length);
      at += SoupBin.LENGTH_FIELD + length;
    }
    in.limit(end).position(at);
    in.compact();
  }

  private boolean isWhole(int at, int end) {
    return end - at >= SoupBin.LENGTH_FIELD
        && end - at >= SoupBin.LENGTH_FIELD + SoupBinDecoder.length(inBytes, at);
  }

  private void onPacket(int at, int length) throws IOException {
    if (length == 0) {
      throw refused("a packet without type", null);
    }
    decoder.wrap(inBytes, at);
    switch (decoder.type()) {
      case SoupBin.LOGIN_ACCEPTED -> {
        session = decoder.acceptedSession();
        listener.onSnapshot(session);
      }
      case SoupBin.LOGIN_REJECTED ->
          throw refused("login rejected, reason " + (char) decoder.rejectReason(), null);
      case SoupBin.SEQUENCED_DATA -> onMessage(at + SoupBin.PAYLOAD_OFFSET, length - 1);
      case SoupBin.END_OF_SESSION -> throw refused("the session ended within the snapshot", null);
      default -> {
        // Heartbeats and words for people.
      }
    }
  }

  private void onMessage(int offset, int length) throws IOException {
    count++;
    long next = EndOfSnapshot.decode(inBytes, offset, length);
    if (next != EndOfSnapshot.NONE) {
      nextNumber = next;
      out.clear().limit(SoupBinEncoder.empty(outBytes, 0, SoupBin.LOGOUT_REQUEST));
      channel.write(out);
    } else if (itch.decode(inBytes, offset, length, messages) == ItchDecoder.MALFORMED) {
      listener.onMalformedMessage(0, length);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw refused(e.getMessage(), e);
    }
  }

  private StartException refused(String cause, Exception e) {
    return new StartException(
        ExitCode.OTHER,
        "glimpse=%s:%d user=%s cause=%s"
            .formatted(
                server.getAddress().getHostAddress(), server.getPort(), login.username(), cause),
        e);
  }
}
