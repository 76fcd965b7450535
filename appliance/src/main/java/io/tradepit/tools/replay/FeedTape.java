package io.tradepit.tools.replay;

import io.tradepit.protocol.itch.AddAttributedOrder;
import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.itch.ItchListener;
import io.tradepit.protocol.itch.ItchMessage;
import io.tradepit.protocol.itch.OrderCancel;
import io.tradepit.protocol.itch.OrderDelete;
import io.tradepit.protocol.itch.OrderExecuted;
import io.tradepit.protocol.itch.OrderExecutedWithPrice;
import io.tradepit.protocol.itch.OrderReplace;
import java.util.Arrays;

/**
 * Messages of the feed that change books, kept until it is known which command made them. One
 * thread writes and reads; it allocates when it grows only.
 *
 * <pre>
 *   four longs a message:  | kind 8, side 8, instrument 16, shares 32 | reference | price | next |
 * </pre>
 */
final class FeedTape implements ItchListener {
  private static final int LONGS = 4;
  private static final long SHARES_MASK = 0xFFFF_FFFFL;
  private static final byte ADD = 1;
  private static final byte REDUCE = 2;
  private static final byte DELETE = 3;
  private static final byte REPLACE = 4;

  private final int[] instrumentOfLocate;
  private long[] tape = new long[1 << 14];
  private long written;
  private long read;

  /**
   * @param instrumentOfLocate index of the book of each StockLocate, or -1 for one of no interest
   */
  FeedTape(int[] instrumentOfLocate) {
    this.instrumentOfLocate = instrumentOfLocate;
  }

  /** How many messages there were. */
  long written() {
    return written;
  }

  /** How many were applied. */
  long read() {
    return read;
  }

  /**
   * Applies the next message to its book.
   *
   * @return false when it does not fit the book
   */
  boolean apply(ReceivedBook[] books) {
    int at = at(read++);
    long first = tape[at];
    ReceivedBook book = books[(int) (first >>> 32) & 0xFFFF];
    long reference = tape[at + 1];
    long shares = first & SHARES_MASK;
    return switch ((byte) (first >>> 56)) {
      case ADD -> book.add(reference, (byte) (first >>> 48), shares, tape[at + 2]);
      case REDUCE -> book.reduce(reference, shares);
      case DELETE -> book.delete(reference);
      default -> book.replace(reference, tape[at + 3], shares, tape[at + 2]);
    };
  }

  @Override
  public void onAddOrder(AddOrder add) {
    write(ADD, add, add.side(), add.shares(), add.orderReference(), add.price(), 0);
  }

  @Override
  public void onAddAttributedOrder(AddAttributedOrder add) {
    write(ADD, add, add.side(), add.shares(), add.orderReference(), add.price(), 0);
  }

  @Override
  public void onOrderExecuted(OrderExecuted executed) {
    reduce(executed, executed.orderReference(), executed.executedShares());
  }

  @Override
  public void onOrderExecutedWithPrice(OrderExecutedWithPrice executed) {
    reduce(executed, executed.orderReference(), executed.executedShares());
  }

  @Override
  public void onOrderCancel(OrderCancel cancel) {
    reduce(cancel, cancel.orderReference(), cancel.cancelledShares());
  }

  @Override
  public void onOrderDelete(OrderDelete delete) {
    write(DELETE, delete, (byte) 0, 0, delete.orderReference(), 0, 0);
  }

  @Override
  public void onOrderReplace(OrderReplace replace) {
    write(
        REPLACE,
        replace,
        (byte) 0,
        replace.shares(),
        replace.originalOrderReference(),
        replace.price(),
        replace.newOrderReference());
  }

  private void reduce(ItchMessage message, long reference, long shares) {
    write(REDUCE, message, (byte) 0, shares, reference, 0, 0);
  }

  private void write(
      byte kind,
      ItchMessage message,
      byte side,
      long shares,
      long reference,
      long price,
      long next) {
    int locate = message.stockLocate();
    int instrument = locate < instrumentOfLocate.length ? instrumentOfLocate[locate] : -1;
    if (instrument < 0) {
      return;
    }
    makeRoom();
    int at = at(written++);
    tape[at] = ((long) kind << 56) | ((long) side << 48) | ((long) instrument << 32) | shares;
    tape[at + 1] = reference;
    tape[at + 2] = price;
    tape[at + 3] = next;
  }

  private void makeRoom() {
    int capacity = tape.length / LONGS;
    if (written - read < capacity) {
      return;
    }
    long[] larger = Arrays.copyOf(tape, 2 * tape.length);
    for (long message = read; message < written; message++) {
      int to = (int) (message & (2L * capacity - 1)) * LONGS;
      System.arraycopy(tape, at(message), larger, to, LONGS);
    }
    tape = larger;
  }

  private int at(long message) {
    return (int) (message & (tape.length / LONGS - 1)) * LONGS;
  }
}
