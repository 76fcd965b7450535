package io.tradepit.perf.pipeline;

/**
 * Commands of the workload that exchange-core publishes its latencies for: orders that fill a book,
 * then new orders, cancels, and mostly moves of the price. Every order that is meant is open, so
 * that each command has a result. Any thread may read.
 */
public final class Workload {
  public static final byte GTC = 1;
  public static final byte IOC = 2;
  public static final byte CANCEL = 3;
  public static final byte MOVE = 4;

  private final int fills;
  private final byte[] kinds;
  private final boolean[] buys;
  private final int[] orderIds;
  private final int[] users;
  private final int[] prices;
  private final int[] quantities;
  private int count;
  private int highestPrice;
  private long trades;

  /**
   * @param fills commands that fill the book, before the clock starts
   */
  Workload(int fills, int messages) {
    this.fills = fills;
    int all = fills + messages;
    kinds = new byte[all];
    buys = new boolean[all];
    orderIds = new int[all];
    users = new int[all];
    prices = new int[all];
    quantities = new int[all];
  }

  void add(byte kind, PlacedOrder order) {
    kinds[count] = kind;
    buys[count] = order.buys;
    orderIds[count] = order.id;
    users[count] = order.user;
    prices[count] = order.price;
    highestPrice = Math.max(highestPrice, order.price);
    quantities[count] = order.quantity;
    count++;
  }

  void onTrade() {
    trades++;
  }

  /** Commands that fill the book; they are the first ones. */
  public int fills() {
    return fills;
  }

  /** All commands, those that fill the book in them. */
  public int commands() {
    return count;
  }

  public byte kind(int command) {
    return kinds[command];
  }

  public boolean buys(int command) {
    return buys[command];
  }

  /** From 1, dense; that of the order meant in a cancel or move. */
  public int orderId(int command) {
    return orderIds[command];
  }

  /** Whose the order is, from 1. */
  public int user(int command) {
    return users[command];
  }

  /** In ticks; the new one in a move. */
  public int price(int command) {
    return prices[command];
  }

  /** With which the order was placed. */
  public int quantity(int command) {
    return quantities[command];
  }

  /** Of all orders, in ticks. */
  public int highestPrice() {
    return highestPrice;
  }

  /** Matches of all commands. */
  public long trades() {
    return trades;
  }

  /** Share of a kind in the commands behind those that fill the book, 0 to 1. */
  public double share(byte kind) {
    int of = 0;
    for (int i = fills; i < count; i++) {
      of += kinds[i] == kind ? 1 : 0;
    }
    return (double) of / (count - fills);
  }
}
