package io.tradepit.tools.client;

import io.tradepit.config.ConfigException;
import io.tradepit.config.SegmentConfig;
import io.tradepit.protocol.itch.ItchListener;
import io.tradepit.protocol.mold.MoldLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Configuration of a {@link FeedReceiver}: one line at least, the interface and the listener of
 * messages are needed.
 */
public final class FeedReceiverContext {
  /** Largest payload of a datagram on a network of jumbo frames. */
  private static final int JUMBO_BYTES = 8_972;

  private static final int MAX_DATAGRAM_BYTES = 65_507;

  private InetSocketAddress lineA;
  private InetSocketAddress lineB;
  private InetAddress interfaceA;
  private InetAddress interfaceB;
  private ItchListener messages;
  private FeedListener listener = new FeedListener() {};
  private NanoClock clock = SystemNanoClock.INSTANCE;
  private int receiveBufferBytes = 4 << 20;
  private int maxPacketBytes = JUMBO_BYTES;
  private int heldPackets;
  private InetSocketAddress retransmission;
  private InetSocketAddress snapshot;
  private Login snapshotLogin;
  private boolean isFromStart;
  private long requestTimeoutNs = TimeUnit.MILLISECONDS.toNanos(50);
  private int requestTries = 6;
  private int outstandingRequests = 8;
  private int requestsPerSecond = 1_500;
  private long gapWaitNs = TimeUnit.MILLISECONDS.toNanos(10);
  private long lineSilentAfterNs = TimeUnit.SECONDS.toNanos(3);

  /**
   * Both lines, the interface and the retransmission server, as the segment's configuration names
   * them.
   *
   * <p>A feed that leaves past the kernel names no interface: receivers are on other machines, and
   * say theirs by {@link #networkInterface} or {@link #networkInterfaces}.
   */
  public FeedReceiverContext feed(SegmentConfig.Feed feed) {
    return lineA(feed.lineA())
        .lineB(feed.lineB())
        .networkInterface(feed.networkInterface().orElse(null))
        .retransmission(
            feed.retransmission().map(SegmentConfig.Retransmission::address).orElse(null));
  }

  /** Where messages are asked for that no line brought; null, the default, = they are a gap. */
  public FeedReceiverContext retransmission(InetSocketAddress server) {
    retransmission = server;
    return this;
  }

  InetSocketAddress retransmission() {
    return retransmission;
  }

  /** A range that did not come is asked for again after this long, then twice and so on; 50 ms. */
  public FeedReceiverContext requestTimeoutNs(long timeoutNs) {
    requestTimeoutNs = timeoutNs;
    return this;
  }

  long requestTimeoutNs() {
    return requestTimeoutNs;
  }

  /** Requests for a range before it is given up as a gap, from 1; default 6: after 2.4 s. */
  public FeedReceiverContext requestTries(int tries) {
    requestTries = tries;
    return this;
  }

  int requestTries() {
    return requestTries;
  }

  /** Ranges of 32 messages that are asked for at the same time, 1 to 1,024; default 8. */
  public FeedReceiverContext outstandingRequests(int requests) {
    outstandingRequests = requests;
    return this;
  }

  int outstandingRequests() {
    return outstandingRequests;
  }

  /** Requests a second at most; below what the server allows; default 1,500. */
  public FeedReceiverContext requestsPerSecond(int requests) {
    requestsPerSecond = requests;
    return this;
  }

  int requestsPerSecond() {
    return requestsPerSecond;
  }

  /**
   * Begins with the first message of the session, asked for, instead of the first packet that
   * comes; needs the retransmission server. For days of some hundred thousand messages: the server
   * limits how fast they come.
   */
  public FeedReceiverContext fromStart() {
    isFromStart = true;
    return this;
  }

  boolean isFromStart() {
    return isFromStart;
  }

  /**
   * Begins with a GLIMPSE snapshot: what the lines bring meanwhile is kept, and handed over behind
   * it. What came between the snapshot and the first packet that was kept is asked for.
   *
   * @param server address and port
   * @param login its session and sequence number do not count
   */
  public FeedReceiverContext snapshot(InetSocketAddress server, Login login) {
    snapshot = server;
    snapshotLogin = login;
    return this;
  }

  InetSocketAddress snapshot() {
    return snapshot;
  }

  Login snapshotLogin() {
    return snapshotLogin;
  }

  /** Group and port of line A; null = not joined. */
  public FeedReceiverContext lineA(InetSocketAddress group) {
    lineA = group;
    return this;
  }

  InetSocketAddress lineA() {
    return lineA;
  }

  /** Group and port of line B; null = not joined. */
  public FeedReceiverContext lineB(InetSocketAddress group) {
    lineB = group;
    return this;
  }

  InetSocketAddress lineB() {
    return lineB;
  }

  /** An address of the interface that the lines are joined on. */
  public FeedReceiverContext networkInterface(InetAddress address) {
    return networkInterfaces(address, address);
  }

  /** An address of the interface that each line is joined on, where they come by two. */
  public FeedReceiverContext networkInterfaces(InetAddress ofLineA, InetAddress ofLineB) {
    interfaceA = ofLineA;
    interfaceB = ofLineB;
    return this;
  }

  InetAddress interfaceA() {
    return interfaceA;
  }

  InetAddress interfaceB() {
    return interfaceB;
  }

  /** Gets the messages, in sequence and each once. */
  public FeedReceiverContext messages(ItchListener itchListener) {
    messages = itchListener;
    return this;
  }

  ItchListener messages() {
    return messages;
  }

  /** Hears of sessions and gaps; default: no one. */
  public FeedReceiverContext listener(FeedListener feedListener) {
    listener = feedListener;
    return this;
  }

  FeedListener listener() {
    return listener;
  }

  /** Times gaps and silent lines; default the machine's. */
  public FeedReceiverContext clock(NanoClock nanoClock) {
    clock = nanoClock;
    return this;
  }

  NanoClock clock() {
    return clock;
  }

  /** SO_RCVBUF asked for on each line; default 4 MiB. The kernel gives what it allows. */
  public FeedReceiverContext receiveBufferBytes(int bytes) {
    receiveBufferBytes = bytes;
    return this;
  }

  int receiveBufferBytes() {
    return receiveBufferBytes;
  }

  /** A longer datagram counts as malformed; 20 to 65,507, default 8,972. */
  public FeedReceiverContext maxPacketBytes(int bytes) {
    maxPacketBytes = bytes;
    return this;
  }

  int maxPacketBytes() {
    return maxPacketBytes;
  }

  /**
   * How many packets are kept while one before them is missing; a power of two, default 256, 1,024
   * with a retransmission server or a snapshot. When they are used up the missing one is given up;
   * with a server, the one furthest ahead is let go, and asked for when its turn comes.
   */
  public FeedReceiverContext heldPackets(int packets) {
    heldPackets = packets;
    return this;
  }

  int heldPackets() {
    return heldPackets;
  }

  /** How long a missing packet is waited for, on either line; default 10 ms, 0 = not at all. */
  public FeedReceiverContext gapWaitNs(long waitNs) {
    gapWaitNs = waitNs;
    return this;
  }

  long gapWaitNs() {
    return gapWaitNs;
  }

  /** A line without a packet for so long is silent; default 3 s, which is three heartbeats. */
  public FeedReceiverContext lineSilentAfterNs(long silentNs) {
    lineSilentAfterNs = silentNs;
    return this;
  }

  long lineSilentAfterNs() {
    return lineSilentAfterNs;
  }

  /** Validates. */
  FeedReceiverContext conclude() {
    Objects.requireNonNull(messages, "messages");
    if ((lineA != null && interfaceA == null) || (lineB != null && interfaceB == null)) {
      throw new ConfigException(
          List.of(
              "feed.interface=(missing): the feed leaves past the kernel; name the interface that it"
                  + " comes by here, by an address of it (tradepit feed --interface ADDRESS)"));
    }
    require(lineA != null || lineB != null, "lines=0 allowed=1..2");
    require(
        maxPacketBytes >= MoldLayout.HEADER_LENGTH && maxPacketBytes <= MAX_DATAGRAM_BYTES,
        "maxPacketBytes=" + maxPacketBytes + " allowed=20.." + MAX_DATAGRAM_BYTES);
    if (heldPackets == 0) {
      heldPackets = retransmission == null && snapshot == null ? 256 : 1_024;
    }
    require(
        heldPackets > 0 && BitUtil.isPowerOfTwo(heldPackets),
        "heldPackets=" + heldPackets + " allowed=powers of two");
    require(gapWaitNs >= 0, "gapWaitNs=" + gapWaitNs + " allowed=0..");
    require(requestTimeoutNs > 0, "requestTimeoutNs=" + requestTimeoutNs + " allowed=1..");
    require(requestTries > 0, "requestTries=" + requestTries + " allowed=1..");
    require(
        outstandingRequests > 0 && outstandingRequests <= 1_024,
        "outstandingRequests=" + outstandingRequests + " allowed=1..1024");
    require(
        requestsPerSecond > 0 && requestsPerSecond <= 1_000_000,
        "requestsPerSecond=" + requestsPerSecond + " allowed=1..1000000");
    require(
        !isFromStart || retransmission != null, "fromStart=yes retransmission=none: allowed both");
    require(!isFromStart || snapshot == null, "fromStart=yes snapshot=yes: allowed one of them");
    return this;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
