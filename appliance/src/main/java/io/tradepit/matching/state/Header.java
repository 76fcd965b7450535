package io.tradepit.matching.state;

import org.agrona.UnsafeApi;

/**
 * The first bytes of the first page: which day this is, how far the log is applied, counters and
 * the continuation of a command with many events.
 */
public final class Header {
  public static final int LAYOUT_VERSION = 6;

  public static final int NO_DAY = 0;
  public static final int OPEN = 1;
  public static final int TRADING = 2;
  public static final int CLOSED = 3;

  /** Counters: each is a long at 8 times its number and adds to the state hash. */
  public static final int LAST_SEQUENCE = 16;

  public static final int LAST_TIME_NS = 17;
  public static final int DAY_STATE = 18;
  public static final int DATE = 19;
  public static final int MIDNIGHT_NS = 20;
  public static final int ORDER_NUMBER = 21;
  public static final int MATCH_NUMBER = 22;
  public static final int FEED_NUMBER = 23;
  public static final int STALE_COMMANDS = 24;
  public static final int INSTRUMENTS = 25;
  public static final int SESSIONS = 26;
  private static final int COUNTERS = 27;

  /** The continuation: which rule goes on, and its cursors. */
  public static final int CONTINUATION = 512;

  public static final int CURSOR_A = 520;
  public static final int CURSOR_B = 528;
  public static final int CURSOR_C = 536;
  public static final int CORRELATION_ID = 544;
  public static final int TOUCHED = 552;
  public static final int NEXT_INDEX = 560;
  public static final int CURSOR_D = 568;

  /** Sessions with the earliest and the latest deadline, plus one; 0 = none. */
  public static final int FIRST_TIMER = 576;

  public static final int LAST_TIMER = 584;

  public static final int CURSOR_E = 592;

  /** No command is longer. */
  public static final int MOST_COMMAND_BYTES = 1024;

  private static final int WAITING = 1024;

  /** Sequence number of the command that is being applied, and of the last one applied whole. */
  public static final int BEGUN = 16;

  public static final int COMPLETED = 24;

  private static final int LAYOUT = 0;
  private static final int RULES = 8;
  private static final int HASH = 32;
  private static final int LOG_HASH = 40;
  private static final int EMITTED_SEQUENCE = 48;
  private static final int EMITTED_EVENTS = 56;
  private static final int ORDER_POOL = 64;
  private static final int LEVEL_POOL = 80;
  private static final int NODE_POOLS = 256;
  private static final int GATEWAYS = 4096;

  /** In place of the sequence number of a command. */
  private static final long LOADING = -1;

  private final long address;
  private final long[] counterKeys = new long[COUNTERS];
  private final long[] gatewayKeys = new long[256];

  public Header(Memory memory, int ruleVersion) {
    this.address = memory.address(0);
    for (int i = 0; i < COUNTERS; i++) {
      counterKeys[i] = StateHash.key(StateHash.COUNTER, i);
    }
    for (int i = 0; i < gatewayKeys.length; i++) {
      gatewayKeys[i] = StateHash.key(StateHash.GATEWAY, i);
    }
    claim(ruleVersion);
  }

  private void claim(int ruleVersion) {
    if (get(LAYOUT) == 0) {
      put(LAYOUT, LAYOUT_VERSION);
      put(RULES, ruleVersion);
    }
    if (get(LAYOUT) != LAYOUT_VERSION || get(RULES) != ruleVersion || isHalfApplied()) {
      throw new IllegalStateException(
          "layoutVersion="
              + get(LAYOUT)
              + " ruleVersion="
              + get(RULES)
              + " begun="
              + get(BEGUN)
              + " completed="
              + get(COMPLETED));
    }
  }

  public long counter(int counter) {
    return get(counter << 3);
  }

  public void counter(int counter, long value) {
    long at = address + ((long) counter << 3);
    addToHash(counterKeys[counter] * (value - UnsafeApi.getLong(at)));
    UnsafeApi.putLong(at, value);
  }

  /** Adds 1 and returns the new value. */
  public long next(int counter) {
    long at = address + ((long) counter << 3);
    long value = UnsafeApi.getLong(at) + 1;
    UnsafeApi.putLong(at, value);
    addToHash(counterKeys[counter]);
    return value;
  }

  public int dayState() {
    return (int) counter(DAY_STATE);
  }

  /** The highest sequence number seen of a gateway. */
  public long gatewaySequence(int gateway) {
    return get(GATEWAYS + (gateway << 3));
  }

  public void gatewaySequence(int gateway, long value) {
    addToHash(gatewayKeys[gateway] * (value - gatewaySequence(gateway)));
    put(GATEWAYS + (gateway << 3), value);
  }

  public long hash() {
    return get(HASH);
  }

  /** Of the log as far as it was applied, see {@link LogHash}; not part of the state hash. */
  public long logHash() {
    return get(LOG_HASH);
  }

  public void logHash(long hash) {
    put(LOG_HASH, hash);
  }

  /** The command emitted events, so many so far; not part of the state hash. */
  public void emitted(long sequence, int events) {
    put(EMITTED_SEQUENCE, sequence);
    put(EMITTED_EVENTS, events);
  }

  /** The last command that emitted an event since this memory was made, 0 = none. */
  public long emittedSequence() {
    return get(EMITTED_SEQUENCE);
  }

  /** Events that this command emitted. */
  public int emittedEvents() {
    return (int) get(EMITTED_EVENTS);
  }

  public void addToHash(long delta) {
    put(HASH, get(HASH) + delta);
  }

  /** What counters and gateways add to the state hash, from their values. */
  public long countersHash() {
    long hash = 0;
    for (int i = LAST_SEQUENCE; i < COUNTERS; i++) {
      hash += counterKeys[i] * counter(i);
    }
    for (int i = 0; i < gatewayKeys.length; i++) {
      hash += gatewayKeys[i] * gatewaySequence(i);
    }
    return hash;
  }

  /** A command begins to be applied; until {@link #complete} the state is half applied. */
  public void begin(long sequence) {
    UnsafeApi.putLongRelease(null, address + BEGUN, sequence);
  }

  public void complete(long sequence) {
    UnsafeApi.putLongRelease(null, address + COMPLETED, sequence);
  }

  /** Whether a command or a snapshot was begun and not completed. */
  public boolean isHalfApplied() {
    return get(BEGUN) != get(COMPLETED);
  }

  /** Whether no command was applied and no snapshot loaded yet. */
  public boolean isFresh() {
    return get(BEGUN) == 0 && get(COMPLETED) == 0 && get(HASH) == 0;
  }

  /** A snapshot begins to be loaded; until {@link #completeLoad} the state is half applied. */
  public void beginLoad() {
    begin(LOADING);
  }

  /** The state is that behind the command with this number. */
  public void completeLoad(long sequence) {
    begin(sequence);
    complete(sequence);
  }

  public long begun() {
    return get(BEGUN);
  }

  public long get(int offset) {
    return UnsafeApi.getLong(address + offset);
  }

  public void put(int offset, long value) {
    UnsafeApi.putLong(address + offset, value);
  }

  /** Where a command that is kept for a later step stands. */
  public long waitingCommand() {
    return address + WAITING;
  }

  public long orderPool() {
    return address + ORDER_POOL;
  }

  public long levelPool() {
    return address + LEVEL_POOL;
  }

  /** Of the nodes of price trees at a height below {@link Regions#HEIGHTS}. */
  public long nodePool(int height) {
    return address + NODE_POOLS + 16L * height;
  }
}
