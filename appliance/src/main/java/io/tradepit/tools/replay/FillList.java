package io.tradepit.tools.replay;

import java.util.Arrays;

/**
 * The fills that an incoming order had, in order; consecutive ones of one resting order at one
 * price are one. One thread; allocates when it grows only.
 */
final class FillList {
  private long[] ids = new long[16];
  private long[] quantities = new long[16];
  private long[] prices = new long[16];
  private int size;

  void clear() {
    size = 0;
  }

  void add(long id, long quantity, long price) {
    int last = size - 1;
    if (size > 0 && ids[last] == id && prices[last] == price) {
      quantities[last] += quantity;
      return;
    }
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
      quantities = Arrays.copyOf(quantities, 2 * size);
      prices = Arrays.copyOf(prices, 2 * size);
    }
    ids[size] = id;
    quantities[size] = quantity;
    prices[size++] = price;
  }

  /** Whether these are the fills that the file expects of a command. */
  boolean areExpected(ReplayFlow flow, int command) {
    int from = flow.fillsFrom(command);
    if (size != flow.fillsFrom(command + 1) - from) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if (ids[i] != flow.fillId(from + i)
          || quantities[i] != flow.fillQuantity(from + i)
          || prices[i] != flow.fillPrice(from + i)) {
        return false;
      }
    }
    return true;
  }

  /** As a command file writes them. */
  static String expected(ReplayFlow flow, int command) {
    StringBuilder text = new StringBuilder();
    for (int i = flow.fillsFrom(command); i < flow.fillsFrom(command + 1); i++) {
      append(text, flow.fillId(i), flow.fillQuantity(i), flow.fillPrice(i));
    }
    return orNone(text);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size; i++) {
      append(text, ids[i], quantities[i], prices[i]);
    }
    return orNone(text);
  }

  private static void append(StringBuilder text, long id, long quantity, long price) {
    text.append(text.isEmpty() ? "" : "|").append(id).append(':').append(quantity);
    text.append(':').append(price);
  }

  private static String orNone(StringBuilder text) {
    return text.isEmpty() ? "none" : text.toString();
  }
}
