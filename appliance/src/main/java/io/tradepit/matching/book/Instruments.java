package io.tradepit.matching.book;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import io.tradepit.matching.state.StateHash;
import org.agrona.UnsafeApi;

/**
 * What is fixed of an instrument, in the first line of its book, and the table from symbol to
 * instrument (open addressing, nothing is ever removed within a day).
 *
 * <pre>
 *   0       8      16   24              32  36            40          44   48
 *   |version|symbol|tick|reference price|lot|trading state|halt reason|twos|inverse
 * </pre>
 *
 * A tick is an odd number times a power of two: <i>twos</i> is the exponent, <i>inverse</i> what
 * the odd number is multiplied with to give 1 in 32 bits. With them a price that is a multiple of
 * the tick is divided by it without a division.
 */
public final class Instruments {
  static final int SYMBOL = 8;
  static final int TICK = 16;
  static final int REFERENCE_PRICE = 24;
  static final int LOT = 32;
  static final int STATE = 36;
  static final int REASON = 40;
  static final int TWOS = 44;
  static final int INVERSE = 48;

  private final long[] addresses;
  private final Memory memory;
  private final Header header;
  private final long table;
  private final int mask;

  Instruments(long[] addresses, Memory memory, Regions regions, Header header) {
    this.addresses = addresses;
    this.memory = memory;
    this.header = header;
    this.table = regions.symbols;
    this.mask = regions.symbolEntries - 1;
  }

  /** The instrument of a symbol, or 0. */
  public int find(long symbol) {
    return UnsafeApi.getInt(entryOf(symbol));
  }

  private long entryOf(long symbol) {
    int index = (int) (StateHash.mix(symbol, 1) >>> 32) & mask;
    while (true) {
      long entry = memory.address(table + ((long) index << Regions.SYMBOL_SHIFT));
      int instrument = UnsafeApi.getInt(entry);
      if (instrument == 0 || symbol(instrument) == symbol) {
        return entry;
      }
      index = (index + 1) & mask;
    }
  }

  public int count() {
    return (int) header.counter(Header.INSTRUMENTS);
  }

  /** Lists an instrument, trading; the caller has looked that it is new and that there is room. */
  public int define(long symbol, long tick, long referencePrice, int lot) {
    int instrument = (int) header.next(Header.INSTRUMENTS);
    long at = addresses[instrument];
    UnsafeApi.putInt(entryOf(symbol), instrument);
    BookVersion.begin(at);
    UnsafeApi.putLong(at + SYMBOL, symbol);
    UnsafeApi.putLong(at + TICK, tick);
    UnsafeApi.putLong(at + REFERENCE_PRICE, referencePrice);
    UnsafeApi.putInt(at + LOT, lot);
    UnsafeApi.putInt(at + TWOS, twos(tick));
    UnsafeApi.putInt(at + INVERSE, inverse(tick));
    BookVersion.end(at);
    header.addToHash(definitionHash(instrument, symbol, tick, referencePrice, lot));
    state(instrument, (byte) 'T', 0x20202020);
    return instrument;
  }

  static int twos(long tick) {
    return Long.numberOfTrailingZeros(tick);
  }

  static int inverse(long tick) {
    int odd = (int) (tick >>> twos(tick));
    // Right in three bits; each round doubles them.
    int inverse = odd;
    for (int bits = 3; bits < Integer.SIZE; bits *= 2) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  /**
   * A price in ticks.
   *
   * @param book the address of the book
   * @param price a multiple of the tick
   */
  static int ticks(long book, int price) {
    return (price >>> UnsafeApi.getInt(book + TWOS)) * UnsafeApi.getInt(book + INVERSE);
  }

  /** What a definition adds to the state hash. */
  public static long definitionHash(
      int instrument, long symbol, long tick, long referencePrice, int lot) {
    return StateHash.mix(
        StateHash.mix(symbol, tick),
        StateHash.mix(referencePrice, ((long) lot << 32) | instrument));
  }

  public boolean equal(int instrument, long tick, long referencePrice, int lot) {
    long at = addresses[instrument];
    return tick(instrument) == tick
        && lot(instrument) == lot
        && UnsafeApi.getLong(at + REFERENCE_PRICE) == referencePrice;
  }

  /**
   * @param reason four bytes as they lie in memory
   */
  public void state(int instrument, byte state, int reason) {
    long at = addresses[instrument];
    header.addToHash(
        StateHash.key(StateHash.TRADING_STATE, instrument) * (state - state(instrument))
            + StateHash.key(StateHash.HALT_REASON, instrument)
                * ((long) reason - reason(instrument)));
    BookVersion.begin(at);
    UnsafeApi.putInt(at + STATE, state);
    UnsafeApi.putInt(at + REASON, reason);
    BookVersion.end(at);
  }

  public long symbol(int instrument) {
    return UnsafeApi.getLong(addresses[instrument] + SYMBOL);
  }

  public long tick(int instrument) {
    return UnsafeApi.getLong(addresses[instrument] + TICK);
  }

  public long referencePrice(int instrument) {
    return UnsafeApi.getLong(addresses[instrument] + REFERENCE_PRICE);
  }

  public int lot(int instrument) {
    return UnsafeApi.getInt(addresses[instrument] + LOT);
  }

  /** T or H. */
  public byte state(int instrument) {
    return (byte) UnsafeApi.getInt(addresses[instrument] + STATE);
  }

  public int reason(int instrument) {
    return UnsafeApi.getInt(addresses[instrument] + REASON);
  }
}
