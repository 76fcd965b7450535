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
    ledger.onCanceled();
    assertFalse(ledger.isAwaiting());
    ledger.requireAllAnswered();
  }

  @Test
  void shouldAwaitTheCancelOfOneThatRestsOnceItIsSent() {
    ledger.onOrder(true);
    ledger.onAccepted(1);
    assertFalse(ledger.isAwaiting());
    assertRefused("sent=1 accepted=1 canceled=0", ledger::requireAllAnswered);
    ledger.onCancel();
    assertTrue(ledger.isAwaiting());
    ledger.onCanceled();
    ledger.requireAllAnswered();
  }

  @Test
  void shouldRefuseAnAnswerThatComesTwiceOrOutOfTurn() {
    ledger.onOrder(false);
    ledger.onOrder(false);
    assertRefused("accepted=2 expected=1 sent=2", () -> ledger.onAccepted(2));
    ledger.onAccepted(1);
    assertRefused("accepted=1 expected=2 sent=2", () -> ledger.onAccepted(1));
    ledger.onCanceled();
    assertRefused("canceled=2 accepted=1", ledger::onCanceled);
  }

  @Test
  void shouldRefuseAnAnswerToNothing() {
    assertRefused("accepted=1 expected=1 sent=0", () -> ledger.onAccepted(1));
  }
}
