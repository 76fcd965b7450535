package io.tradepit.protocol.itch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ItchBookBuilderTest {
  private static final int LOCATE = 7;

  private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[64]);
  private final ItchBookBuilder book = new ItchBookBuilder();

  @Test
  void shouldListLevelsBestFirstAndAddUpTheirOrders() {
    add(1, 'B', 100, 10);
    add(2, 'B', 50, 11);
    add(3, 'B', 25, 10);
    add(4, 'S', 10, 13);
    add(5, 'S', 20, 12);

    assertEquals(List.of(11L, 10L), List.copyOf(book.bids(LOCATE).keySet()));
    assertEquals(125L, book.bids(LOCATE).get(10L));
    assertEquals(List.of(12L, 13L), List.copyOf(book.asks(LOCATE).keySet()));
  }

  @Test
  void shouldTakeExecutionsAndCancelsOffUntilNothingIsLeft() {
    add(1, 'B', 100, 10);
    OrderExecuted executed = new OrderExecuted();
    executed.begin(bytes, 0, LOCATE, 0, 0);
    book.onOrderExecuted(executed.orderReference(1).executedShares(60));
    assertEquals(40, book.order(1).shares());

    OrderCancel cancel = new OrderCancel();
    cancel.begin(bytes, 0, LOCATE, 0, 0);
    book.onOrderCancel(cancel.orderReference(1).cancelledShares(40));
    assertNull(book.order(1));
    assertEquals(0, book.bids(LOCATE).size());
  }

  @Test
  void shouldKeepTheSideOfAReplacedOrder() {
    add(1, 'S', 100, 10);
    OrderReplace replace = new OrderReplace();
    replace.begin(bytes, 0, LOCATE, 0, 0);
    book.onOrderReplace(replace.originalOrderReference(1).newOrderReference(2).shares(30).price(9));

    assertNull(book.order(1));
    assertEquals(new ItchBookBuilder.Order(LOCATE, (byte) 'S', 30, 9), book.order(2));
    assertEquals(List.of(9L), List.copyOf(book.asks(LOCATE).keySet()));
  }

  @Test
  void shouldCountMessagesAboutOrdersThatAreNotThere() {
    OrderDelete delete = new OrderDelete();
    delete.begin(bytes, 0, LOCATE, 0, 0);
    book.onOrderDelete(delete.orderReference(99));
    assertEquals(1, book.unknownReferences());
    assertEquals(0, book.orderCount());
  }

  private void add(long reference, char side, long shares, long price) {
    AddOrder add = new AddOrder();
    add.begin(bytes, 0, LOCATE, 0, 0);
    add.orderReference(reference).side((byte) side).shares(shares).price(price);
    book.onAddOrder(add);
  }
}
