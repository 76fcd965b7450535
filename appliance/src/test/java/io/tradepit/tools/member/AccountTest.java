package io.tradepit.tools.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.ouch.wire.OuchAcceptedDecoder;
import io.tradepit.protocol.ouch.wire.OuchAcceptedEncoder;
import io.tradepit.protocol.ouch.wire.OuchCanceledDecoder;
import io.tradepit.protocol.ouch.wire.OuchCanceledEncoder;
import io.tradepit.protocol.ouch.wire.OuchExecutedDecoder;
import io.tradepit.protocol.ouch.wire.OuchExecutedEncoder;
import io.tradepit.protocol.ouch.wire.OuchRejectedDecoder;
import io.tradepit.protocol.ouch.wire.OuchRejectedEncoder;
import io.tradepit.protocol.ouch.wire.OuchReplacedDecoder;
import io.tradepit.protocol.ouch.wire.OuchReplacedEncoder;
import io.tradepit.tools.client.OuchReasons;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class AccountTest {
  private static final long NOON_NS = 43_200_000_000_000L;

  private final List<String> news = new ArrayList<>();
  private final Account account = new Account(news::add);
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);

  @Test
  void shouldKeepAnOrderUntilItIsExecuted() {
    accepted(1, 'B', 100, 721_500, '0');
    executed(1, 30, 721_400);
    assertEquals(new MemberOrder(1, true, "MAPLE", 721_500, 70, 30), account.order(1));
    executed(1, 70, 721_500);
    assertNull(account.order(1));
    assertEquals(new Position(100, 72_147_000, 0), account.positions().get("MAPLE"));
    assertEquals(
        List.of(
            "#1 accepted: buy 100 MAPLE at 72.15",
            "#1 bought 30 MAPLE at 72.14, 70 open",
            "#1 bought 70 MAPLE at 72.15, done"),
        news);
  }

  @Test
  void shouldCarryWhatWasExecutedOverAReplacement() {
    accepted(1, 'S', 100, 721_500, '0');
    executed(1, 30, 721_500);
    replaced(1, 5, 'S', 50, 722_000);
    assertNull(account.order(1));
    assertEquals(new MemberOrder(5, false, "MAPLE", 722_000, 50, 30), account.order(5));
    assertEquals("#1 replaced by #5: sell 50 MAPLE at 72.20", news.getLast());
    assertEquals(6, account.useNumber());
  }

  @Test
  void shouldSayWhyInWords() {
    accepted(1, 'B', 100, 721_500, '3');
    canceled(1, 100, 'I');
    rejected(2, 0x1D);
    rejected(3, 0x0FFF);
    assertTrue(account.openOrders().isEmpty());
    assertEquals(
        List.of(
            "#1 accepted: buy 100 MAPLE at 72.15, immediate or cancel",
            "#1 canceled: 100 MAPLE, immediate or cancel: not matched",
            "#2 rejected: invalid price, by limits or tick",
            "#3 rejected: reason 0x0FFF, which OUCH 5.0 does not name"),
        news);
    assertEquals("12:00:00.000  " + news.getLast(), account.answers(1).getFirst());
    assertEquals(4, account.useNumber());
  }

  @Test
  void shouldNameEveryReasonOfTheProtocol() {
    for (int reason = 1; reason <= 0x33; reason++) {
      assertTrue(!OuchReasons.ofReject(reason).contains("0x"), "reason=" + reason);
    }
    assertEquals("invalid self-match prevention", OuchReasons.ofReject(0x40));
    assertEquals("trading in the instrument is halted", OuchReasons.ofReject(7));
    assertEquals("short sell state not available", OuchReasons.ofReject(0x32));
    assertEquals("by the operator", OuchReasons.ofCancel((byte) 'S'));
    assertEquals("reason ?", OuchReasons.ofCancel((byte) '?'));
  }

  private void accepted(long number, char side, int quantity, long price, char timeInForce) {
    new OuchAcceptedEncoder()
        .wrap(buffer, 0)
        .timestamp(NOON_NS)
        .userRefNum(number)
        .side((byte) side)
        .quantity(quantity)
        .symbol(ItchText.symbol("MAPLE"))
        .price(price)
        .timeInForce((byte) timeInForce)
        .orderState((byte) 'L');
    account.onAccepted(
        new OuchAcceptedDecoder().wrap(buffer, 0, OuchAcceptedDecoder.BLOCK_LENGTH, 0));
  }

  private void replaced(long original, long number, char side, int quantity, long price) {
    new OuchReplacedEncoder()
        .wrap(buffer, 0)
        .timestamp(NOON_NS)
        .origUserRefNum(original)
        .userRefNum(number)
        .side((byte) side)
        .quantity(quantity)
        .symbol(ItchText.symbol("MAPLE"))
        .price(price)
        .orderState((byte) 'L');
    account.onReplaced(
        new OuchReplacedDecoder().wrap(buffer, 0, OuchReplacedDecoder.BLOCK_LENGTH, 0));
  }

  private void executed(long number, int quantity, long price) {
    new OuchExecutedEncoder()
        .wrap(buffer, 0)
        .timestamp(NOON_NS)
        .userRefNum(number)
        .quantity(quantity)
        .price(price);
    account.onExecuted(
        new OuchExecutedDecoder().wrap(buffer, 0, OuchExecutedDecoder.BLOCK_LENGTH, 0));
  }

  private void canceled(long number, int quantity, char reason) {
    new OuchCanceledEncoder()
        .wrap(buffer, 0)
        .timestamp(NOON_NS)
        .userRefNum(number)
        .quantity(quantity)
        .reason((byte) reason);
    account.onCanceled(
        new OuchCanceledDecoder().wrap(buffer, 0, OuchCanceledDecoder.BLOCK_LENGTH, 0));
  }

  private void rejected(long number, int reason) {
    new OuchRejectedEncoder().wrap(buffer, 0).timestamp(NOON_NS).userRefNum(number).reason(reason);
    account.onRejected(
        new OuchRejectedDecoder().wrap(buffer, 0, OuchRejectedDecoder.BLOCK_LENGTH, 0));
  }
}
