package io.tradepit.tools.terminal;

import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Blocks of lines, a blank line after each: for pipes, files and dumb terminals. */
final class PlainDisplay implements Display {
  private static final int COLUMNS = 80;
  private static final int ROWS = 24;
  private static final int LARGEST = 1_000;

  private final TerminalStyle style;
  private final Map<String, String> environment;
  private final PrintStream out;

  PlainDisplay(TerminalStyle style, Map<String, String> environment, PrintStream out) {
    this.style = style;
    this.environment = environment;
    this.out = out;
  }

  @Override
  public int columns() {
    return size("COLUMNS", COLUMNS);
  }

  @Override
  public int rows() {
    return size("LINES", ROWS);
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public TerminalStyle style() {
    return style;
  }

  @Override
  public void show(Canvas frame) {
    out.print(frame.text() + "\n");
    out.flush();
  }

  @Override
  public int key(long timeoutMs) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(timeoutMs));
    return NO_KEY;
  }

  @Override
  public void close() {
    out.flush();
  }

  private int size(String name, int standard) {
    String text = environment.getOrDefault(name, "");
    if (!text.matches("\\d{1,4}")) {
      return standard;
    }
    return Math.clamp(Integer.parseInt(text), standard, LARGEST);
  }
}
