package io.tradepit.tools.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * A made-up day of an instrument: commands, fills and books of a slow price-time engine of the
 * test's own, which shares nothing with the product.
 */
final class SyntheticDay {
  private static final long NO_ASK = 9_999_999_999L;

  final List<String> commands = new ArrayList<>();
  final List<String> books = new ArrayList<>();
  int aggressive;
  int fills;

  private final Random random;
  private final int tick;
  private final int depth;
  private final List<Order> orders = new ArrayList<>();
  private long nextOid = 1_000_000;
  private long timeNs = 34_200_000_000_000L;

  private static final class Order {
    private final long oid;
    private final boolean buy;
    private final int price;
    private int open;

    private Order(long oid, boolean buy, int price, int open) {
      this.oid = oid;
      this.buy = buy;
      this.price = price;
      this.open = open;
    }
  }

  /**
   * @param tick of all prices, four implied decimals
   * @param depth levels of the orderbook file
   */
  SyntheticDay(long seed, int count, int tick, int depth) {
    random = new Random(seed);
    this.tick = tick;
    this.depth = depth;
    for (int i = 0; i < count; i++) {
      timeNs += random.nextInt(50_000);
      step();
      books.add(book());
    }
  }

  /** Writes both files, named as the real ones are; returns the command file. */
  Path write(Path folder, String symbol, boolean packed) throws IOException {
    String ending = packed ? ".csv.gz" : ".csv";
    Path file = folder.resolve(symbol + "_2026-11-20_L" + depth + "_commands" + ending);
    write(file, CommandFile.HEADER, commands, packed);
    Path rows = folder.resolve(symbol + "_2026-11-20_1_2_orderbook_" + depth + ending);
    write(rows, null, books, packed);
    return file;
  }

  private static void write(Path file, String header, List<String> lines, boolean packed)
      throws IOException {
    String text = (header == null ? "" : header + "\n") + String.join("\n", lines) + "\n";
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = packed ? new GZIPOutputStream(raw) : raw) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void step() {
    int dice = random.nextInt(100);
    if (orders.size() < 12 || dice < 45) {
      add();
    } else if (dice < 65) {
      match();
    } else if (dice < 85) {
      Order gone = orders.remove(random.nextInt(orders.size()));
      line('D', gone.oid, gone.buy, gone.price, gone.open, "");
    } else {
      reduce();
    }
  }

  // Never crosses: bids below the middle, asks above it.
  private void add() {
    boolean buy = random.nextBoolean();
    int away = 1 + random.nextInt(40);
    int price = tick * (1_000 + (buy ? -away : away));
    long oid = random.nextInt(4) == 0 ? -nextOid : nextOid;
    nextOid++;
    Order order = new Order(oid, buy, price, 1 + random.nextInt(900));
    orders.add(order);
    line('N', oid, buy, price, order.open, "");
  }

  private void reduce() {
    Order order = orders.get(random.nextInt(orders.size()));
    int less = order.open > 1 ? 1 + random.nextInt(order.open - 1) : 0;
    if (less == 0) {
      add();
      return;
    }
    order.open -= less;
    line('X', order.oid, order.buy, order.price, less, "");
  }

  private void match() {
    boolean buy = random.nextBoolean();
    int limit = tick * (1_000 + (buy ? 1 : -1) * random.nextInt(20));
    int quantity = 1 + random.nextInt(2_000);
    int left = quantity;
    StringBuilder expected = new StringBuilder();
    for (Order order : side(!buy)) {
      boolean crosses = buy ? order.price <= limit : order.price >= limit;
      if (left == 0 || !crosses) {
        break;
      }
      int matched = Math.min(left, order.open);
      left -= matched;
      order.open -= matched;
      fills++;
      expected.append(expected.isEmpty() ? "" : "|");
      expected.append(order.oid).append(':').append(matched).append(':').append(order.price);
    }
    orders.removeIf(order -> order.open == 0);
    aggressive++;
    line('A', 0, buy, limit, quantity, expected.toString());
  }

  // Best first; orders of one price stay in the order in which they came.
  private List<Order> side(boolean buy) {
    Comparator<Order> best = Comparator.comparingInt(order -> buy ? -order.price : order.price);
    return orders.stream().filter(order -> order.buy == buy).sorted(best).toList();
  }

  private void line(char kind, long oid, boolean buy, int price, int quantity, String expected) {
    int n = commands.size();
    commands.add(
        "%d,%d,%d,%c,%d,%c,%d,%d,L,%s"
            .formatted(n, n, timeNs, kind, oid, buy ? 'B' : 'S', price, quantity, expected));
  }

  private String book() {
    List<long[]> asks = levels(false);
    List<long[]> bids = levels(true);
    List<String> fields = new ArrayList<>();
    for (int level = 0; level < depth; level++) {
      long[] ask = level < asks.size() ? asks.get(level) : new long[] {NO_ASK, 0};
      long[] bid = level < bids.size() ? bids.get(level) : new long[] {-NO_ASK, 0};
      fields.add(ask[0] + "," + ask[1] + "," + bid[0] + "," + bid[1]);
    }
    return String.join(",", fields);
  }

  private List<long[]> levels(boolean buy) {
    List<long[]> levels = new ArrayList<>();
    for (Order order : side(buy)) {
      if (levels.isEmpty() || levels.getLast()[0] != order.price) {
        levels.add(new long[] {order.price, 0});
      }
      levels.getLast()[1] += order.open;
    }
    return levels;
  }
}
