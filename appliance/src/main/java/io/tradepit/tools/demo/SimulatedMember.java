package io.tradepit.tools.demo;

import io.tradepit.protocol.ouch.OuchAnswerDecoder;
import io.tradepit.protocol.ouch.OuchAnswerListener;
import io.tradepit.protocol.ouch.OuchRequestEncoder;
import io.tradepit.protocol.ouch.wire.OuchAcceptedDecoder;
import io.tradepit.protocol.ouch.wire.OuchCanceledDecoder;
import io.tradepit.protocol.ouch.wire.OuchExecutedDecoder;
import io.tradepit.protocol.ouch.wire.OuchRejectedDecoder;
import io.tradepit.protocol.ouch.wire.OuchReplacedDecoder;
import io.tradepit.tools.client.Login;
import io.tradepit.tools.client.OrderEntryClient;
import io.tradepit.tools.market.MarketInstrument;
import java.net.InetSocketAddress;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/** A connection, the orders that go over it, and the trader who has them. One thread. */
final class SimulatedMember implements Requests, OuchAnswerListener, AutoCloseable {
  private static final long NONE = Long.MIN_VALUE;
  // No more than this in one turn, so that a member that fell behind leaves time to the others.
  private static final int ACTS_AT_ONCE = 32;

  private final String user;
  private final Trader trader;
  private final Pace pace;
  private final OrderTable orders = new OrderTable(this);
  private final AnswerTimes times;
  private final Map<Integer, Long> rejects;
  private final OrderEntryClient client;
  private final OuchRequestEncoder request = new OuchRequestEncoder();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OuchRequestEncoder.MAX_LENGTH]);
  private final OuchAnswerDecoder decoder = new OuchAnswerDecoder();
  // When a request was meant to be sent: new orders and replacements by number, cancels by order.
  private final Long2LongHashMap entered = new Long2LongHashMap(NONE);
  private final Long2LongHashMap canceled = new Long2LongHashMap(NONE);
  private long dueNs;
  private long sent;
  private long answers;

  /**
   * Logs in.
   *
   * @param rejects counts of all members by reason
   */
  SimulatedMember(
      String user,
      String password,
      InetSocketAddress address,
      Trader trader,
      Pace pace,
      long startNs,
      AnswerTimes times,
      Map<Integer, Long> rejects) {
    this.user = user;
    this.trader = trader;
    this.pace = pace;
    this.times = times;
    this.rejects = rejects;
    dueNs = pace.after(startNs);
    client = OrderEntryClient.login(address, Login.fromNow(user, password), this::onMessage);
  }

  String user() {
    return user;
  }

  String role() {
    return trader.role();
  }

  /** Requests sent. */
  long sent() {
    return sent;
  }

  /** Messages received, executions included. */
  long answers() {
    return answers;
  }

  long fills() {
    return orders.fills();
  }

  int openOrders() {
    return orders.open().size();
  }

  String closeReason() {
    return client.closeReason();
  }

  /**
   * Reads answers and does what is due.
   *
   * @return how much was done, or {@link OrderEntryClient#CLOSED}
   */
  int doWork(long nowNs) {
    int messages = client.poll();
    if (messages == OrderEntryClient.CLOSED) {
      return messages;
    }
    int acts = 0;
    while (acts < ACTS_AT_ONCE && nowNs - dueNs >= 0) {
      trader.act(orders);
      dueNs = pace.after(dueNs);
      acts++;
    }
    client.flush();
    return messages + acts;
  }

  @Override
  public void enter(
      long number,
      MarketInstrument instrument,
      boolean buy,
      long quantity,
      long price,
      boolean immediate) {
    byte timeInForce = immediate ? OuchRequestEncoder.IOC : OuchRequestEncoder.DAY;
    entered.put(number, dueNs);
    send(
        request
            .wrap(buffer, 0)
            .enter(
                number,
                (byte) (buy ? 'B' : 'S'),
                quantity,
                instrument.packedSymbol(),
                price,
                timeInForce));
  }

  @Override
  public void replace(long original, long number, long chainQuantity, long price) {
    entered.put(number, dueNs);
    send(
        request
            .wrap(buffer, 0)
            .replace(original, number, chainQuantity, price, OuchRequestEncoder.DAY));
  }

  @Override
  public void cancel(long number) {
    canceled.put(number, dueNs);
    send(request.wrap(buffer, 0).cancel(number, 0));
  }

  @Override
  public void onAccepted(OuchAcceptedDecoder message) {
    answered(entered, message.userRefNum());
    orders.onAccepted(message.userRefNum());
  }

  @Override
  public void onReplaced(OuchReplacedDecoder message) {
    answered(entered, message.userRefNum());
    orders.onReplaced(
        message.origUserRefNum(), message.userRefNum(), message.quantity(), message.price());
  }

  @Override
  public void onExecuted(OuchExecutedDecoder message) {
    orders.onExecuted(message.userRefNum(), message.quantity());
  }

  @Override
  public void onCanceled(OuchCanceledDecoder message) {
    answered(canceled, message.userRefNum());
    orders.onCanceled(message.userRefNum(), message.quantity());
  }

  @Override
  public void onRejected(OuchRejectedDecoder message) {
    answered(entered, message.userRefNum());
    rejects.merge(message.reason(), 1L, Long::sum);
    orders.onRejected(message.userRefNum());
  }

  @Override
  public void close() {
    client.logout();
    client.close();
  }

  private void send(OuchRequestEncoder message) {
    while (!client.offer(buffer, 0, message.length())) {
      if (client.poll() == OrderEntryClient.CLOSED) {
        return;
      }
    }
    sent++;
  }

  private void onMessage(long sequence, DirectBuffer message, int offset, int length) {
    answers++;
    if (decoder.decode(message, offset, length, this) < 0) {
      throw new IllegalStateException("user=" + user + " answer=" + sequence + " is not OUCH");
    }
  }

  private void answered(Long2LongHashMap requests, long number) {
    long meantNs = requests.remove(number);
    if (meantNs != NONE) {
      times.record(client.receivedNs() - meantNs);
    }
  }
}
