package io.tradepit.tools.member;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class PositionTest {
  @Test
  void shouldAverageWhatIsBought() {
    Position position = Position.NONE.after(true, 100, 100_000).after(true, 300, 120_000);
    assertEquals(new Position(400, 46_000_000, 0), position);
    assertEquals(115_000, position.averagePrice());
    assertEquals(400 * 5_000, position.openProfit(120_000));
  }

  @Test
  void shouldRealiseProfitOfWhatIsSoldAtTheAveragePrice() {
    Position position =
        Position.NONE.after(true, 100, 100_000).after(true, 100, 120_000).after(false, 50, 130_000);
    assertEquals(150, position.shares());
    assertEquals(110_000, position.averagePrice());
    assertEquals(50 * 20_000, position.realised());
  }

  @Test
  void shouldMakeProfitOfAShortPositionWhenThePriceFalls() {
    Position position = Position.NONE.after(false, 100, 100_000).after(true, 40, 90_000);
    assertEquals(new Position(-60, -6_000_000, 400_000), position);
    assertEquals(100_000, position.averagePrice());
    assertEquals(60 * 20_000, position.openProfit(80_000));
    assertEquals(-60 * 20_000, position.openProfit(120_000));
  }

  @Test
  void shouldTurnThroughZeroInOneFill() {
    Position position = Position.NONE.after(true, 100, 100_000).after(false, 150, 110_000);
    assertEquals(new Position(-50, -5_500_000, 1_000_000), position);
    assertEquals(110_000, position.averagePrice());
    assertEquals(new Position(0, 0, 1_000_000), position.after(true, 50, 110_000));
    assertEquals(0, position.after(true, 50, 110_000).averagePrice());
  }

  @Test
  void shouldKeepRoundingInsideThePosition() {
    Position position =
        Position.NONE.after(true, 2, 10_000).after(true, 1, 10_001).after(false, 1, 10_000);
    assertEquals(new Position(2, 20_001, 0), position);
    assertEquals(new Position(0, 0, -1), position.after(false, 2, 10_000));
  }

  /** However the fills came: profit made and open together are what was received less paid. */
  @Test
  void shouldAddUpToTheCashThatMoved() {
    Random random = new Random(7);
    Position position = Position.NONE;
    long cash = 0;
    for (int i = 0; i < 10_000; i++) {
      boolean bought = random.nextBoolean();
      long quantity = 1L + random.nextInt(1_000);
      long price = 500_000L + random.nextInt(1_000);
      position = position.after(bought, quantity, price);
      cash += bought ? -quantity * price : quantity * price;
      assertEquals(
          cash + position.shares() * 500_500, position.realised() + position.openProfit(500_500));
    }
  }
}
