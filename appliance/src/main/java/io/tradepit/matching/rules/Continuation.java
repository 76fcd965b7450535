package io.tradepit.matching.rules;

import io.tradepit.matching.state.Header;

/** What is left of a command with many events. It stands in the header, not on the heap. */
public final class Continuation {
  public static final int NONE = 0;
  public static final int SWEEP = 1;
  public static final int CANCEL_ALL = 2;
  public static final int CLOSE_DAY = 3;
  public static final int MASS_CANCEL = 4;
  public static final int REPORT = 5;
  public static final int DISCONNECTED = 6;

  /** Deadlines pass before a command, which waits in the header. */
  public static final int EXPIRY = 7;

  /** Not a rule: a snapshot is being loaded, and no command is applied before it is whole. */
  public static final int LOADING = -1;

  private Continuation() {}

  static void begin(Header header, int rule, long correlationId) {
    header.put(Header.CONTINUATION, rule);
    header.put(Header.CORRELATION_ID, correlationId);
    header.put(Header.CURSOR_A, 0);
    header.put(Header.CURSOR_B, 0);
    header.put(Header.CURSOR_C, 0);
    header.put(Header.CURSOR_D, 0);
    header.put(Header.CURSOR_E, 0);
    header.put(Header.TOUCHED, 0);
  }

  static boolean end(Header header) {
    header.put(Header.CONTINUATION, NONE);
    return true;
  }
}
