package io.tradepit.perf.flow;

/** A hash of 64 bits over words in their order; tells a difference, not an attacker. */
public final class BytesHash {
  // The two odd constants of MurmurHash3 x64 128.
  private static final long FIRST = 0x87C37B91114253D5L;
  private static final long SECOND = 0x4CF5AD432745937FL;

  private BytesHash() {}

  /** The hash of what {@code hash} is of, and the next word. */
  public static long next(long hash, long word) {
    return Long.rotateLeft(hash ^ (Long.rotateLeft(word * FIRST, 31) * SECOND), 27) * 5
        + 0x52DCE729;
  }
}
