package io.tradepit.tools.replay;

import java.util.List;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;

/**
 * A whole file as commands to be played, in the order of the file. Immutable; any thread reads it.
 *
 * <p>Columns rather than objects: a day has hundreds of thousands of commands. Orders are counted
 * by their ordinal, from 0: the user reference number that an order is entered with is the first
 * free one of the session plus its ordinal.
 */
final class ReplayFlow {
  /** A new order for the day. */
  static final byte NEW = 'N';

  /** Reduces an order by a quantity. */
  static final byte REDUCE = 'X';

  /** Cancels what is open of an order. */
  static final byte DELETE = 'D';

  /** An incoming order, immediate or cancel. */
  static final byte AGGRESSIVE = 'A';

  /** A new order in the place of another one. */
  static final byte REPLACE = 'U';

  /** No target, no row. */
  static final int NONE = -1;

  private final List<String> symbols;
  private final byte[] kinds;
  private final byte[] sides;
  private final int[] instruments;
  private final long[] numbers;
  private final long[] timesNs;
  private final long[] ids;
  private final int[] quantities;
  private final int[] prices;
  private final int[] targets;
  private final int[] sizes;
  private final int[] rows;
  private final int[] ordinals;
  private final int[] commandsOfOrdinal;
  private final int[] fillsFrom;
  private final long[] fillIds;
  private final int[] fillQuantities;
  private final int[] fillPrices;
  private final boolean expectsFills;

  private ReplayFlow(Builder from) {
    symbols = List.copyOf(from.symbols);
    kinds = bytes(from.kinds);
    sides = bytes(from.sides);
    instruments = from.instruments.toIntArray();
    numbers = from.numbers.toLongArray();
    timesNs = from.timesNs.toLongArray();
    ids = from.ids.toLongArray();
    quantities = from.quantities.toIntArray();
    prices = from.prices.toIntArray();
    targets = from.targets.toIntArray();
    sizes = from.sizes.toIntArray();
    rows = from.rows.toIntArray();
    ordinals = from.ordinals.toIntArray();
    commandsOfOrdinal = from.commandsOfOrdinal.toIntArray();
    from.fillsFrom.addInt(from.fillIds.size());
    fillsFrom = from.fillsFrom.toIntArray();
    fillIds = from.fillIds.toLongArray();
    fillQuantities = from.fillQuantities.toIntArray();
    fillPrices = from.fillPrices.toIntArray();
    expectsFills = from.expectsFills;
  }

  /** Symbols that are played; {@link #instrument} is an index into them. */
  List<String> symbols() {
    return symbols;
  }

  int size() {
    return kinds.length;
  }

  byte kind(int command) {
    return kinds[command];
  }

  byte side(int command) {
    return sides[command];
  }

  int instrument(int command) {
    return instruments[command];
  }

  /** What the file calls the command: its number, from 0. */
  long number(int command) {
    return numbers[command];
  }

  /** Nanoseconds since midnight. */
  long timeNs(int command) {
    return timesNs[command];
  }

  /** What the file calls the order. */
  long id(int command) {
    return ids[command];
  }

  int quantity(int command) {
    return quantities[command];
  }

  /** With four implied decimals. */
  int price(int command) {
    return prices[command];
  }

  /** The command that entered the order which this one is about, or {@link #NONE}. */
  int target(int command) {
    return targets[command];
  }

  /** Of a REDUCE: the intended size of the order; of a REPLACE: the size of the chain. */
  int size(int command) {
    return sizes[command];
  }

  /** Row of the orderbook file that the book must equal after the command, or {@link #NONE}. */
  int row(int command) {
    return rows[command];
  }

  /** Of a command that enters an order: how many did so before it. */
  int ordinal(int command) {
    return ordinals[command];
  }

  /** The command that entered an order. */
  int commandOfOrdinal(int ordinal) {
    return commandsOfOrdinal[ordinal];
  }

  /** How many orders are entered. */
  int orders() {
    return commandsOfOrdinal.length;
  }

  /** Whether the file says which fills its aggressive orders have. */
  boolean expectsFills() {
    return expectsFills;
  }

  /** Expected fills of a command: from this index to that of the next command. */
  int fillsFrom(int command) {
    return fillsFrom[command];
  }

  long fillId(int fill) {
    return fillIds[fill];
  }

  int fillQuantity(int fill) {
    return fillQuantities[fill];
  }

  int fillPrice(int fill) {
    return fillPrices[fill];
  }

  int fills() {
    return fillIds.length;
  }

  /** How many commands are of a kind. */
  int count(byte kind) {
    int count = 0;
    for (byte each : kinds) {
      count += each == kind ? 1 : 0;
    }
    return count;
  }

  /** How many commands have a row. */
  int rowCount() {
    int count = 0;
    for (int row : rows) {
      count += row == NONE ? 0 : 1;
    }
    return count;
  }

  /** Whether a command enters an order. */
  static boolean isOrder(byte kind) {
    return kind == NEW || kind == AGGRESSIVE || kind == REPLACE;
  }

  private static byte[] bytes(IntArrayList from) {
    byte[] bytes = new byte[from.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) from.getInt(i);
    }
    return bytes;
  }

  /** Takes commands one after the other. */
  static final class Builder {
    private final List<String> symbols;
    private final boolean expectsFills;
    private final IntArrayList kinds = new IntArrayList();
    private final IntArrayList sides = new IntArrayList();
    private final IntArrayList instruments = new IntArrayList();
    private final LongArrayList numbers = new LongArrayList();
    private final LongArrayList timesNs = new LongArrayList();
    private final LongArrayList ids = new LongArrayList();
    private final IntArrayList quantities = new IntArrayList();
    private final IntArrayList prices = new IntArrayList();
    private final IntArrayList targets = new IntArrayList();
    private final IntArrayList sizes = new IntArrayList();
    private final IntArrayList rows = new IntArrayList();
    private final IntArrayList ordinals = new IntArrayList();
    private final IntArrayList commandsOfOrdinal = new IntArrayList();
    private final IntArrayList fillsFrom = new IntArrayList();
    private final LongArrayList fillIds = new LongArrayList();
    private final IntArrayList fillQuantities = new IntArrayList();
    private final IntArrayList fillPrices = new IntArrayList();

    /**
     * @param symbols may grow until {@link #build}
     * @param expectsFills whether {@link #fill} is called for what aggressive orders meet
     */
    Builder(List<String> symbols, boolean expectsFills) {
      this.symbols = symbols;
      this.expectsFills = expectsFills;
    }

    int size() {
      return kinds.size();
    }

    int quantity(int command) {
      return quantities.getInt(command);
    }

    int price(int command) {
      return prices.getInt(command);
    }

    byte side(int command) {
      return (byte) sides.getInt(command);
    }

    int instrument(int command) {
      return instruments.getInt(command);
    }

    /** Begins a command that enters an order; returns its index. */
    int order(
        byte kind, long number, long timeNs, int instrument, long id, byte side, int quantity) {
      ordinals.addInt(commandsOfOrdinal.size());
      commandsOfOrdinal.addInt(kinds.size());
      return command(kind, number, timeNs, instrument, id, side, quantity);
    }

    /** Begins a command about an order that was entered; returns its index. */
    int about(byte kind, long number, long timeNs, int target, long id, int quantity) {
      ordinals.addInt(NONE);
      int command = command(kind, number, timeNs, instrument(target), id, side(target), quantity);
      targets.setInt(command, target);
      return command;
    }

    void price(int command, int price) {
      prices.setInt(command, price);
    }

    void target(int command, int target) {
      targets.setInt(command, target);
    }

    void size(int command, int size) {
      sizes.setInt(command, size);
    }

    void row(int command, int row) {
      rows.setInt(command, row);
    }

    /** Adds an expected fill of the command that was begun last; joins it to an equal one. */
    void fill(long id, int quantity, int price) {
      int last = fillIds.size() - 1;
      if (last >= fillsFrom.getInt(kinds.size() - 1)
          && fillIds.getLong(last) == id
          && fillPrices.getInt(last) == price) {
        fillQuantities.setInt(last, fillQuantities.getInt(last) + quantity);
        return;
      }
      fillIds.addLong(id);
      fillQuantities.addInt(quantity);
      fillPrices.addInt(price);
    }

    ReplayFlow build() {
      return new ReplayFlow(this);
    }

    private int command(
        byte kind, long number, long timeNs, int instrument, long id, byte side, int quantity) {
      kinds.addInt(kind);
      numbers.addLong(number);
      timesNs.addLong(timeNs);
      instruments.addInt(instrument);
      ids.addLong(id);
      sides.addInt(side);
      quantities.addInt(quantity);
      prices.addInt(0);
      targets.addInt(NONE);
      sizes.addInt(quantity);
      rows.addInt(NONE);
      fillsFrom.addInt(fillIds.size());
      return kinds.size() - 1;
    }
  }
}
