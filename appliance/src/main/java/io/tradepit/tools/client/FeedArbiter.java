package io.tradepit.tools.client;

import io.tradepit.protocol.itch.ItchDecoder;
import io.tradepit.protocol.itch.ItchListener;
import io.tradepit.protocol.mold.MoldLayout;
import io.tradepit.protocol.mold.MoldPacketDecoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes one sequence of messages out of the packets of all lines: the first copy wins, what comes
 * too early is held, what does not come in time is a gap. One thread; allocates nothing but the
 * text of a new session.
 */
final class FeedArbiter {
  private static final long NO_END = Long.MAX_VALUE;

  private final MoldPacketDecoder packet = new MoldPacketDecoder();
  private final MoldPacketDecoder heldPacket = new MoldPacketDecoder();
  private final ItchDecoder itch = new ItchDecoder();
  private final ItchListener messages;
  private final FeedListener listener;
  private final HeldPackets held;
  private final GapRequests requests;
  private final boolean fromStart;
  private final ReceivedLine[] lines;
  private final long gapWaitNs;
  private final long sessionSilentAfterNs;
  // The ten bytes of the session, as numbers so that they are compared at once.
  private long sessionFirst;
  private short sessionLast;
  private final int maxPacketBytes;
  private boolean hasSession;
  private boolean ended;
  private long lastOfSessionNs;
  private long next;
  private long handedOver;
  private long delivered;
  private long gaps;
  private long lost;
  private long malformedMessages;
  // A heartbeat or an end says that messages below these numbers were sent.
  private long announced;
  private long announcedNs;
  private long endAt = NO_END;

  // Messages below this number were seen and not kept, for want of room: they are asked for.
  private long dropped;
  // Nothing is handed over until a snapshot has said where to begin.
  private boolean joining;
  private final UnsafeBuffer session = new UnsafeBuffer(new byte[MoldLayout.SESSION_LENGTH]);
  // The run of messages that the server sent, up to the last message handed over; 0 = none.
  private long recoveredFrom;
  private long recoveredMessages;

  /**
   * @param requests null when nothing is asked for
   */
  FeedArbiter(FeedReceiverContext context, ReceivedLine[] lines, GapRequests requests) {
    this.requests = requests;
    fromStart = context.isFromStart();
    joining = context.snapshot() != null;
    messages = context.messages();
    listener = context.listener();
    maxPacketBytes = context.maxPacketBytes();
    held = new HeldPackets(context.heldPackets(), maxPacketBytes);
    gapWaitNs = context.gapWaitNs();
    sessionSilentAfterNs = context.lineSilentAfterNs();
    this.lines = lines;
  }

  /** Takes a datagram. */
  void onDatagram(ReceivedLine line, DirectBuffer buffer, int length, long nowNs) {
    line.onDatagram(length, nowNs);
    if (!isWellFormed(buffer, length)) {
      line.onMalformed();
    } else if (!isOfSession(buffer, nowNs)) {
      line.onForeign();
    } else {
      lastOfSessionNs = nowNs;
      onPacket(line, buffer, length, nowNs);
    }
  }

  /** Takes a packet of the retransmission server. */
  void onReply(ReceivedLine server, DirectBuffer buffer, int length, long nowNs) {
    server.onDatagram(length, nowNs);
    if (!isWellFormed(buffer, length)) {
      server.onMalformed();
    } else if (!hasSession || !isNamed(buffer)) {
      server.onForeign();
    } else if (packet.count() > 0 && !packet.isEndOfSession()) {
      requests.onReply(nowNs);
      onMessages(server, buffer, length, nowNs, true);
    }
  }

  private boolean isWellFormed(DirectBuffer buffer, int length) {
    if (length > maxPacketBytes || !packet.wrap(buffer, 0, length)) {
      return false;
    }
    long first = packet.sequenceNumber();
    return first > 0 && first <= Long.MAX_VALUE - MoldLayout.MAX_COUNT;
  }

  private boolean isOfSession(DirectBuffer buffer, long nowNs) {
    if (hasSession && isNamed(buffer)) {
      return true;
    }
    // Another one is believed when the one before has ended or fallen silent: it may be a stray.
    if (hasSession && !ended && nowNs - lastOfSessionNs < sessionSilentAfterNs) {
      return false;
    }
    begin(buffer);
    return true;
  }

  private boolean isNamed(DirectBuffer buffer) {
    return buffer.getLong(MoldLayout.SESSION_OFFSET) == sessionFirst
        && buffer.getShort(MoldLayout.SESSION_OFFSET + Long.BYTES) == sessionLast;
  }

  private void name(DirectBuffer buffer, int offset) {
    session.putBytes(0, buffer, offset, MoldLayout.SESSION_LENGTH);
    sessionFirst = session.getLong(0);
    sessionLast = session.getShort(Long.BYTES);
    hasSession = true;
  }

  private void begin(DirectBuffer buffer) {
    // Who followed the day before wants the next one whole.
    boolean isWhole = fromStart || joining || hasSession;
    giveUp();
    name(buffer, MoldLayout.SESSION_OFFSET);
    ended = false;
    endAt = NO_END;
    announced = 0;
    dropped = 0;
    next = isWhole ? 1 : packet.sequenceNumber();
    for (ReceivedLine line : lines) {
      line.onSession();
    }
    if (!joining) {
      listener.onSession(packet.session(), next);
    }
  }

  /** The ten characters of the session that is followed. */
  DirectBuffer session() {
    return session;
  }

  /**
   * A snapshot is complete: goes on with what came since, from this number on.
   *
   * @param name of the snapshot's session, without padding
   */
  void join(String name, long nextNumber) {
    String padded = String.format("%-" + MoldLayout.SESSION_LENGTH + "s", name);
    byte[] bytes = padded.getBytes(StandardCharsets.US_ASCII);
    UnsafeBuffer joined = new UnsafeBuffer(bytes);
    if (!hasSession
        || joined.getLong(0) != sessionFirst
        || joined.getShort(Long.BYTES) != sessionLast) {
      // What was kept is of another day.
      held.clear();
      announced = 0;
      dropped = 0;
      endAt = NO_END;
      name(joined, 0);
    }
    joining = false;
    next = nextNumber;
    listener.onSession(padded, next);
    drain();
  }

  /** Hands over what is held of the session before. */
  private void giveUp() {
    if (requests != null) {
      requests.clear();
    }
    if (joining) {
      held.clear();
      return;
    }
    while (!held.isEmpty()) {
      skipToHeld();
      drain();
    }
    skipTo(Math.max(announced, dropped));
    endRecovered();
  }

  private void onPacket(ReceivedLine line, DirectBuffer buffer, int length, long nowNs) {
    long sequence = packet.sequenceNumber();
    int count = packet.isEndOfSession() ? 0 : packet.count();
    line.onPacket(sequence, count);
    if (count == 0) {
      onAnnounced(sequence, nowNs);
    } else {
      onMessages(line, buffer, length, nowNs, false);
    }
  }

  private void onMessages(
      ReceivedLine line, DirectBuffer buffer, int length, long nowNs, boolean asked) {
    long sequence = packet.sequenceNumber();
    int count = packet.count();
    if (sequence + count <= next || held.covers(sequence, count)) {
      line.onDuplicate();
    } else {
      line.onFirst();
      onNew(buffer, length, sequence, count, nowNs, asked);
    }
  }

  private void onAnnounced(long sequence, long nowNs) {
    if (sequence > announced) {
      announced = sequence;
      announcedNs = nowNs;
    }
    if (packet.isEndOfSession()) {
      endAt = sequence;
    }
  }

  private void onNew(
      DirectBuffer buffer, int length, long sequence, int count, long nowNs, boolean asked) {
    if (sequence <= next && !joining) {
      deliver(packet, buffer, asked);
      drain();
      return;
    }
    if (held.isFull() && !makeRoom(sequence, count)) {
      return;
    }
    held.hold(buffer, length, sequence, count, nowNs, asked);
    drain();
  }

  /** Whether there is room for a packet now, at the cost of others. */
  private boolean makeRoom(long sequence, int count) {
    if (requests == null && !joining) {
      skipToHeld();
      drain();
      return true;
    }
    if (joining) { // the oldest are the first that the snapshot has
      held.release(held.lowest());
      return true;
    }
    // What is furthest ahead is let go: it can be asked for when its turn comes.
    int highest = held.highest();
    if (sequence >= held.sequence(highest)) {
      dropped = Math.max(dropped, sequence + count);
      return false;
    }
    dropped = Math.max(dropped, held.end(highest));
    held.release(highest);
    return true;
  }

  /**
   * Gives up what has been missing for too long, and says so when the session is complete. Called
   * when the lines have been read: what is missing may lie in the socket of another line.
   */
  void onTime(long nowNs) {
    if (joining) {
      return;
    }
    if (requests == null) {
      skipOverdue(nowNs);
    } else {
      recover(nowNs);
    }
    if (!ended && next >= endAt) {
      ended = true;
      listener.onEndOfSession(next);
    }
  }

  private void skipOverdue(long nowNs) {
    while (!held.isEmpty() && nowNs - held.firstArrivalNs() >= gapWaitNs) {
      skipToHeld();
      drain();
    }
    long missing = Math.max(announced, dropped);
    if (held.isEmpty() && missing > next && nowNs - announcedNs >= gapWaitNs) {
      skipTo(missing);
    }
  }

  /** Asks for what is overdue, and gives up what was asked for too often. */
  private void recover(long nowNs) {
    long end = Math.max(dropped, held.highestOfBefore(nowNs - gapWaitNs));
    if (nowNs - announcedNs >= gapWaitNs) {
      end = Math.max(end, announced);
    }
    if (next >= end) {
      requests.clear();
      endRecovered();
      return;
    }
    requests.onTime(nowNs, next, end, held);
    long givenUp = requests.givenUp(nowNs, next, held.nextHeld(next, end));
    if (givenUp > next) {
      skipTo(givenUp);
      drain();
    }
  }

  private void skipToHeld() {
    skipTo(held.sequence(held.lowest()));
  }

  private void skipTo(long sequence) {
    if (sequence > next) {
      endRecovered();
      long from = next;
      next = sequence;
      gaps++;
      lost += sequence - from;
      listener.onGap(from, sequence - 1);
    }
  }

  /** Hands over held packets as long as nothing is missing before them. */
  private void drain() {
    int lowest = joining ? HeldPackets.NONE : held.lowest();
    while (lowest != HeldPackets.NONE && held.sequence(lowest) <= next) {
      DirectBuffer buffer = held.view(lowest);
      heldPacket.wrap(buffer, 0, held.length(lowest));
      boolean asked = held.isRecovered(lowest);
      held.release(lowest);
      deliver(heldPacket, buffer, asked);
      lowest = held.lowest();
    }
  }

  private void deliver(MoldPacketDecoder from, DirectBuffer buffer, boolean asked) {
    while (from.next()) {
      long sequence = from.messageSequenceNumber();
      if (sequence >= next) {
        noteSource(sequence, asked);
        next = sequence + 1;
        handedOver = sequence;
        delivered++;
        hand(sequence, buffer, from.messageOffset(), from.messageLength());
      }
    }
  }

  private void noteSource(long sequence, boolean asked) {
    if (!asked) {
      endRecovered();
      return;
    }
    recoveredMessages++;
    if (recoveredFrom == 0) {
      recoveredFrom = sequence;
    }
  }

  private void endRecovered() {
    if (recoveredFrom != 0) {
      long from = recoveredFrom;
      recoveredFrom = 0;
      listener.onRecovered(from, next - 1);
    }
  }

  private void hand(long sequence, DirectBuffer buffer, int offset, int length) {
    // A block of length 0 is legal and only uses up its number.
    if (length > 0 && itch.decode(buffer, offset, length, messages) == ItchDecoder.MALFORMED) {
      malformedMessages++;
      listener.onMalformedMessage(sequence, length);
    }
  }

  long sequenceNumber() {
    return handedOver;
  }

  long nextSequenceNumber() {
    return next;
  }

  long messages() {
    return delivered;
  }

  long gaps() {
    return gaps;
  }

  long lost() {
    return lost;
  }

  long recovered() {
    return recoveredMessages;
  }

  long malformedMessages() {
    return malformedMessages;
  }

  boolean isEnded() {
    return ended;
  }
}
