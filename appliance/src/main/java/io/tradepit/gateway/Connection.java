package io.tradepit.gateway;

import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.stream.EventHistory;
import java.net.InetAddress;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A member's connection, from its opening to its close. Pooled; gateway thread.
 *
 * <pre>
 *   LOGIN ──▶ CHECKING ──▶ CONNECTING ──▶ CONNECTED ──▶ CLOSING
 *     request     password     event: SessionConnected
 * </pre>
 */
final class Connection {
  static final int LOGIN = 0;
  static final int CHECKING = 1;
  static final int CONNECTING = 2;
  static final int CONNECTED = 3;
  static final int CLOSING = 4;

  private static final int CONTROL_CAPACITY = 128;

  long id;
  InetAddress remote;
  int state;
  MemberSession session;
  int epoch;
  long openedNs;
  long lastReceivedNs;
  long lastSentNs;
  long clientTimeoutNs;

  // What the login asked for.
  final UnsafeBuffer requestedSession = new UnsafeBuffer(new byte[SoupBin.SESSION_LENGTH]);
  long requestedNumber;
  String username;

  // Inbound: the part of a packet that came so far.
  final UnsafeBuffer partial;
  int partialLength;
  int malformed;
  final MessageRate rate = new MessageRate();
  final MessageRate hardRate = new MessageRate();
  boolean rated;
  int verdict;
  boolean aboveHardRate;

  // Outbound: the rest of a control packet that the transport did not take.
  final UnsafeBuffer control = new UnsafeBuffer(new byte[CONTROL_CAPACITY]);
  int controlOffset;
  int controlLength;

  /** Number of the next message to send. */
  long nextNumber;

  /** Bytes of that message's packet that the transport has taken already. */
  int sentOfPacket;

  /** The live stream is ahead: messages come from the history until it is met. */
  boolean behind;

  /** Whether it has been live, so that being behind is the member's doing. */
  boolean wasLive;

  /** Bytes that came into the stream since it fell behind and are not sent yet. */
  long behindBytes;

  /** Whether it is beyond its limit, and what it took since when it is watched for that. */
  boolean paced;

  long pacedSinceNs;
  long pacedBytes;

  boolean blocked;
  long blockedSinceNs;
  long historyPosition;
  EventHistory history;

  Connection(int maxPacketBytes) {
    partial = new UnsafeBuffer(new byte[SoupBin.LENGTH_FIELD + maxPacketBytes]);
  }

  void open(long connection, InetAddress address, long nowNs, long timeoutNs) {
    id = connection;
    remote = address;
    state = LOGIN;
    session = null;
    username = null;
    epoch = 0;
    openedNs = nowNs;
    lastReceivedNs = nowNs;
    lastSentNs = nowNs;
    clientTimeoutNs = timeoutNs;
    partialLength = 0;
    malformed = 0;
    rated = false;
    verdict = 0;
    aboveHardRate = false;
    controlOffset = 0;
    controlLength = 0;
    sentOfPacket = 0;
    behind = false;
    wasLive = false;
    behindBytes = 0;
    paced = false;
    blocked = false;
  }
}
