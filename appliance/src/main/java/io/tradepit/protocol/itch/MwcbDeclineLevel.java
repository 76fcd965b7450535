package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 MWCB Decline Level, type {@code V}, 35 bytes; market-wide: locate 0.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 price 8  level1
 *    19   8 price 8  level2
 *    27   8 price 8  level3
 * </pre>
 */
public final class MwcbDeclineLevel extends ItchMessage {
  private static final int LEVEL_1_OFFSET = 11;
  private static final int LEVEL_2_OFFSET = 19;
  private static final int LEVEL_3_OFFSET = 27;

  public MwcbDeclineLevel() {
    super(ItchType.MWCB_DECLINE_LEVEL);
  }

  public long level1() {
    return getU64(LEVEL_1_OFFSET);
  }

  public MwcbDeclineLevel level1(long level1) {
    putU64(LEVEL_1_OFFSET, level1);
    return this;
  }

  public long level2() {
    return getU64(LEVEL_2_OFFSET);
  }

  public MwcbDeclineLevel level2(long level2) {
    putU64(LEVEL_2_OFFSET, level2);
    return this;
  }

  public long level3() {
    return getU64(LEVEL_3_OFFSET);
  }

  public MwcbDeclineLevel level3(long level3) {
    putU64(LEVEL_3_OFFSET, level3);
    return this;
  }
}
