package io.tradepit.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WeatherTest {
  @Test
  void shouldDecideTheSameForTheSameSeed() {
    Weather one = Weather.seeded(7, 0.1, 0.1, 0.1);
    Weather other = Weather.seeded(7, 0.1, 0.1, 0.1);
    for (int i = 0; i < 1_000; i++) {
      assertEquals(one.fate(i, null), other.fate(i, null));
    }
    assertThrows(IllegalArgumentException.class, () -> Weather.seeded(1, 0.5, 0.4, 0.2));
  }
}
