package io.tradepit.tools.client;

import io.tradepit.protocol.itch.ItchDecoder;
import io.tradepit.protocol.itch.ItchListener;
import io.tradepit.protocol.mold.MoldLayout;
import io.tradepit.protocol.mold.MoldPacketDecoder;
import org.agrona.DirectBuffer;

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
  private final ReceivedLine[] lines;
  private final long gapWaitNs;
  private final long sessionSilentAfterNs;
  // The ten bytes of the session, as numbers so that they are compared at once.
  private long sessionFirst;
  private short sessionLast;
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

  FeedArbiter(FeedReceiverContext context, ReceivedLine[] lines) {
    messages = context.messages();
    listener = context.listener();
    held = new HeldPackets(context.heldPackets(), context.maxPacketBytes());
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

  private boolean isWellFormed(DirectBuffer buffer, int length) {
    if (!packet.wrap(buffer, 0, length)) {
      return false;
    }
    long first = packet.sequenceNumber();
    return first > 0 && first <= Long.MAX_VALUE - MoldLayout.MAX_COUNT;
  }

  private boolean isOfSession(DirectBuffer buffer, long nowNs) {
    long first = buffer.getLong(MoldLayout.SESSION_OFFSET);
    short last = buffer.getShort(MoldLayout.SESSION_OFFSET + Long.BYTES);
    if (hasSession && first == sessionFirst && last == sessionLast) {
      return true;
    }
    // Another one is believed when the one before has ended or fallen silent: it may be a stray.
    if (hasSession && !ended && nowNs - lastOfSessionNs < sessionSilentAfterNs) {
      return false;
    }
    sessionFirst = first;
    sessionLast = last;
    begin();
    return true;
  }

  private void begin() {
    giveUp();
    hasSession = true;
    ended = false;
    endAt = NO_END;
    announced = 0;
    next = packet.sequenceNumber();
    for (ReceivedLine line : lines) {
      line.onSession();
    }
    listener.onSession(packet.session(), next);
  }

  /** Hands over what is held of the session before. */
  private void giveUp() {
    while (!held.isEmpty()) {
      skipToHeld();
      drain();
    }
    skipTo(announced);
  }

  private void onPacket(ReceivedLine line, DirectBuffer buffer, int length, long nowNs) {
    long sequence = packet.sequenceNumber();
    int count = packet.isEndOfSession() ? 0 : packet.count();
    line.onPacket(sequence, count);
    if (count == 0) {
      onAnnounced(sequence, nowNs);
    } else if (sequence + count <= next || held.covers(sequence, count)) {
      line.onDuplicate();
    } else {
      line.onFirst();
      onNew(buffer, length, sequence, count, nowNs);
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

  private void onNew(DirectBuffer buffer, int length, long sequence, int count, long nowNs) {
    if (sequence <= next) {
      deliver(packet, buffer);
      drain();
      return;
    }
    if (held.isFull()) {
      skipToHeld();
      drain();
    }
    held.hold(buffer, length, sequence, count, nowNs);
    drain();
  }

  /**
   * Gives up what has been missing for too long, and says so when the session is complete. Called
   * when the lines have been read: what is missing may lie in the socket of another line.
   */
  void onTime(long nowNs) {
    while (!held.isEmpty() && nowNs - held.firstArrivalNs() >= gapWaitNs) {
      skipToHeld();
      drain();
    }
    if (held.isEmpty() && announced > next && nowNs - announcedNs >= gapWaitNs) {
      skipTo(announced);
    }
    if (!ended && next >= endAt) {
      ended = true;
      listener.onEndOfSession(next);
    }
  }

  private void skipToHeld() {
    skipTo(held.sequence(held.lowest()));
  }

  private void skipTo(long sequence) {
    if (sequence > next) {
      long from = next;
      next = sequence;
      gaps++;
      lost += sequence - from;
      listener.onGap(from, sequence - 1);
    }
  }

  /** Hands over held packets as long as nothing is missing before them. */
  private void drain() {
    int lowest = held.lowest();
    while (lowest != HeldPackets.NONE && held.sequence(lowest) <= next) {
      DirectBuffer buffer = held.view(lowest);
      heldPacket.wrap(buffer, 0, held.length(lowest));
      held.release(lowest);
      deliver(heldPacket, buffer);
      lowest = held.lowest();
    }
  }

  private void deliver(MoldPacketDecoder from, DirectBuffer buffer) {
    while (from.next()) {
      long sequence = from.messageSequenceNumber();
      if (sequence >= next) {
        next = sequence + 1;
        handedOver = sequence;
        delivered++;
        hand(sequence, buffer, from.messageOffset(), from.messageLength());
      }
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

  long malformedMessages() {
    return malformedMessages;
  }

  boolean isEnded() {
    return ended;
  }
}
