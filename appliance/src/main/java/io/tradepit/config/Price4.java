package io.tradepit.config;

import java.math.BigDecimal;

/** Prices as people write them and as the venue counts them: in units of 0.0001. */
public final class Price4 {
  /** Returned by {@link #parse} for what is no price. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int DECIMALS = 4;

  private Price4() {}

  /** {@code 12.5} is 125000; {@link #NONE} for other text, more decimals or too large a number. */
  public static long parse(String text) {
    if (!text.matches("\\d{1,14}(\\.\\d{1,4})?")) {
      return NONE;
    }
    return new BigDecimal(text).movePointRight(DECIMALS).longValueExact();
  }

  /** {@code 125000} is {@code 12.5}. */
  public static String text(long price4) {
    BigDecimal decimal = BigDecimal.valueOf(price4, DECIMALS).stripTrailingZeros();
    return decimal.scale() < 0 ? decimal.setScale(0).toPlainString() : decimal.toPlainString();
  }
}
