package io.tradepit.publication;

import io.tradepit.protocol.mold.MoldLayout;
import io.tradepit.protocol.mold.MoldPacketEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Puts numbered messages into as few packets as fit. Publisher thread; allocates nothing.
 *
 * <p>Numbers are the matcher's. A number below the first one of this run was published before the
 * restart and is left out; any other that is not the next stops the publisher, since a gap in the
 * numbers is a gap in the market.
 */
final class FeedPacker implements FeedSink {
  private final UnsafeBuffer session = new UnsafeBuffer(new byte[MoldLayout.SESSION_LENGTH]);
  private final MoldPacketEncoder encoder = new MoldPacketEncoder();
  private final PacketRing ring;
  private final AtomicCounter skipped;
  private long firstNumber;
  private long nextNumber;
  private boolean open;

  /**
   * @param skipped counts messages that were published before the restart
   */
  FeedPacker(PacketRing ring, long firstNumber, AtomicCounter skipped) {
    this.ring = ring;
    this.skipped = skipped;
    this.firstNumber = firstNumber;
    nextNumber = firstNumber;
  }

  /** Whether the stream's session is this one. */
  boolean isSession(DirectBuffer name, int offset) {
    for (int i = 0; i < MoldLayout.SESSION_LENGTH; i++) {
      if (session.getByte(i) != name.getByte(offset + i)) {
        return false;
      }
    }
    return true;
  }

  /** Names the session without a change of numbers. */
  void session(DirectBuffer name, int offset) {
    session.putBytes(0, name, offset, MoldLayout.SESSION_LENGTH);
  }

  /** Begins another session, whose numbers begin at 1. */
  void beginSession(DirectBuffer name, int offset) {
    flush();
    session(name, offset);
    firstNumber = 1;
    nextNumber = 1;
  }

  /** Number of the message that comes next. */
  long nextNumber() {
    return nextNumber;
  }

  /**
   * Whether a message is to be published.
   *
   * @throws IllegalStateException when a number was left out or came twice
   */
  @Override
  public boolean accepts(long number) {
    if (number == nextNumber) {
      return true;
    }
    if (number < firstNumber && nextNumber == firstNumber) {
      skipped.getAndAddRelease(1);
      return false;
    }
    throw new IllegalStateException("feedMessageNumber=" + number + " expected=" + nextNumber);
  }

  /** Buffer for the messages that {@link #claim} has made room for. */
  @Override
  public MutableDirectBuffer buffer() {
    return ring.buffer();
  }

  /** Makes room for the next message; returns the index in the buffer where it begins. */
  @Override
  public int claim(int messageLength) {
    if (open && !encoder.hasRoomFor(messageLength)) {
      flush();
    }
    if (!open) {
      encoder.begin(ring.buffer(), ring.headOffset(), ring.slotLength(), session, nextNumber);
      open = true;
    }
    nextNumber++;
    return encoder.append(messageLength);
  }

  /** Completes the packet that is being filled, if there is one. */
  void flush() {
    if (open) {
      ring.commit(encoder.end());
      open = false;
    }
  }

  void heartbeat() {
    ring.commit(
        MoldPacketEncoder.encodeHeartbeat(ring.buffer(), ring.headOffset(), session, nextNumber));
  }

  void endOfSession() {
    ring.commit(
        MoldPacketEncoder.encodeEndOfSession(
            ring.buffer(), ring.headOffset(), session, nextNumber));
  }
}
