package io.tradepit.tools.terminal;

import java.io.PrintStream;
import java.util.Map;
import org.jline.terminal.Terminal;

/**
 * Where frames are shown and keys come from. One thread.
 *
 * <p>Close it on every way out, signals included: a terminal in raw mode is of no use to its owner.
 */
public interface Display extends AutoCloseable {
  /** No key was pressed in time. */
  int NO_KEY = -2;

  /** No key will ever come: the input ended. */
  int END = -1;

  /** Columns for the next frame. */
  int columns();

  /** Rows for the next frame. */
  int rows();

  /** Whether frames replace each other; else each is a block of lines, so show few. */
  boolean isLive();

  TerminalStyle style();

  /**
   * Shows a frame.
   *
   * @param frame not to be changed afterwards
   */
  void show(Canvas frame);

  /**
   * Waits for a key.
   *
   * @return a character, {@link #NO_KEY} after {@code timeoutMs}, or {@link #END}
   */
  int key(long timeoutMs);

  @Override
  void close();

  /** The terminal of this process when it is one, else plain blocks of lines on its output. */
  static Display open(TerminalStyle style) {
    return open(style, System.out);
  }

  /** The terminal of this process when it is one, else plain blocks of lines on {@code out}. */
  static Display open(TerminalStyle style, PrintStream out) {
    return style.rewritable()
        ? new LiveDisplay(style, SystemTerminal.open(false), true)
        : new PlainDisplay(style, System.getenv(), out);
  }

  /**
   * A terminal that the caller has open, and goes on with when the display is closed. Ctrl-C is a
   * key on it.
   */
  static Display on(Terminal terminal, TerminalStyle style) {
    return new LiveDisplay(style, terminal, false);
  }

  /** Plain blocks of lines, 80 x 24 unless COLUMNS and LINES say otherwise. */
  static Display plain(TerminalStyle style, Map<String, String> environment, PrintStream out) {
    return new PlainDisplay(style.plain(), environment, out);
  }
}
