package io.tradepit.matching;

import io.tradepit.protocol.sbe.AccountQueriedDecoder;
import io.tradepit.protocol.sbe.AdminCompletedDecoder;
import io.tradepit.protocol.sbe.FeedNotifiedDecoder;
import io.tradepit.protocol.sbe.MassCanceledDecoder;
import io.tradepit.protocol.sbe.OrderAcceptedDecoder;
import io.tradepit.protocol.sbe.OrderCanceledDecoder;
import io.tradepit.protocol.sbe.OrderEntryDisabledDecoder;
import io.tradepit.protocol.sbe.OrderEntryEnabledDecoder;
import io.tradepit.protocol.sbe.OrderExecutedDecoder;
import io.tradepit.protocol.sbe.OrderModifiedDecoder;
import io.tradepit.protocol.sbe.OrderRejectedDecoder;
import io.tradepit.protocol.sbe.OrderReplacedDecoder;
import io.tradepit.protocol.sbe.OrderRestedDecoder;
import io.tradepit.protocol.sbe.SessionConnectedDecoder;
import io.tradepit.protocol.sbe.SessionControlledDecoder;
import io.tradepit.protocol.sbe.SessionDefinedDecoder;
import io.tradepit.protocol.sbe.SessionDisconnectedDecoder;
import io.tradepit.protocol.sbe.SessionNotifiedDecoder;
import io.tradepit.protocol.sbe.SessionOrdersCanceledDecoder;
import io.tradepit.protocol.sbe.SessionRefusedDecoder;
import io.tradepit.protocol.sbe.StateReportedDecoder;
import io.tradepit.protocol.sbe.TagsDecoder;
import io.tradepit.protocol.sbe.TradingStateChangedDecoder;
import org.agrona.DirectBuffer;

/**
 * Events as short text, for tests that read as a rulebook. Prices count in dollars of 10,000;
 * {@code s0:4} is message 4 of session 0, {@code f7} message 7 of the feed, {@code #3} order 3.
 */
final class EventText {
  private EventText() {}

  static String of(int template, DirectBuffer b, int at, int length) {
    return switch (template) {
      case 101 -> accepted(new OrderAcceptedDecoder().wrap(b, at, length, 1));
      case 102 -> rested(new OrderRestedDecoder().wrap(b, at, length, 1));
      case 103 -> replaced(new OrderReplacedDecoder().wrap(b, at, length, 1));
      case 104 -> canceled(new OrderCanceledDecoder().wrap(b, at, length, 1));
      case 105 -> executed(new OrderExecutedDecoder().wrap(b, at, length, 1));
      case 106 -> rejected(new OrderRejectedDecoder().wrap(b, at, length, 1));
      case 107 -> modified(new OrderModifiedDecoder().wrap(b, at, length, 1));
      case 108 -> queried(new AccountQueriedDecoder().wrap(b, at, length, 1));
      case 110 -> massCanceled(new MassCanceledDecoder().wrap(b, at, length, 1));
      case 111 -> {
        OrderEntryDisabledDecoder e = new OrderEntryDisabledDecoder().wrap(b, at, length, 1);
        yield "disabled "
            + e.userRefNum()
            + " "
            + e.firm()
            + session(e.sessionId(), e.sessionMessageNumber());
      }
      case 112 -> {
        OrderEntryEnabledDecoder e = new OrderEntryEnabledDecoder().wrap(b, at, length, 1);
        yield "enabled "
            + e.userRefNum()
            + " "
            + e.firm()
            + session(e.sessionId(), e.sessionMessageNumber());
      }
      default -> ofTheDay(template, b, at, length);
    };
  }

  private static String ofTheDay(int template, DirectBuffer b, int at, int length) {
    return switch (template) {
      case 109 -> {
        SessionNotifiedDecoder e = new SessionNotifiedDecoder().wrap(b, at, length, 1);
        yield "session " + (char) e.eventCode() + session(e.sessionId(), e.sessionMessageNumber());
      }
      case 120 -> "day opened";
      case 121 -> {
        FeedNotifiedDecoder e = new FeedNotifiedDecoder().wrap(b, at, length, 1);
        yield "feed " + (char) e.eventCode() + feed(e.feedMessageNumber());
      }
      case 122 -> "listed";
      case 123 -> {
        TradingStateChangedDecoder e = new TradingStateChangedDecoder().wrap(b, at, length, 1);
        yield "trading " + (char) e.tradingState() + feed(e.feedMessageNumber());
      }
      case 124 -> "day closed";
      case 125 -> {
        StateReportedDecoder e = new StateReportedDecoder().wrap(b, at, length, 1);
        yield "state "
            + e.sequence()
            + " log "
            + Long.toHexString(e.logHash())
            + " state "
            + Long.toHexString(e.stateHash())
            + feed(e.feedMessages())
            + " asked "
            + e.correlationId();
      }
      case 130 -> "defined " + new SessionDefinedDecoder().wrap(b, at, length, 1).sessionId();
      case 131 -> {
        SessionConnectedDecoder e = new SessionConnectedDecoder().wrap(b, at, length, 1);
        yield "connected "
            + e.sessionId()
            + " epoch "
            + e.connectionEpoch()
            + " next "
            + e.nextMessageNumber()
            + (e.takenOver() == 1 ? " taken over" : "");
      }
      case 132 -> "refused " + (char) new SessionRefusedDecoder().wrap(b, at, length, 1).reason();
      case 133 -> {
        SessionDisconnectedDecoder e = new SessionDisconnectedDecoder().wrap(b, at, length, 1);
        yield "disconnected "
            + (char) e.reason()
            + (e.cancelAtNs() == 0 ? "" : " cancel at " + e.cancelAtNs());
      }
      case 134 ->
          "controlled " + (char) new SessionControlledDecoder().wrap(b, at, length, 1).action();
      case 135 -> {
        SessionOrdersCanceledDecoder e = new SessionOrdersCanceledDecoder().wrap(b, at, length, 1);
        yield "away " + e.sessionId() + " canceled " + e.count();
      }
      case 139 -> {
        AdminCompletedDecoder e = new AdminCompletedDecoder().wrap(b, at, length, 1);
        yield "admin " + (char) e.result() + " " + e.count();
      }
      default -> "?" + template;
    };
  }

  private static String session(int session, long number) {
    return " s" + session + ":" + number;
  }

  private static String feed(long number) {
    return number == 0 ? "" : " f" + number;
  }

  private static String price(long price) {
    return " @" + price / 10_000 + (price % 10_000 == 0 ? "" : "." + price % 10_000 / 100);
  }

  private static String accepted(OrderAcceptedDecoder e) {
    return "accepted "
        + e.userRefNum()
        + " "
        + (char) e.side()
        + " "
        + e.quantity()
        + price(e.price())
        + " "
        + (char) e.orderState()
        + " #"
        + e.orderNumber()
        + session(e.sessionId(), e.sessionMessageNumber())
        + feed(e.feedMessageNumber());
  }

  private static String rested(OrderRestedDecoder e) {
    return "rested #"
        + e.orderNumber()
        + " "
        + (char) e.side()
        + " "
        + e.quantity()
        + price(e.price())
        + feed(e.feedMessageNumber());
  }

  private static String replaced(OrderReplacedDecoder e) {
    return "replaced "
        + e.origUserRefNum()
        + " by "
        + e.userRefNum()
        + " "
        + (char) e.side()
        + " "
        + e.quantity()
        + price(e.price())
        + " #"
        + e.origOrderNumber()
        + "->#"
        + e.orderNumber()
        + session(e.sessionId(), e.sessionMessageNumber())
        + " "
        + (char) e.feedAction()
        + feed(e.feedMessageNumber());
  }

  private static String canceled(OrderCanceledDecoder e) {
    return "canceled "
        + e.userRefNum()
        + " -"
        + e.quantity()
        + " left "
        + e.remaining()
        + " "
        + (char) e.reason()
        + session(e.sessionId(), e.sessionMessageNumber())
        + feed(e.feedMessageNumber());
  }

  private static String executed(OrderExecutedDecoder e) {
    return "executed "
        + e.quantity()
        + price(e.price())
        + " match "
        + e.matchNumber()
        + " "
        + e.restingUserRefNum()
        + (char) e.restingLiquidity()
        + " left "
        + e.restingRemaining()
        + session(e.restingSessionId(), e.restingMessageNumber())
        + " "
        + e.incomingUserRefNum()
        + (char) e.incomingLiquidity()
        + " left "
        + e.incomingRemaining()
        + session(e.incomingSessionId(), e.incomingMessageNumber())
        + feed(e.feedMessageNumber());
  }

  private static String rejected(OrderRejectedDecoder e) {
    return "rejected "
        + e.userRefNum()
        + " 0x"
        + Integer.toHexString(e.reason())
        + session(e.sessionId(), e.sessionMessageNumber());
  }

  private static String modified(OrderModifiedDecoder e) {
    return "modified "
        + e.userRefNum()
        + " "
        + (char) e.side()
        + " -"
        + e.decrement()
        + " left "
        + e.quantity()
        + session(e.sessionId(), e.sessionMessageNumber())
        + feed(e.feedMessageNumber());
  }

  private static String massCanceled(MassCanceledDecoder e) {
    TagsDecoder tags = e.tags();
    return "mass canceled "
        + e.userRefNum()
        + " "
        + e.firm()
        + (e.symbol() == 0x2020202020202020L ? " all" : " symbol")
        + (has(tags, 27) ? " side " + (char) tags.side() : "")
        + (has(tags, 24) ? " group " + tags.groupId() : "")
        + (has(tags, 28) ? " channel " + tags.userRefIdx() : "")
        + session(e.sessionId(), e.sessionMessageNumber());
  }

  private static boolean has(TagsDecoder tags, int tag) {
    return (tags.present() & (1L << tag)) != 0;
  }

  private static String queried(AccountQueriedDecoder e) {
    return "next " + e.nextUserRefNum() + session(e.sessionId(), e.sessionMessageNumber());
  }
}
