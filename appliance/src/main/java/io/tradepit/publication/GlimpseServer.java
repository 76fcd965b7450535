package io.tradepit.publication;

import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinDecoder;
import io.tradepit.protocol.soupbin.SoupBinEncoder;
import io.tradepit.protocol.soupbin.SoupBinText;
import io.tradepit.publication.GlimpseClient.Phase;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.transport.CloseReason;
import io.tradepit.transport.Transport;
import io.tradepit.transport.TransportListener;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * GLIMPSE 5.0 over SoupBinTCP: each login gets the books of one moment as sequenced packets, and at
 * their end the number of the feed's next message. Feed recovery's thread; never on the path of an
 * order.
 *
 * <p>A spin is not resumed: the books have changed. So the number that a login asks for is 1, or
 * blank or 0, which mean the same; any other is rejected. When the spin is complete the client logs
 * out; one that does not is told the end of the session after a moment. When no more images can
 * come, logins are rejected and who waits is told the end at once.
 *
 * <p>Bounds: the number of connections, the bytes of all images, and the time that a connection may
 * take for its login and for its spin. A wrong login is answered after a second, so that passwords
 * can't be tried faster.
 */
final class GlimpseServer implements TransportListener, AutoCloseable {
  private static final int TRANSPORT_LIMIT = 64;
  private static final int BYTES_OF_A_TURN = 1 << 18;
  private static final int LINGER_MS = 1_000;
  private static final long REFUSAL_DELAY_NS = 1_000_000_000L;
  private static final long HEARTBEAT_NS = 1_000_000_000L;

  private final FeedHistory history;
  private final SpinLogins logins;
  private final ImageCache images;
  private final Transport transport;
  private final List<GlimpseClient> clients = new ArrayList<>();
  private final SpinLogins.ResultHandler onChecked = this::onLoginChecked;
  private final SoupBinDecoder decoder = new SoupBinDecoder();
  private final ExpandableArrayBuffer packet = new ExpandableArrayBuffer(64);
  private final long loginTimeoutNs;
  private final long spinTimeoutNs;
  private final long logoutTimeoutNs;
  private final AtomicCounter accepted;
  private final AtomicCounter rejected;
  private final AtomicCounter spins;
  private final AtomicCounter messages;
  private final AtomicCounter cut;
  private long nowNs;

  GlimpseServer(GlimpseContext context, FeedHistory history, CounterFactory counted) {
    this.history = history;
    logins = context.logins();
    images = new ImageCache(context.images(), context.imageSharedForNs(), context.askAgainNs());
    loginTimeoutNs = context.loginTimeoutNs();
    spinTimeoutNs = context.spinTimeoutNs();
    logoutTimeoutNs = context.logoutTimeoutNs();
    accepted = counted.counter("glimpse_logins_total", "Logins accepted");
    rejected = counted.counter("glimpse_rejected_total", "Logins rejected");
    spins = counted.counter("glimpse_spins_total", "Spins sent whole");
    messages = counted.counter("glimpse_messages_total", "Messages of the spins sent whole");
    cut =
        counted.counter(
            "glimpse_cut_total", "Connections closed for their time or for breaking the protocol");
    transport = context.transport().apply(this);
  }

  /** The address that clients connect to, with the port in fact obtained. */
  InetSocketAddress localAddress() {
    return transport.localAddress();
  }

  /** The transport in fact obtained. */
  String transportName() {
    return transport.name();
  }

  /** Spins sent whole; any thread. */
  long spins() {
    return spins.get();
  }

  /** Serves what there is; returns the work count. */
  int doWork(long turnNs) {
    nowNs = turnNs;
    int work = transport.poll(TRANSPORT_LIMIT) + logins.poll(onChecked) + images.onTurn(nowNs);
    // From the last: a client that is closed leaves the list.
    for (int i = clients.size() - 1; i >= 0; i--) {
      work += onTurn(clients.get(i));
    }
    return work;
  }

  private int onTurn(GlimpseClient client) {
    long inPhaseNs = nowNs - client.sinceNs;
    switch (client.phase) {
      case CONNECTED, CHECKING -> cutAfter(client, inPhaseNs, loginTimeoutNs);
      case REFUSED -> {
        if (inPhaseNs >= REFUSAL_DELAY_NS) {
          reject(client, SoupBin.NOT_AUTHORIZED);
        }
      }
      case WAITING -> {
        return waitForImage(client, inPhaseNs);
      }
      case SPINNING -> {
        return spin(client, inPhaseNs);
      }
      case COMPLETE -> {
        if (inPhaseNs >= logoutTimeoutNs) {
          endSession(client);
        } else {
          heartbeat(client);
        }
      }
      case CLOSING -> {
        // The transport says when it is closed.
      }
    }
    return 0;
  }

  private int waitForImage(GlimpseClient client, long inPhaseNs) {
    client.image = images.take(nowNs);
    if (client.image != null) {
      // The time for the spin began with the login.
      client.phase = Phase.SPINNING;
      return 1;
    }
    if (images.isEnded()) {
      endSession(client);
    } else {
      heartbeat(client);
      cutAfter(client, inPhaseNs, spinTimeoutNs);
    }
    return 0;
  }

  private void endSession(GlimpseClient client) {
    send(client, SoupBinEncoder.empty(packet, 0, SoupBin.END_OF_SESSION));
    close(client, CloseReason.SHUTDOWN, LINGER_MS);
  }

  private int spin(GlimpseClient client, long inPhaseNs) {
    int sent = 0;
    int taken = 1;
    while (taken > 0 && client.left() > 0 && sent < BYTES_OF_A_TURN) {
      taken = transport.trySend(client.id, client.bytes(), client.offset(), client.left());
      client.onSent(Math.max(0, taken));
      sent += Math.max(0, taken);
    }
    if (sent > 0) {
      client.lastSentNs = nowNs;
    }
    // Its time to log out begins when the kernel has all of it.
    if (client.left() == 0 && transport.unsentBytes(client.id) <= 0) {
      spins.getAndAddRelease(1);
      messages.getAndAddRelease(client.image.messages());
      client.releaseImage();
      client.enter(Phase.COMPLETE, nowNs);
    } else {
      cutAfter(client, inPhaseNs, spinTimeoutNs);
    }
    return sent > 0 ? 1 : 0;
  }

  private void heartbeat(GlimpseClient client) {
    if (nowNs - client.lastSentNs >= HEARTBEAT_NS) {
      send(client, SoupBinEncoder.empty(packet, 0, SoupBin.SERVER_HEARTBEAT));
    }
  }

  private void cutAfter(GlimpseClient client, long inPhaseNs, long limitNs) {
    if (inPhaseNs >= limitNs) {
      cut(client, CloseReason.SLOW_READER);
    }
  }

  private void cut(GlimpseClient client, CloseReason reason) {
    cut.getAndAddRelease(1);
    close(client, reason, 0);
  }

  private void close(GlimpseClient client, CloseReason reason, int lingerMs) {
    client.phase = Phase.CLOSING;
    transport.close(client.id, reason, lingerMs);
  }

  // A control packet is sent when the send buffer is empty or has room for all of a spin but a bit.
  private void send(GlimpseClient client, int length) {
    client.lastSentNs = nowNs;
    if (transport.unsentBytes(client.id) == 0
        && transport.trySend(client.id, packet, 0, length) != length) {
      cut(client, CloseReason.SLOW_READER);
    }
  }

  private void reject(GlimpseClient client, byte reason) {
    rejected.getAndAddRelease(1);
    send(client, SoupBinEncoder.loginRejected(packet, 0, reason));
    close(client, CloseReason.PROTOCOL, LINGER_MS);
  }

  @Override
  public void onOpened(long connection, InetSocketAddress remote) {
    clients.add(new GlimpseClient(connection, remote, nowNs));
  }

  @Override
  public int onBytes(
      long connection,
      DirectBuffer buffer,
      int offset,
      int length,
      long ingressTimeNs,
      byte ingressSource) {
    GlimpseClient client = find(connection);
    int taken = 0;
    while (client != null && client.phase != Phase.CLOSING && taken < length) {
      taken += client.keep(buffer, offset + taken, length - taken);
      onPackets(client);
    }
    return length;
  }

  private void onPackets(GlimpseClient client) {
    while (client.phase != Phase.CLOSING && !client.isBroken() && client.hasPacket()) {
      onPacket(client, decoder.wrap(client.in, 0));
      client.dropPacket();
    }
    if (client.phase != Phase.CLOSING && client.isBroken()) {
      cut(client, CloseReason.PROTOCOL);
    }
  }

  private void onPacket(GlimpseClient client, SoupBinDecoder received) {
    switch (received.type()) {
      case SoupBin.LOGIN_REQUEST -> {
        if (client.phase == Phase.CONNECTED && received.isLoginLength()) {
          onLogin(client, received);
        } else {
          cut(client, CloseReason.PROTOCOL);
        }
      }
      case SoupBin.LOGOUT_REQUEST -> close(client, CloseReason.LOGOUT, 0);
      case SoupBin.CLIENT_HEARTBEAT, SoupBin.DEBUG, SoupBin.UNSEQUENCED_DATA -> {
        // A client has nothing to say but its login and its logout.
      }
      default -> cut(client, CloseReason.PROTOCOL);
    }
  }

  private void onLogin(GlimpseClient client, SoupBinDecoder login) {
    long sequence = login.requestedSequence();
    if ((sequence != 0 && sequence != 1) || images.isEnded() || !isSession(login)) {
      reject(client, SoupBin.SESSION_NOT_AVAILABLE);
    } else if (logins.submit(
        client.id, client.remote.getAddress(), login.username(), login.password())) {
      client.enter(Phase.CHECKING, nowNs);
    } else {
      cut(client, CloseReason.PROTOCOL);
    }
  }

  /** Whether there is a session and the login names it, or none. */
  private boolean isSession(SoupBinDecoder login) {
    login.getRequestedSession(packet, 0);
    return history.hasSession()
        && (SoupBinText.isBlank(packet, 0, SoupBin.SESSION_LENGTH)
            || SoupBinText.equalTrimmed(
                packet, 0, SoupBin.SESSION_LENGTH, history.session(), 0, SoupBin.SESSION_LENGTH));
  }

  private void onLoginChecked(long ticket, boolean valid) {
    GlimpseClient client = find(ticket);
    if (client == null || client.phase != Phase.CHECKING) {
      return;
    }
    if (valid) {
      accepted.getAndAddRelease(1);
      send(client, SoupBinEncoder.loginAccepted(packet, 0, history.session(), 0, 1));
      client.enter(Phase.WAITING, nowNs);
    } else {
      client.enter(Phase.REFUSED, nowNs);
    }
  }

  @Override
  public void onClosed(long connection, CloseReason reason) {
    GlimpseClient client = find(connection);
    if (client != null) {
      client.releaseImage();
      clients.remove(client);
    }
  }

  private GlimpseClient find(long connection) {
    for (int i = 0; i < clients.size(); i++) {
      if (clients.get(i).id == connection) {
        return clients.get(i);
      }
    }
    return null;
  }

  @Override
  public void close() {
    CloseHelper.closeAll(logins, transport);
    images.close();
  }
}
