package io.tradepit.cli;

import java.io.PrintStream;

/**
 * The live line of {@code run}: rewritten in place on a terminal, else a line of its own every ten
 * seconds. One thread.
 */
public final class StatusLine {
  private static final long QUIET_INTERVAL_NS = 10_000_000_000L;
  private static final String ERASE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private long nextNs;
  private boolean shown;

  /**
   * @param terminal whether the line can be rewritten: a terminal that is not dumb
   */
  public StatusLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Shows the status; call it about once a second.
   *
   * @param nowNs of a clock that never steps
   */
  public void update(String status, long nowNs) {
    if (terminal) {
      out.print(ERASE + fitted(status));
      out.flush();
    } else if (!shown || nowNs - nextNs >= 0) {
      nextNs = nowNs + QUIET_INTERVAL_NS;
      out.println(status);
    }
    shown = true;
  }

  /** Ends the line, so that what follows begins on one of its own. */
  public void end() {
    if (terminal && shown) {
      out.println();
    }
    shown = false;
  }

  // A line that wraps cannot be rewritten.
  private static String fitted(String status) {
    return status.length() < StartTable.WIDTH ? status : status.substring(0, StartTable.WIDTH - 1);
  }
}
