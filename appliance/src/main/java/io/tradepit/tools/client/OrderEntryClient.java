package io.tradepit.tools.client;

import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinDecoder;
import io.tradepit.protocol.soupbin.SoupBinEncoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A member's order entry connection: SoupBinTCP 3.00 over a socket of its own.
 *
 * <p>One thread makes, polls and closes it. Nothing waits but the login, and nothing allocates
 * after it, debug packets apart. Bytes to the venue go through a buffer:
 *
 * <pre>
 *   send ──▶ |0 ......... written ...... | free ......... capacity|   writes what the socket takes;
 *                                                                    the rest leaves at the next poll
 * </pre>
 *
 * Poll it at least every half second, else the venue may miss a heartbeat.
 */
public final class OrderEntryClient implements AutoCloseable {
  /** Returned by {@link #poll} once the connection is closed; {@link #closeReason} says why. */
  public static final int CLOSED = -1;

  /** Longest message that can be sent or received, bytes. */
  public static final int MAX_MESSAGE_LENGTH = 32 * 1024;

  private static final Duration LOGIN_LIMIT = Duration.ofSeconds(10);
  private static final long HEARTBEAT_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long SILENCE_LIMIT_NS = TimeUnit.SECONDS.toNanos(15);
  private static final int BUFFER_LENGTH = 64 * 1024;

  private final SocketChannel channel;
  private final OrderEntryListener listener;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_LENGTH);
  private final UnsafeBuffer inBuffer = new UnsafeBuffer(in);
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_LENGTH);
  private final UnsafeBuffer outBuffer = new UnsafeBuffer(out);
  private final SoupBinDecoder packet = new SoupBinDecoder();

  private String session = "";
  private String closeReason = "";
  private long nextSequence;
  private long receivedNs;
  private long sentNs;
  private boolean accepted;

  private OrderEntryClient(SocketChannel channel, OrderEntryListener listener) {
    this.channel = channel;
    this.listener = listener;
  }

  /**
   * Connects, logs in and waits for the answer, at most ten seconds.
   *
   * @throws OrderEntryException when no one listens there, when the venue refuses the login, with
   *     its reason, or does not answer
   */
  public static OrderEntryClient login(
      InetSocketAddress address, Login login, OrderEntryListener listener) {
    OrderEntryClient client = new OrderEntryClient(connect(address), listener);
    try {
      client.logIn(login);
      return client;
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  /** Name of the session that the venue gave. */
  public String session() {
    return session;
  }

  /** Number that the next sequenced message has. */
  public long nextSequence() {
    return nextSequence;
  }

  /** When the bytes came that are being handed over, {@link System#nanoTime}. */
  public long receivedNs() {
    return receivedNs;
  }

  public boolean isOpen() {
    return closeReason.isEmpty();
  }

  /** Why the connection is closed, one line; empty while it is open. */
  public String closeReason() {
    return closeReason;
  }

  /** Bytes that the socket did not take yet. */
  public int unsentBytes() {
    return out.position();
  }

  /**
   * Offers a message and writes what the socket takes.
   *
   * @param length at most {@link #MAX_MESSAGE_LENGTH}
   * @return false, and nothing is sent, when the buffer is full or the connection closed: poll and
   *     try again
   */
  public boolean send(DirectBuffer message, int offset, int length) {
    if (!offer(message, offset, length)) {
      return false;
    }
    flush();
    return true;
  }

  /** As {@link #send}, but the message may stay in the buffer until {@link #flush} or a poll. */
  public boolean offer(DirectBuffer message, int offset, int length) {
    if (length > MAX_MESSAGE_LENGTH) {
      throw new IllegalArgumentException("length=" + length + " allowed=" + MAX_MESSAGE_LENGTH);
    }
    if (!hasRoom(SoupBin.PAYLOAD_OFFSET + length)) {
      return false;
    }
    appended(
        SoupBinEncoder.data(
            outBuffer, out.position(), SoupBin.UNSEQUENCED_DATA, message, offset, length));
    return true;
  }

  /** Writes what the socket takes. */
  public void flush() {
    if (out.position() == 0 || !isOpen()) {
      return;
    }
    out.flip();
    try {
      if (channel.write(out) > 0) {
        sentNs = System.nanoTime();
      }
    } catch (IOException e) {
      closed("connection=broken cause=" + e.getMessage());
    }
    out.compact();
  }

  /**
   * One duty cycle: writes what is left to write, reads what came, at most one buffer full, and
   * hands it to the listener.
   *
   * @return how many sequenced messages came, or {@link #CLOSED} when the connection is closed and
   *     all that came before was handed over
   * @throws OrderEntryException when the venue breaks the protocol
   */
  public int poll() {
    if (!isOpen()) {
      return CLOSED;
    }
    flush();
    read();
    int messages = handOver();
    keepAlive();
    return messages > 0 || isOpen() ? messages : CLOSED;
  }

  /** Asks the venue to close, which it does without an answer. */
  public void logout() {
    if (hasRoom(SoupBin.EMPTY_PACKET_LENGTH)) {
      appended(SoupBinEncoder.empty(outBuffer, out.position(), SoupBin.LOGOUT_REQUEST));
      flush();
    }
  }

  /** Closes the socket; open orders stay where they are. */
  @Override
  public void close() {
    if (isOpen()) {
      closed("connection=closed by this side");
    }
  }

  private static SocketChannel connect(InetSocketAddress address) {
    try {
      SocketChannel channel = SocketChannel.open();
      try {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.socket().connect(address, (int) LOGIN_LIMIT.toMillis());
        channel.configureBlocking(false);
        return channel;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new OrderEntryException("address=" + address + " connect=" + e.getMessage(), e);
    }
  }

  private void logIn(Login login) {
    appended(
        SoupBinEncoder.loginRequest(
            outBuffer,
            0,
            login.username(),
            login.password(),
            login.session(),
            login.sequence(),
            0));
    receivedNs = System.nanoTime();
    long deadlineNs = receivedNs + LOGIN_LIMIT.toNanos();
    while (!accepted) {
      flush();
      read();
      takeLoginAnswer(login);
      if (!accepted && !isOpen()) {
        throw new OrderEntryException(login + " login=unanswered " + closeReason);
      }
      if (!accepted && System.nanoTime() - deadlineNs > 0) {
        throw new OrderEntryException(
            login + " login=unanswered limitS=" + LOGIN_LIMIT.toSeconds());
      }
      LockSupport.parkNanos(accepted ? 0 : 100_000);
    }
  }

  // What follows the answer stays in the buffer for the first poll.
  private void takeLoginAnswer(Login login) {
    int at = 0;
    for (int next = endOf(at); next != 0 && !accepted; next = endOf(at)) {
      packet.wrap(inBuffer, at);
      switch (packet.type()) {
        case SoupBin.LOGIN_ACCEPTED -> onAccepted();
        case SoupBin.LOGIN_REJECTED -> throw refused(login, packet.rejectReason());
        case SoupBin.DEBUG -> debug(at);
        default -> throw unexpected();
      }
      at = next;
    }
    drop(at);
  }

  private void onAccepted() {
    accepted = true;
    session = packet.acceptedSession();
    nextSequence = packet.acceptedSequence();
    if (nextSequence < 1) {
      throw new OrderEntryException("acceptedSequence=" + nextSequence + " allowed=1 or more");
    }
  }

  private static OrderEntryException refused(Login login, byte reason) {
    String meaning =
        switch (reason) {
          case SoupBin.NOT_AUTHORIZED -> "A (not authorised: user, password or address)";
          case SoupBin.SESSION_NOT_AVAILABLE -> "S (no such session, or no day is open)";
          default -> String.valueOf((char) reason);
        };
    return new OrderEntryException(login + " login=rejected reason=" + meaning);
  }

  private void read() {
    try {
      int bytes = channel.read(in);
      if (bytes > 0) {
        receivedNs = System.nanoTime();
      } else if (bytes < 0) {
        closed("connection=closed by the venue nextSequence=" + nextSequence);
      }
    } catch (IOException e) {
      closed("connection=broken cause=" + e.getMessage() + " nextSequence=" + nextSequence);
    }
  }

  private int handOver() {
    int messages = 0;
    int at = 0;
    for (int next = endOf(at); next != 0; next = endOf(at)) {
      packet.wrap(inBuffer, at);
      switch (packet.type()) {
        case SoupBin.SEQUENCED_DATA -> {
          int offset = at + SoupBin.PAYLOAD_OFFSET;
          listener.onMessage(nextSequence++, inBuffer, offset, next - offset);
          messages++;
        }
        case SoupBin.SERVER_HEARTBEAT, SoupBin.UNSEQUENCED_DATA -> {
          // Being received is all that a heartbeat does; unsequenced data has no meaning in OUCH.
        }
        case SoupBin.DEBUG -> debug(at);
        case SoupBin.END_OF_SESSION -> listener.onEndOfSession();
        default -> throw unexpected();
      }
      at = next;
    }
    drop(at);
    return messages;
  }

  // Where the packet ends that begins here, or 0 when it is not all there.
  private int endOf(int at) {
    int available = in.position() - at;
    if (available < SoupBin.EMPTY_PACKET_LENGTH) {
      return 0;
    }
    int length = SoupBin.LENGTH_FIELD + SoupBinDecoder.length(inBuffer, at);
    if (length < SoupBin.EMPTY_PACKET_LENGTH || length > MAX_MESSAGE_LENGTH) {
      throw new OrderEntryException("packetLength=" + length + " allowed=3.." + MAX_MESSAGE_LENGTH);
    }
    return length <= available ? at + length : 0;
  }

  private void drop(int bytes) {
    if (bytes > 0) {
      in.flip().position(bytes);
      in.compact();
    }
  }

  private void debug(int at) {
    int length = packet.length() - 1;
    listener.onDebug(inBuffer.getStringWithoutLengthAscii(at + SoupBin.PAYLOAD_OFFSET, length));
  }

  private OrderEntryException unexpected() {
    return new OrderEntryException("packetType=" + (char) packet.type() + " unexpected");
  }

  private void keepAlive() {
    long nowNs = System.nanoTime();
    if (nowNs - sentNs > HEARTBEAT_INTERVAL_NS && hasRoom(SoupBin.EMPTY_PACKET_LENGTH)) {
      appended(SoupBinEncoder.empty(outBuffer, out.position(), SoupBin.CLIENT_HEARTBEAT));
      sentNs = nowNs;
      flush();
    }
    if (nowNs - receivedNs > SILENCE_LIMIT_NS && isOpen()) {
      closed("connection=silent limitNs=" + SILENCE_LIMIT_NS + " nextSequence=" + nextSequence);
    }
  }

  private boolean hasRoom(int bytes) {
    return isOpen() && out.remaining() >= bytes;
  }

  private void appended(int bytes) {
    out.position(out.position() + bytes);
  }

  private void closed(String reason) {
    closeReason = reason;
    try {
      channel.close();
    } catch (IOException e) {
      closeReason = reason + " close=" + e.getMessage();
    }
  }
}
