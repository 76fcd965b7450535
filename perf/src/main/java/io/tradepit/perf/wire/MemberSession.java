package io.tradepit.perf.wire;

import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.ouch.OuchAnswerDecoder;
import io.tradepit.protocol.ouch.OuchAnswerListener;
import io.tradepit.protocol.ouch.OuchRequestEncoder;
import io.tradepit.protocol.ouch.wire.OuchAcceptedDecoder;
import io.tradepit.protocol.ouch.wire.OuchCanceledDecoder;
import io.tradepit.tools.client.Login;
import io.tradepit.tools.client.OrderEntryClient;
import io.tradepit.tools.client.OrderEntryListener;
import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One session of the member: numbers its orders 1, 2, 3 and so on, and holds the venue to the
 * answers that its {@link OrderLedger} awaits. One thread; once logged in only that allocates.
 *
 * <p>A resting order is canceled in the same write as the session's next order, behind it.
 */
final class MemberSession implements OrderEntryListener, OuchAnswerListener, AutoCloseable {
  private static final byte BUY = 'B';
  private static final byte ACCEPTED = 'A';
  private static final byte CANCELED = 'C';
  private static final long NONE = 0;
  private static final long QUANTITY = 100;
  private static final long FAR_PRICE4 = 10_000;
  // With this much to write, the socket takes nothing: an order more would only be queued here.
  private static final int MOST_UNSENT = 16 * 1024;

  private final OrderEntryClient client;
  private final OuchAnswerDecoder decoder = new OuchAnswerDecoder();
  private final OuchRequestEncoder request = new OuchRequestEncoder();
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[OuchRequestEncoder.MAX_LENGTH]);
  private final long symbol = ItchText.symbol(WirePlan.SYMBOL);
  private AcceptedListener listener = (number, readNs) -> {};
  private final OrderLedger ledger = new OrderLedger();
  private long resting;

  /** Takes the first answer to an order. */
  @FunctionalInterface
  interface AcceptedListener {
    /**
     * An order was accepted.
     *
     * @param number of the order within its session, from 1
     * @param readNs when the bytes were read, {@link System#nanoTime}
     */
    void onAccepted(long number, long readNs);
  }

  MemberSession(InetSocketAddress address, Login login) {
    client = OrderEntryClient.login(address, login, this);
  }

  /** Whom to tell from now on. */
  void listener(AcceptedListener next) {
    listener = next;
  }

  OrderLedger ledger() {
    return ledger;
  }

  /**
   * Offers a new order, and behind it the cancel of the one that rests; {@link #flush} sends both.
   *
   * @return false when the socket does not keep up: poll and try again
   */
  boolean offer(byte timeInForce) {
    if (client.unsentBytes() > MOST_UNSENT) {
      return false;
    }
    request
        .wrap(message, 0)
        .enter(ledger.sent() + 1, BUY, QUANTITY, symbol, FAR_PRICE4, timeInForce);
    put();
    boolean rests = timeInForce == OuchRequestEncoder.DAY;
    ledger.onOrder(rests);
    offerCancel();
    resting = rests ? ledger.sent() : NONE;
    return true;
  }

  /** Offers the cancel of the order that rests, if one does. */
  void offerCancel() {
    if (resting != NONE) {
      request.wrap(message, 0).cancel(resting, 0);
      put();
      ledger.onCancel(resting);
      resting = NONE;
    }
  }

  private void put() {
    if (!client.offer(message, 0, request.length())) {
      throw closed();
    }
  }

  void flush() {
    client.flush();
  }

  /** Writes what is left and reads what came. */
  void poll() {
    if (client.poll() == OrderEntryClient.CLOSED) {
      throw closed();
    }
  }

  private WireException closed() {
    return new WireException(client.closeReason());
  }

  @Override
  public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
    byte type = length == 0 ? 0 : buffer.getByte(offset);
    boolean isKnown = type == ACCEPTED || type == CANCELED;
    if (!isKnown || decoder.decode(buffer, offset, length, this) != length) {
      throw new WireException("answer=" + (char) type + " allowed=A,C");
    }
  }

  @Override
  public void onAccepted(OuchAcceptedDecoder answer) {
    ledger.onAccepted(answer.userRefNum());
    listener.onAccepted(answer.userRefNum(), client.receivedNs());
  }

  @Override
  public void onCanceled(OuchCanceledDecoder answer) {
    ledger.onCanceled(answer.userRefNum(), answer.reason());
  }

  @Override
  public void close() {
    client.close();
  }
}
