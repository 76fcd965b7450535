package io.tradepit.perf.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Each order has one Accepted, in its turn, and one Canceled. */
@Timeout(30)
class OrderLedgerTest {
  private final OrderLedger ledger = new OrderLedger();

  private static void assertRefused(String line, Executable answer) {
    assertEquals(line, assertThrows(WireException.class, answer).getMessage());
  }

  @Test
  void shouldAwaitBothAnswersToAnOrderThatDoesNotRest() {
    ledger.onOrder(false);
    ledger.onAccepted(1);
    assertTrue(ledger.isAwaiting());
    ledger.onCanceled(1, OrderLedger.REMAINDER);
    assertFalse(ledger.isAwaiting());
    ledger.requireAllAnswered();
  }

  @Test
  void shouldAwaitTheCancelOfOneThatRestsOnceItIsSent() {
    ledger.onOrder(true);
    ledger.onAccepted(1);
    assertFalse(ledger.isAwaiting());
    assertRefused("sent=1 accepted=1 canceled=0", ledger::requireAllAnswered);
    ledger.onCancel(1);
    assertTrue(ledger.isAwaiting());
    ledger.onCanceled(1, OrderLedger.ASKED);
    ledger.requireAllAnswered();
  }

  @Test
  void shouldRefuseAnAnswerThatComesTwiceOrOutOfTurn() {
    ledger.onOrder(false);
    ledger.onOrder(false);
    assertRefused("accepted=2 expected=1 sent=2", () -> ledger.onAccepted(2));
    ledger.onAccepted(1);
    assertRefused("accepted=1 expected=2 sent=2", () -> ledger.onAccepted(1));
    ledger.onCanceled(1, OrderLedger.REMAINDER);
    assertRefused(
        "canceled=2 reason=I expected=2 expectedReason=I accepted=1",
        () -> ledger.onCanceled(2, OrderLedger.REMAINDER));
  }

  @Test
  void shouldRefuseACanceledThatComesTwiceInPlaceOfAnother() {
    ledger.onOrder(false);
    ledger.onOrder(false);
    ledger.onAccepted(1);
    ledger.onAccepted(2);
    ledger.onCanceled(1, OrderLedger.REMAINDER);
    assertRefused(
        "canceled=1 reason=I expected=2 expectedReason=I accepted=2",
        () -> ledger.onCanceled(1, OrderLedger.REMAINDER));
  }

  @Test
  void shouldAwaitEachCanceledBehindWhatItAnswers() {
    ledger.onOrder(true);
    ledger.onOrder(false);
    ledger.onCancel(1);
    ledger.onAccepted(1);
    ledger.onAccepted(2);
    assertRefused(
        "canceled=1 reason=U expected=2 expectedReason=I accepted=2",
        () -> ledger.onCanceled(1, OrderLedger.ASKED));
    ledger.onCanceled(2, OrderLedger.REMAINDER);
    assertRefused(
        "canceled=1 reason=I expected=1 expectedReason=U accepted=2",
        () -> ledger.onCanceled(1, OrderLedger.REMAINDER));
    ledger.onCanceled(1, OrderLedger.ASKED);
    ledger.requireAllAnswered();
  }

  @Test
  void shouldRefuseAnAnswerToNothing() {
    assertRefused("accepted=1 expected=1 sent=0", () -> ledger.onAccepted(1));
    assertRefused(
        "canceled=1 reason=U expected=0 expectedReason=I accepted=0",
        () -> ledger.onCanceled(1, OrderLedger.ASKED));
  }
}
