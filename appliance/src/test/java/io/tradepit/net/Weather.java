package io.tradepit.net;

import java.lang.foreign.MemorySegment;
import java.util.Random;

/** What a relay does to the frames of one direction; asked on the relay's thread, in order. */
@FunctionalInterface
public interface Weather {
  /** Every frame goes on. */
  Weather FAIR = (index, frame) -> Fate.PASS;

  /** No frame goes on. */
  Weather OUTAGE = (index, frame) -> Fate.LOSE;

  /**
   * Decides about a frame.
   *
   * @param index frames of this direction before it, from when the relay began
   * @param frame from the destination address on, valid during the call
   */
  Fate fate(long index, MemorySegment frame);

  /**
   * Chances of a frame; what is left passes. The same seed decides the same of the same index.
   *
   * @param lost share that is lost, 0 to 1
   * @param doubled share that arrives two times
   * @param held share that is overtaken
   */
  static Weather seeded(long seed, double lost, double doubled, double held) {
    if (lost < 0 || doubled < 0 || held < 0 || lost + doubled + held > 1) {
      throw new IllegalArgumentException(
          "lost=" + lost + " doubled=" + doubled + " held=" + held + ": shares of one");
    }
    Random random = new Random(seed);
    return (index, frame) -> {
      double drawn = random.nextDouble();
      if (drawn < lost) {
        return Fate.LOSE;
      }
      if (drawn < lost + doubled) {
        return Fate.DOUBLE;
      }
      return drawn < lost + doubled + held ? Fate.HOLD : Fate.PASS;
    };
  }
}
