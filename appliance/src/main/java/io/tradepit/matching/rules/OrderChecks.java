package io.tradepit.matching.rules;

import io.tradepit.protocol.sbe.TagsDecoder;

/** What the values of an order must be, without regard to any state (RULES.md 4.2). */
final class OrderChecks {
  static final int MOST_QUANTITY = 999_999;
  static final long MARKET_PRICE = 2_000_000_000L;
  static final long HIGHEST_PRICE = 1_999_999_900L;

  private OrderChecks() {}

  static boolean isSide(byte side) {
    return side == 'B' || isSell(side);
  }

  static boolean isSell(byte side) {
    return side == 'S' || side == 'T' || side == 'E';
  }

  static boolean isQuantity(long quantity, int lot) {
    return quantity >= 1 && quantity <= MOST_QUANTITY && quantity % lot == 0;
  }

  /** 0, or the reason that the price is refused. */
  static int price(long price, long tick) {
    if (price >= MARKET_PRICE) {
      return RejectReason.MARKET_ORDER;
    }
    return price <= 0 || price > HIGHEST_PRICE || price % tick != 0
        ? RejectReason.PRICE
        : RejectReason.NONE;
  }

  static boolean isTimeInForce(byte timeInForce) {
    return timeInForce == '0' || timeInForce == '3';
  }

  static boolean isDisplay(byte display) {
    return display == 'Y' || display == 'A';
  }

  static boolean isCapacity(byte capacity) {
    return capacity == 'A' || capacity == 'P' || capacity == 'R' || capacity == 'O';
  }

  static int cross(byte cross) {
    if (cross == 'N') {
      return RejectReason.NONE;
    }
    return cross == 'R' ? RejectReason.RETAIL : RejectReason.CROSS;
  }

  /** Tags 3 to 29 but firm, group and locate, in the order of RULES.md. */
  static int tags(TagsDecoder tags, int present) {
    return present == 0 ? RejectReason.NONE : sizes(tags, present);
  }

  private static int sizes(TagsDecoder tags, int present) {
    if (has(present, 3) && tags.minQty() > 0) {
      return RejectReason.MIN_QUANTITY;
    }
    if ((has(present, 5) && tags.maxFloor() > 0)
        || (has(present, 13) && tags.randomReserves() > 0)) {
      return RejectReason.MAX_FLOOR;
    }
    return prices(tags, present);
  }

  private static int prices(TagsDecoder tags, int present) {
    if (has(present, 6) && tags.priceType() != 'L') {
      return isPeg(tags.priceType()) ? RejectReason.PEGGING : RejectReason.PEG_TYPE;
    }
    if ((has(present, 7) && tags.pegOffset() != 0)
        || (has(present, 11) && tags.discretionPegOffset() != 0)) {
      return RejectReason.PEG_TYPE;
    }
    if ((has(present, 9) && tags.discretionPrice() != 0)
        || (has(present, 10) && tags.discretionPriceType() != 'L')) {
      return RejectReason.OTHER;
    }
    return handling(tags, present);
  }

  private static int handling(TagsDecoder tags, int present) {
    if ((has(present, 12) && tags.postOnly() == 'P')
        || (has(present, 16) && tags.tradeNow() == 'Y')) {
      return RejectReason.OTHER;
    }
    if (has(present, 17) && tags.handleInst() != ' ') {
      return RejectReason.CROSS;
    }
    if (has(present, 4) && tags.customerType() == 'R') {
      return RejectReason.RETAIL;
    }
    if (has(present, 15) && tags.expireTime() > 0) {
      return RejectReason.OTHER;
    }
    if (has(present, 29) && tags.aiqStrategy() != '*' && tags.aiqStrategy() != 'N') {
      return RejectReason.AIQ;
    }
    return RejectReason.NONE;
  }

  private static boolean isPeg(byte type) {
    return type == 'P' || type == 'M' || type == 'R' || type == 'Q' || type == 'm';
  }

  static boolean has(int present, int tag) {
    return (present & (1 << tag)) != 0;
  }
}
