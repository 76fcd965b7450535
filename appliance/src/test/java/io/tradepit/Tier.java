package io.tradepit;

/**
 * The tier of this run and its counts. {@code ./tradepit test} is short, {@code ./tradepit test
 * --long} is long; {@code -Dtradepit.seed=N} begins seeded suites at seed N, so that a long suite
 * can be resumed or one failure be repeated.
 */
public final class Tier {
  private static final boolean LONG = "long".equals(System.getProperty("tradepit.tier", "short"));

  private Tier() {}

  /** Whether this is the long tier. */
  public static boolean isLong() {
    return LONG;
  }

  /** The count of this tier. */
  public static long count(long shortCount, long longCount) {
    return LONG ? longCount : shortCount;
  }

  /** The seed to begin with. */
  public static long seed(long standard) {
    return Long.getLong("tradepit.seed", standard);
  }

  /** Prints what a test ran; every test that counts calls it last. */
  public static void ran(String suite, String figures) {
    System.out.println("[" + (LONG ? "long" : "short") + "] " + suite + ": " + figures);
  }
}
