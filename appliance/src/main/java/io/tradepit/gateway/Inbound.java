package io.tradepit.gateway;

import io.tradepit.protocol.ouch.OuchCommandDecoder;
import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinDecoder;
import org.agrona.DirectBuffer;

/**
 * The way of members' bytes to commands: cuts the byte stream into packets and acts on each.
 * Gateway thread; an order allocates nothing.
 */
final class Inbound {
  private static final int RATE_REJECT = 0x0029;

  private final GatewayContext context;
  private final GatewayCounters counters;
  private final CommandWriter commands;
  private final Outbound outbound;
  private final PacketListener listener;
  private final OuchCommandDecoder decoder = new OuchCommandDecoder();
  private final SoupBinDecoder packet = new SoupBinDecoder();
  private long nowNs;
  private long ingressTimeNs;
  private byte ingressSource;

  /** What packets ask for beyond commands. */
  interface PacketListener {
    void onLoginRequest(Connection connection, SoupBinDecoder request);

    void onLogout(Connection connection);

    /** The framing is lost, or a rule was broken too often. */
    void onBroken(Connection connection, String what);
  }

  Inbound(
      GatewayContext context,
      GatewayCounters counters,
      CommandWriter commands,
      Outbound outbound,
      PacketListener listener) {
    this.context = context;
    this.counters = counters;
    this.commands = commands;
    this.outbound = outbound;
    this.listener = listener;
  }

  void onTurn(long turnNs) {
    nowNs = turnNs;
  }

  /** Takes bytes, see {@link io.tradepit.transport.TransportListener#onBytes}. */
  int onBytes(
      Connection connection,
      DirectBuffer buffer,
      int offset,
      int length,
      long timeNs,
      byte source) {
    ingressTimeNs = timeNs;
    ingressSource = source;
    connection.lastReceivedNs = nowNs;
    int taken = 0;
    while (taken < length && connection.state != Connection.CLOSING) {
      int step =
          connection.partialLength == 0
              ? takeWhole(connection, buffer, offset + taken, length - taken)
              : takePart(connection, buffer, offset + taken, length - taken);
      if (step == 0) {
        return taken;
      }
      taken += step;
    }
    // What comes after a reason to close is no one's.
    return length;
  }

  /** Takes a packet where it lies, or keeps the beginning of one; 0 = not now. */
  private int takeWhole(Connection connection, DirectBuffer buffer, int offset, int length) {
    if (length < SoupBin.LENGTH_FIELD) {
      return keep(connection, buffer, offset, length);
    }
    int whole = SoupBin.LENGTH_FIELD + SoupBinDecoder.length(buffer, offset);
    if (!isLengthAllowed(connection, whole)) {
      return length;
    }
    if (length < whole) {
      return keep(connection, buffer, offset, length);
    }
    return onPacket(connection, buffer, offset, whole) ? whole : 0;
  }

  /** Completes a packet of which a part is kept. */
  private int takePart(Connection connection, DirectBuffer buffer, int offset, int length) {
    int kept = connection.partialLength;
    if (kept < SoupBin.LENGTH_FIELD) {
      return keep(connection, buffer, offset, SoupBin.LENGTH_FIELD - kept);
    }
    int whole = SoupBin.LENGTH_FIELD + SoupBinDecoder.length(connection.partial, 0);
    if (!isLengthAllowed(connection, whole)) {
      return length;
    }
    int missing = whole - kept;
    if (length < missing) {
      return keep(connection, buffer, offset, length);
    }
    connection.partial.putBytes(kept, buffer, offset, missing);
    // If it can't be acted on now its last bytes stay with the transport, which asks again.
    if (!onPacket(connection, connection.partial, 0, whole)) {
      return 0;
    }
    connection.partialLength = 0;
    return missing;
  }

  private static int keep(Connection connection, DirectBuffer buffer, int offset, int length) {
    connection.partial.putBytes(connection.partialLength, buffer, offset, length);
    connection.partialLength += length;
    return length;
  }

  private boolean isLengthAllowed(Connection connection, int whole) {
    boolean allowed =
        whole > SoupBin.LENGTH_FIELD && whole <= SoupBin.LENGTH_FIELD + context.maxPacketBytes;
    if (!allowed) {
      counters.malformed.incrementRelease();
      listener.onBroken(connection, "packet length");
    }
    return allowed;
  }

  /** Acts on a packet; false = not now, nothing was done. */
  private boolean onPacket(Connection connection, DirectBuffer buffer, int offset, int whole) {
    return switch (connection.state) {
      case Connection.CONNECTED -> onConnectedPacket(connection, buffer, offset, whole);
      case Connection.LOGIN -> onFirstPacket(connection, buffer, offset, whole);
      // The answer to a login comes first.
      default -> false;
    };
  }

  private boolean onFirstPacket(Connection connection, DirectBuffer buffer, int offset, int whole) {
    switch (buffer.getByte(offset + SoupBin.LENGTH_FIELD)) {
      case SoupBin.LOGIN_REQUEST ->
          listener.onLoginRequest(connection, packet.wrap(buffer, offset));
      case SoupBin.DEBUG -> {}
      case SoupBin.CLIENT_HEARTBEAT -> onEmpty(connection, whole);
      case SoupBin.LOGOUT_REQUEST -> listener.onLogout(connection);
      default -> {
        counters.malformed.incrementRelease();
        listener.onBroken(connection, "login expected");
      }
    }
    return true;
  }

  private boolean onConnectedPacket(
      Connection connection, DirectBuffer buffer, int offset, int whole) {
    switch (buffer.getByte(offset + SoupBin.LENGTH_FIELD)) {
      case SoupBin.UNSEQUENCED_DATA -> {
        return onMessage(
            connection, buffer, offset + SoupBin.PAYLOAD_OFFSET, whole - SoupBin.PAYLOAD_OFFSET);
      }
      case SoupBin.CLIENT_HEARTBEAT -> onEmpty(connection, whole);
      case SoupBin.LOGOUT_REQUEST -> {
        if (onEmpty(connection, whole)) {
          listener.onLogout(connection);
        }
      }
      case SoupBin.DEBUG -> {}
      case SoupBin.LOGIN_REQUEST -> onMalformed(connection, "already logged in");
      default -> onMalformed(connection, "unknown packet type");
    }
    return true;
  }

  private boolean onEmpty(Connection connection, int whole) {
    if (whole == SoupBin.EMPTY_PACKET_LENGTH) {
      return true;
    }
    onMalformed(connection, "packet has a payload");
    return false;
  }

  private boolean onMessage(Connection connection, DirectBuffer buffer, int offset, int length) {
    int commandLength = decoder.check(buffer, offset, length);
    if (commandLength < 0) {
      boolean unknown = commandLength == OuchCommandDecoder.UNKNOWN_TYPE;
      onMalformed(connection, unknown ? "unknown message type" : "malformed message");
      return true;
    }
    if (!isWithinRates(connection, buffer.getByte(offset))) {
      return false;
    }
    if (!commands.order(
        decoder,
        buffer,
        offset,
        length,
        commandLength,
        connection.verdict,
        connection.session.id,
        connection.epoch,
        ingressTimeNs,
        ingressSource)) {
      counters.ringFull.incrementRelease();
      return false;
    }
    connection.rated = false;
    counters.commands.incrementRelease();
    return true;
  }

  /** Counts a message once, also when it has to wait for the ring; false above the hard limit. */
  private boolean isWithinRates(Connection connection, byte type) {
    if (connection.rated) {
      return true;
    }
    if (connection.aboveHardRate || !connection.hardRate.tryTake(nowNs)) {
      connection.aboveHardRate = true;
      return false;
    }
    connection.rated = true;
    connection.verdict = 0;
    if (!connection.rate.tryTake(nowNs) && OuchCommandDecoder.takesUserRefNum(type)) {
      connection.verdict = RATE_REJECT;
      counters.rateRejects.incrementRelease();
    }
    return true;
  }

  private void onMalformed(Connection connection, String what) {
    counters.malformed.incrementRelease();
    outbound.debug(connection, what);
    if (++connection.malformed >= context.maxMalformed) {
      listener.onBroken(connection, what);
    }
  }
}
