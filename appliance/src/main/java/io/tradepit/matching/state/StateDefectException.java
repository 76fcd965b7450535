package io.tradepit.matching.state;

/** The matching state contradicts itself. The message is one line of {@code name=value}. */
public final class StateDefectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StateDefectException(String message) {
    super(message);
  }

  /** Throws unless it holds: what has this value at this place should not. */
  public static void require(boolean holds, String what, long value, String place, long at) {
    if (!holds) {
      throw new StateDefectException("defect=" + what + " value=" + value + " " + place + "=" + at);
    }
  }

  /** Throws unless what was found at this place is what it has to be. */
  public static void requireSame(String what, long found, long needed, String place, long at) {
    if (found != needed) {
      throw new StateDefectException(
          "defect=" + what + " value=" + found + " needed=" + needed + " " + place + "=" + at);
    }
  }
}
