package io.tradepit.perf.wire;

import io.tradepit.protocol.ouch.OuchRequestEncoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which orders a session sends; none ever meets another one, so the book stays small. */
public enum OrderMix {
  /** Immediate-or-cancel: Accepted, then Canceled. */
  IOC,
  /** Resting, and canceled with the session's next order, in one write with it. */
  RESTING,
  /** One of each in turn. */
  BOTH;

  /** By the name that {@link #toString} gives; empty when there is none of it. */
  public static Optional<OrderMix> of(String name) {
    return Arrays.stream(values()).filter(mix -> mix.toString().equals(name)).findFirst();
  }

  byte timeInForce(long order) {
    boolean rests = this == RESTING || (this == BOTH && order % 2 == 1);
    return rests ? OuchRequestEncoder.DAY : OuchRequestEncoder.IOC;
  }

  /** As options and results name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
