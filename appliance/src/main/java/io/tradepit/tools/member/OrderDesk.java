package io.tradepit.tools.member;

import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.ouch.OuchAnswerDecoder;
import io.tradepit.protocol.ouch.OuchAnswerListener;
import io.tradepit.protocol.ouch.OuchRequestEncoder;
import io.tradepit.protocol.ouch.wire.OuchAccountQueryResponseDecoder;
import io.tradepit.tools.client.Login;
import io.tradepit.tools.client.OrderEntryClient;
import io.tradepit.tools.client.OrderEntryException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A member's orders over one connection. One thread.
 *
 * <p>Behind every request goes an Account Query: messages of a port are answered in order, so once
 * the query is answered everything before it is, also what the venue passes over in silence.
 */
final class OrderDesk implements AutoCloseable {
  private static final Duration REPLAY_LIMIT = Duration.ofSeconds(60);

  private final OuchRequestEncoder request = new OuchRequestEncoder();
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[OuchRequestEncoder.MAX_LENGTH]);
  private final OuchAnswerDecoder decoder = new OuchAnswerDecoder();
  private final Account account;
  private final OrderEntryClient client;
  private final Consumer<String> news;
  private final long replayed;
  private boolean live;
  private long asked;
  private long answered;

  // Queries apart, everything goes to the account.
  private final OuchAnswerListener queries =
      new OuchAnswerListener() {
        @Override
        public void onAccountQueryResponse(OuchAccountQueryResponseDecoder message) {
          answered++;
        }
      };

  private OrderDesk(InetSocketAddress address, Login now, Consumer<String> news) {
    this.news = news;
    account = new Account(this::tell);
    long next;
    String session;
    // The venue does not mark where old messages end: a first login asks where that is.
    try (OrderEntryClient probe = OrderEntryClient.login(address, now, (n, b, o, l) -> {})) {
      next = probe.nextSequence();
      session = probe.session();
      probe.logout();
    }
    client = OrderEntryClient.login(address, now.from(session, 1), this::onMessage);
    replayed = next - 1;
    replay(next);
    answered = 0;
    live = true;
  }

  /**
   * Logs in and reads the session's stream of the day from its first message.
   *
   * @param news hears of every answer that is not a replayed one
   * @throws OrderEntryException when the login is refused or the stream does not come
   */
  static OrderDesk open(
      InetSocketAddress address, String user, String password, Consumer<String> news) {
    return new OrderDesk(address, Login.fromNow(user, password), news);
  }

  Account account() {
    return account;
  }

  String session() {
    return client.session();
  }

  /** Answers that were there before this login. */
  long replayed() {
    return replayed;
  }

  boolean isOpen() {
    return client.isOpen();
  }

  String closeReason() {
    return client.closeReason();
  }

  /** One duty cycle; see {@link OrderEntryClient#poll}. */
  int poll() {
    return client.poll();
  }

  /** Whether everything that was sent is answered. */
  boolean isAnswered() {
    return answered == asked;
  }

  /** Sends a new order; returns its number. */
  long enter(Command.Enter order) {
    long number = account.useNumber();
    send(
        request
            .wrap(buffer, 0)
            .enter(
                number,
                (byte) (order.buy() ? 'B' : 'S'),
                order.quantity(),
                ItchText.symbol(order.symbol()),
                order.price(),
                order.immediate() ? OuchRequestEncoder.IOC : OuchRequestEncoder.DAY));
    return number;
  }

  /** Sends a replacement of an open order; returns the new number. */
  long replace(Command.Replace change) {
    MemberOrder order = required(change.order());
    long number = account.useNumber();
    // On the wire stands the quantity of the whole chain.
    long chain = order.executed() + change.quantity();
    send(
        request
            .wrap(buffer, 0)
            .replace(order.number(), number, chain, change.price(), OuchRequestEncoder.DAY));
    return number;
  }

  void cancel(long number) {
    send(request.wrap(buffer, 0).cancel(required(number).number(), 0));
  }

  /** Cancels all open orders; returns how many. */
  int cancelAll() {
    List<MemberOrder> orders = account.openOrders();
    for (MemberOrder order : orders) {
      cancel(order.number());
    }
    return orders.size();
  }

  @Override
  public void close() {
    client.logout();
    client.close();
  }

  private MemberOrder required(long number) {
    MemberOrder order = account.order(number);
    if (order == null) {
      throw new RefusedException("#" + number + ": no open order of yours; 'orders' lists them");
    }
    return order;
  }

  private void send(OuchRequestEncoder message) {
    offer(message);
    offer(request.wrap(buffer, 0).accountQuery());
    client.flush();
    asked++;
  }

  // The buffer takes hundreds of messages; it is full only when the venue does not read.
  private void offer(OuchRequestEncoder message) {
    while (!client.offer(buffer, 0, message.length())) {
      if (client.poll() == OrderEntryClient.CLOSED) {
        throw new RefusedException("not sent: " + client.closeReason());
      }
    }
  }

  private void replay(long until) {
    long deadlineNs = System.nanoTime() + REPLAY_LIMIT.toNanos();
    while (client.nextSequence() < until) {
      int messages = client.poll();
      if (messages == OrderEntryClient.CLOSED || System.nanoTime() - deadlineNs > 0) {
        client.close();
        throw new RefusedException(
            "replay=" + client.nextSequence() + " of " + until + ": " + client.closeReason());
      }
      LockSupport.parkNanos(messages == 0 ? 100_000 : 0);
    }
  }

  private void onMessage(long sequence, DirectBuffer message, int offset, int length) {
    if (decoder.decode(message, offset, length, account) < 0) {
      tell("answer " + sequence + " is no OUCH 5.0 message");
    }
    if (message.getByte(offset) == 'Q') {
      decoder.decode(message, offset, length, queries);
    }
  }

  private void tell(String what) {
    if (live) {
      news.accept(what);
    }
  }
}
