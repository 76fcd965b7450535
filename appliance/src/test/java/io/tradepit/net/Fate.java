package io.tradepit.net;

/** What a relay does with a frame. */
public enum Fate {
  /** It goes on at once. */
  PASS,
  /** It never arrives. */
  LOSE,
  /** It arrives two times, one behind the other. */
  DOUBLE,
  /** Frames that come behind it overtake it: {@link Relay#HELD_FRAMES}, or those of a moment. */
  HOLD
}
