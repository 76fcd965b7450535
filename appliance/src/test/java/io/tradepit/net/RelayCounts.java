package io.tradepit.net;

/**
 * What one direction of a relay met.
 *
 * @param frames all
 * @param lost of them, never handed on
 * @param doubled of them, handed on two times
 * @param held of them, overtaken by later ones where there were any
 */
public record RelayCounts(long frames, long lost, long doubled, long held) {
  RelayCounts and(Fate fate) {
    return new RelayCounts(
        frames + 1,
        lost + (fate == Fate.LOSE ? 1 : 0),
        doubled + (fate == Fate.DOUBLE ? 1 : 0),
        held + (fate == Fate.HOLD ? 1 : 0));
  }
}
