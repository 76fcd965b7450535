package io.tradepit.lwip;

/** {@code struct tp_slots} of {@code stack.h}: a count, and that many slots, 4 bytes each. */
public final class SlotsLayout {
  public static final int COUNT_OFFSET = 0;

  /** The first slot; the others follow. */
  public static final int SLOTS_OFFSET = 4;

  private SlotsLayout() {}
}
