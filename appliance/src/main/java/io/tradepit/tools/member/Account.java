package io.tradepit.tools.member;

import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.ouch.OuchAnswerListener;
import io.tradepit.protocol.ouch.wire.OuchAcceptedDecoder;
import io.tradepit.protocol.ouch.wire.OuchAiqCanceledDecoder;
import io.tradepit.protocol.ouch.wire.OuchBrokenTradeDecoder;
import io.tradepit.protocol.ouch.wire.OuchCanceledDecoder;
import io.tradepit.protocol.ouch.wire.OuchDisableResponseDecoder;
import io.tradepit.protocol.ouch.wire.OuchEnableResponseDecoder;
import io.tradepit.protocol.ouch.wire.OuchExecutedDecoder;
import io.tradepit.protocol.ouch.wire.OuchMassCancelResponseDecoder;
import io.tradepit.protocol.ouch.wire.OuchModifiedDecoder;
import io.tradepit.protocol.ouch.wire.OuchRejectedDecoder;
import io.tradepit.protocol.ouch.wire.OuchReplacedDecoder;
import io.tradepit.protocol.ouch.wire.OuchSystemEventDecoder;
import io.tradepit.tools.client.OuchReasons;
import io.tradepit.tools.terminal.Figures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A member's orders and positions, made of nothing but the venue's answers: replayed from the first
 * of the day they are the same again. One thread.
 */
final class Account implements OuchAnswerListener {
  private static final int KEPT_ANSWERS = 1_000;

  private final SortedMap<Long, MemberOrder> open = new TreeMap<>();
  private final SortedMap<String, Position> positions = new TreeMap<>();
  private final Deque<String> answers = new ArrayDeque<>();
  private final Consumer<String> news;
  private long highestNumber;
  private long answered;

  /**
   * @param news hears of every answer, in words
   */
  Account(Consumer<String> news) {
    this.news = news;
  }

  /** Takes a number for a new order. */
  long useNumber() {
    return ++highestNumber;
  }

  /** Answers heard so far. */
  long answered() {
    return answered;
  }

  /** The open order of a number, or null. */
  MemberOrder order(long number) {
    return open.get(number);
  }

  List<MemberOrder> openOrders() {
    return List.copyOf(open.values());
  }

  /** By symbol; those that were closed as well. */
  Map<String, Position> positions() {
    return Map.copyOf(positions);
  }

  /** The last answers, oldest first. */
  List<String> answers(int count) {
    List<String> all = new ArrayList<>(answers);
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  @Override
  public void onSystemEvent(OuchSystemEventDecoder message) {
    String what = message.eventCode() == 'S' ? "the day begins" : "the day has ended";
    tell(message.timestamp(), what);
  }

  @Override
  public void onAccepted(OuchAcceptedDecoder message) {
    MemberOrder order =
        new MemberOrder(
            message.userRefNum(),
            message.side() == 'B',
            ItchText.symbol(message.symbol()),
            message.price(),
            message.quantity(),
            0);
    keep(order, message.orderState());
    String until = message.timeInForce() == '3' ? ", immediate or cancel" : "";
    tell(message.timestamp(), "#" + order.number() + " accepted: " + order.terms() + until);
  }

  @Override
  public void onReplaced(OuchReplacedDecoder message) {
    MemberOrder original = open.remove(message.origUserRefNum());
    MemberOrder order =
        new MemberOrder(
            message.userRefNum(),
            message.side() == 'B',
            ItchText.symbol(message.symbol()),
            message.price(),
            message.quantity(),
            original == null ? 0 : original.executed());
    keep(order, message.orderState());
    tell(
        message.timestamp(),
        "#" + message.origUserRefNum() + " replaced by #" + order.number() + ": " + order.terms());
  }

  @Override
  public void onExecuted(OuchExecutedDecoder message) {
    MemberOrder order = open.get(message.userRefNum());
    if (order == null) {
      tell(message.timestamp(), "#" + message.userRefNum() + " executed, but is not known here");
      return;
    }
    MemberOrder after = order.executed(message.quantity());
    put(after);
    positions.merge(
        order.symbol(),
        Position.NONE.after(order.buy(), message.quantity(), message.price()),
        (held, one) -> held.after(order.buy(), message.quantity(), message.price()));
    tell(
        message.timestamp(),
        "#"
            + order.number()
            + (order.buy() ? " bought " : " sold ")
            + Figures.whole(message.quantity())
            + " "
            + order.symbol()
            + " at "
            + Figures.price(message.price())
            + (after.open() == 0 ? ", done" : ", " + Figures.whole(after.open()) + " open"));
  }

  @Override
  public void onCanceled(OuchCanceledDecoder message) {
    canceled(message.timestamp(), message.userRefNum(), message.quantity(), message.reason());
  }

  @Override
  public void onAiqCanceled(OuchAiqCanceledDecoder message) {
    canceled(
        message.timestamp(), message.userRefNum(), message.decrementShares(), message.reason());
  }

  private void canceled(long timeNs, long number, long quantity, byte reason) {
    MemberOrder order = open.get(number);
    String what = Figures.whole(quantity);
    String rest = "";
    if (order != null) {
      MemberOrder after = order.canceled(quantity);
      put(after);
      what += " " + order.symbol();
      rest = after.open() == 0 ? "" : ", " + Figures.whole(after.open()) + " open";
    }
    tell(timeNs, "#" + number + " canceled: " + what + ", " + OuchReasons.ofCancel(reason) + rest);
  }

  @Override
  public void onModified(OuchModifiedDecoder message) {
    MemberOrder order = open.get(message.userRefNum());
    if (order != null) {
      put(order.leaving(message.quantity()));
    }
    tell(
        message.timestamp(),
        "#" + message.userRefNum() + " modified: " + Figures.whole(message.quantity()) + " open");
  }

  @Override
  public void onRejected(OuchRejectedDecoder message) {
    used(message.userRefNum());
    tell(
        message.timestamp(),
        "#" + message.userRefNum() + " rejected: " + OuchReasons.ofReject(message.reason()));
  }

  // The positions keep it: what a broken trade does to them is for the two members to settle.
  @Override
  public void onBrokenTrade(OuchBrokenTradeDecoder message) {
    tell(
        message.timestamp(),
        "#"
            + message.userRefNum()
            + " trade "
            + message.matchNumber()
            + " broken; 'positions' still counts it");
  }

  @Override
  public void onMassCancelResponse(OuchMassCancelResponseDecoder message) {
    used(message.userRefNum());
    tell(message.timestamp(), "#" + message.userRefNum() + " mass cancel taken");
  }

  @Override
  public void onDisableResponse(OuchDisableResponseDecoder message) {
    used(message.userRefNum());
    tell(message.timestamp(), "#" + message.userRefNum() + " order entry disabled");
  }

  @Override
  public void onEnableResponse(OuchEnableResponseDecoder message) {
    used(message.userRefNum());
    tell(message.timestamp(), "#" + message.userRefNum() + " order entry enabled");
  }

  private void keep(MemberOrder order, byte state) {
    used(order.number());
    put(state == 'L' ? order : order.leaving(0));
  }

  private void put(MemberOrder order) {
    if (order.open() > 0) {
      open.put(order.number(), order);
    } else {
      open.remove(order.number());
    }
  }

  private void used(long number) {
    highestNumber = Math.max(highestNumber, number);
  }

  private void tell(long timeNs, String what) {
    answered++;
    if (answers.size() == KEPT_ANSWERS) {
      answers.removeFirst();
    }
    answers.addLast(Figures.time(timeNs) + "  " + what);
    news.accept(what);
  }
}
