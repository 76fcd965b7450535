package io.tradepit.matching.book;

import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.RecordPool;
import io.tradepit.matching.state.Regions;
import io.tradepit.matching.state.StateHash;
import org.agrona.UnsafeApi;

/** The records of open orders, and what of them counts in the state hash. */
public final class Orders {
  private final Header header;
  private final RecordPool pool;
  private final long firstLine;
  private final long firstDetails;

  public Orders(Memory memory, Regions regions, Header header) {
    this.header = header;
    this.firstLine = memory.address(regions.orders);
    this.firstDetails = memory.address(regions.details);
    this.pool =
        new RecordPool(
            memory,
            regions.orders,
            Regions.ORDER_SHIFT,
            OrderLine.NEXT,
            regions.maxOrders,
            header.orderPool());
  }

  public RecordPool pool() {
    return pool;
  }

  /** The address of the order's line, see {@link OrderLine}. */
  public long line(int order) {
    return firstLine + ((long) order << Regions.ORDER_SHIFT);
  }

  /** The address of the order's details. */
  public long details(int order) {
    return firstDetails + ((long) order << Regions.DETAIL_SHIFT);
  }

  /** Puts the finished record into the state hash. */
  public void enterHash(int order) {
    long line = line(order);
    long key = hashKey(line, details(order));
    UnsafeApi.putLong(line + OrderLine.HASH_KEY, key);
    header.addToHash(key * value(line));
  }

  /** Takes the order out of the state hash. */
  public void leaveHash(int order) {
    long line = line(order);
    header.addToHash(-UnsafeApi.getLong(line + OrderLine.HASH_KEY) * value(line));
  }

  /** Less remains, nothing was executed. */
  public void reduce(int order, int quantity) {
    long line = line(order);
    UnsafeApi.putInt(line + OrderLine.REMAINING, remaining(line) - quantity);
    header.addToHash(-UnsafeApi.getLong(line + OrderLine.HASH_KEY) * quantity);
  }

  /** Part of it was executed; returns what remains. */
  public int execute(int order, int quantity) {
    long line = line(order);
    int remaining = remaining(line) - quantity;
    UnsafeApi.putInt(line + OrderLine.REMAINING, remaining);
    add(line + OrderLine.EXECUTED, quantity);
    add(line + OrderLine.CHAIN_EXECUTED, quantity);
    header.addToHash(
        UnsafeApi.getLong(line + OrderLine.HASH_KEY) * (((long) quantity << 32) - quantity));
    return remaining;
  }

  /** The key of the order as its record says, whatever key it has. */
  long hashKey(int order) {
    return hashKey(line(order), details(order));
  }

  /** What the order's key counts in the state hash. */
  long hashValue(int order) {
    return value(line(order));
  }

  private static void add(long address, int delta) {
    UnsafeApi.putInt(address, UnsafeApi.getInt(address) + delta);
  }

  private static int remaining(long line) {
    return UnsafeApi.getInt(line + OrderLine.REMAINING);
  }

  private static long value(long line) {
    return StateHash.orderValue(remaining(line), UnsafeApi.getInt(line + OrderLine.CHAIN_EXECUTED));
  }

  private static long hashKey(long line, long details) {
    int chain = UnsafeApi.getInt(line + OrderLine.CHAIN_EXECUTED);
    int before = chain - UnsafeApi.getInt(line + OrderLine.EXECUTED);
    // Urn, session and instrument stand side by side, and so do channel to group.
    long what = UnsafeApi.getLong(line + OrderLine.USER_REF_NUM);
    long how = UnsafeApi.getLong(line + OrderLine.CHANNEL);
    return StateHash.order(
        UnsafeApi.getLong(line + OrderLine.ORDER_NUMBER),
        UnsafeApi.getInt(line + OrderLine.PRICE),
        what,
        how,
        before,
        UnsafeApi.getInt(details + OrderLine.FIRM),
        UnsafeApi.getInt(details + OrderLine.TAGS),
        UnsafeApi.getLong(details + OrderLine.CL_ORD_ID),
        UnsafeApi.getLong(details + OrderLine.CL_ORD_ID_LAST));
  }
}
