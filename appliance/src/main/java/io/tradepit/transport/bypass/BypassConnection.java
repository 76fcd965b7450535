package io.tradepit.transport.bypass;

import static io.tradepit.lwip.ConnectionLayout.ACKNOWLEDGED_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.GONE;
import static io.tradepit.lwip.ConnectionLayout.MARKS_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.MARKS_READ_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.MARK_COUNT_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.MARK_END_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.MARK_LENGTH;
import static io.tradepit.lwip.ConnectionLayout.MARK_LIMIT;
import static io.tradepit.lwip.ConnectionLayout.MARK_STAMP_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.NUMBER_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.ORDERS_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.PEER_SHUT;
import static io.tradepit.lwip.ConnectionLayout.QUEUED_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.RECEIVED_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.RELEASE;
import static io.tradepit.lwip.ConnectionLayout.REMOTE_ADDRESS_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.REMOTE_PORT_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.RESET;
import static io.tradepit.lwip.ConnectionLayout.SHUT;
import static io.tradepit.lwip.ConnectionLayout.STATE_OFFSET;
import static io.tradepit.lwip.ConnectionLayout.TAKEN_OFFSET;

import io.tradepit.transport.CloseReason;
import io.tradepit.transport.Transport;
import io.tradepit.transport.TransportListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A slot of the stack and the connection that has it now.
 *
 * <pre>
 *  OPEN --close()----------------------------------> PARTING --TCP has done, or deadline--> free
 *    +--peer shut or gone, its bytes taken, told closed-^
 * </pre>
 *
 * <p>PARTING: our side is shut after what is queued, and what the peer still sends is thrown away.
 * The listener knows the connection closed when all is acknowledged, or at the deadline.
 */
final class BypassConnection {
  private static final long NO_CONNECTION = -1;

  /** TCP may go on for as long after the listener knows the connection closed. */
  private static final long ALONE_NS = 5_000_000_000L;

  final int slot;
  long id = NO_CONNECTION;
  private final BypassTransport transport;
  private final UnsafeBuffer line;
  private final UnsafeBuffer received;
  private final UnsafeBuffer sending;
  private boolean isParting;
  private boolean isOpenedTold;
  private boolean isClosedDue;
  private boolean isClosedTold;
  private CloseReason closeReason;
  private long deadlineNs;
  private boolean isReady;
  private boolean isWorking;
  private boolean isLingering;

  BypassConnection(
      int slot,
      BypassTransport transport,
      UnsafeBuffer line,
      UnsafeBuffer received,
      UnsafeBuffer sending) {
    this.slot = slot;
    this.transport = transport;
    this.line = line;
    this.received = received;
    this.sending = sending;
  }

  // What the stack reports.

  /** Sees what the last poll brought. */
  void onNews() {
    long number = line.getLong(NUMBER_OFFSET);
    if (number == 0) {
      return;
    }
    if (id == NO_CONNECTION) {
      begin(number);
    }
    stampMarks();
    if (isParting) {
      discard();
    }
    if (hasTurn()) {
      becomeReady();
    }
  }

  private void begin(long number) {
    id = BypassTransport.id(number, slot);
    isParting = false;
    isOpenedTold = false;
    isClosedDue = false;
    isClosedTold = false;
    closeReason = CloseReason.PEER;
    transport.counters().opened.incrementRelease();
  }

  /** Gives marks that the device did not stamp the time of this poll, as a negative number. */
  private void stampMarks() {
    int count = line.getInt(MARK_COUNT_OFFSET);
    for (int mark = line.getInt(MARKS_READ_OFFSET); mark < count; mark++) {
      int stamp = markOffset(mark) + MARK_STAMP_OFFSET;
      if (line.getLong(stamp) == 0) {
        line.putLong(stamp, -transport.turnTimeNs());
      }
    }
  }

  // What the transport asks.

  boolean isWritable() {
    return !isParting && !isGone();
  }

  int unsentBytes() {
    return (int) (line.getLong(QUEUED_OFFSET) - line.getLong(ACKNOWLEDGED_OFFSET));
  }

  int trySend(DirectBuffer buffer, int offset, int length) {
    long queued = line.getLong(QUEUED_OFFSET);
    int room = sending.capacity() - (int) (queued - line.getLong(ACKNOWLEDGED_OFFSET));
    int count = Math.min(length, room);
    if (count > 0) {
      int index = (int) queued & (sending.capacity() - 1);
      int upToEnd = Math.min(count, sending.capacity() - index);
      sending.putBytes(index, buffer, offset, upToEnd);
      sending.putBytes(0, buffer, offset + upToEnd, count - upToEnd);
      line.putLong(QUEUED_OFFSET, queued + count);
      askForWork();
      if (count < length) {
        transport.counters().shortWrites.incrementRelease();
      }
    }
    return count;
  }

  /**
   * Tells the listener one thing.
   *
   * @return whether something moved: bytes of which none are taken are no work
   */
  boolean turn(TransportListener listener) {
    isReady = false;
    if (!hasTurn()) {
      return false;
    }
    boolean isWork = true;
    if (!isOpenedTold) {
      isOpenedTold = true;
      listener.onOpened(id, remote());
    } else if (!isParting && available() > 0) {
      isWork = deliver(listener);
    } else {
      tellClosed(listener);
    }
    if (hasTurn()) {
      becomeReady();
    }
    return isWork;
  }

  private boolean hasTurn() {
    boolean isOver = isParting ? isClosedDue : available() > 0 || isPeerDone();
    return id != NO_CONNECTION && !isClosedTold && (!isOpenedTold || isOver);
  }

  private boolean isPeerDone() {
    return (line.getInt(STATE_OFFSET) & (PEER_SHUT | GONE)) != 0;
  }

  private boolean deliver(TransportListener listener) {
    long taken = line.getLong(TAKEN_OFFSET);
    int mark = line.getInt(MARKS_READ_OFFSET);
    long stampNs = line.getLong(markOffset(mark) + MARK_STAMP_OFFSET);
    int index = (int) taken & (received.capacity() - 1);
    int length = (int) Math.min(endOf(mark, stampNs) - taken, Transport.MAX_READ_BYTES);
    length = Math.min(length, received.capacity() - index);
    int count =
        listener.onBytes(
            id, received, index, length, Math.abs(stampNs), (byte) (stampNs < 0 ? 'P' : 'N'));
    assert count >= 0 && count <= length : "taken=" + count + " length=" + length;
    transport.counters().bytesIn.getAndAddRelease(count);
    if (!isParting && count > 0) {
      take(taken + count);
    }
    return count > 0;
  }

  /** Where the bytes end that came at the same time as those of this mark. */
  private long endOf(int mark, long stampNs) {
    int count = line.getInt(MARK_COUNT_OFFSET);
    int last = mark;
    while (last + 1 < count && line.getLong(markOffset(last + 1) + MARK_STAMP_OFFSET) == stampNs) {
      last++;
    }
    return line.getLong(markOffset(last) + MARK_END_OFFSET);
  }

  private void take(long position) {
    line.putLong(TAKEN_OFFSET, position);
    int count = line.getInt(MARK_COUNT_OFFSET);
    int mark = line.getInt(MARKS_READ_OFFSET);
    while (mark < count && line.getLong(markOffset(mark) + MARK_END_OFFSET) <= position) {
      mark++;
    }
    line.putInt(MARKS_READ_OFFSET, mark);
    askForWork();
  }

  private void discard() {
    if (available() > 0) {
      take(line.getLong(RECEIVED_OFFSET));
    }
  }

  // The end.

  /** A linger of 0 tells the listener at its next turn, and TCP goes on alone. */
  void close(CloseReason reason, long nowNs, int lingerMs) {
    if (isParting || isClosedTold) {
      return;
    }
    closeReason = reason;
    isClosedDue = lingerMs <= 0;
    part(nowNs + (isClosedDue ? ALONE_NS : lingerMs * 1_000_000L));
    if (isClosedDue) {
      becomeReady();
    }
  }

  private void part(long untilNs) {
    isParting = true;
    deadlineNs = untilNs;
    discard();
    order(SHUT);
    keepLingering();
  }

  /** Moves a parting connection on, and asks to be called again while it lingers. */
  void linger(long nowNs) {
    isLingering = false;
    boolean isOver = isGone() || nowNs >= deadlineNs;
    if (isOver && isClosedTold) {
      release();
      return;
    }
    if (!isClosedTold && !isClosedDue && (isOver || unsentBytes() == 0)) {
      isClosedDue = true;
      becomeReady();
    }
    keepLingering();
  }

  /** Tells the listener at once, and lets TCP finish. */
  void stop(CloseReason reason, TransportListener listener) {
    if (id == NO_CONNECTION) {
      return;
    }
    if (!isParting) {
      closeReason = reason;
      part(Long.MAX_VALUE);
    }
    if (isOpenedTold && !isClosedTold) {
      tellClosed(listener);
    }
  }

  /** Whether TCP still has bytes of it to deliver. */
  boolean isUnfinished() {
    return id != NO_CONNECTION && !isGone() && unsentBytes() > 0;
  }

  private void tellClosed(TransportListener listener) {
    isClosedTold = true;
    transport.counters().closed.incrementRelease();
    listener.onClosed(id, closeReason);
    if (!isParting) {
      part(transport.turnTimeNs() + ALONE_NS);
    }
  }

  private void release() {
    id = NO_CONNECTION;
    order(isGone() ? RELEASE : RESET | RELEASE);
  }

  // Memory and queues.

  private InetSocketAddress remote() {
    int address = line.getInt(REMOTE_ADDRESS_OFFSET);
    byte[] bytes = {
      (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
    };
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(bytes), line.getInt(REMOTE_PORT_OFFSET));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("length=" + bytes.length, e);
    }
  }

  private static int markOffset(int mark) {
    return MARKS_OFFSET + (mark & (MARK_LIMIT - 1)) * MARK_LENGTH;
  }

  private boolean isGone() {
    return (line.getInt(STATE_OFFSET) & GONE) != 0;
  }

  private int available() {
    return (int) (line.getLong(RECEIVED_OFFSET) - line.getLong(TAKEN_OFFSET));
  }

  private void order(int order) {
    line.putInt(ORDERS_OFFSET, line.getInt(ORDERS_OFFSET) | order);
    askForWork();
  }

  private void askForWork() {
    if (!isWorking) {
      isWorking = true;
      transport.working(slot);
    }
  }

  /** The stack does in this poll what was asked for. */
  void onWorkGiven() {
    isWorking = false;
  }

  private void keepLingering() {
    if (!isLingering) {
      isLingering = true;
      transport.lingering(slot);
    }
  }

  private void becomeReady() {
    if (!isReady) {
      isReady = true;
      transport.ready(slot);
    }
  }
}
