package io.tradepit.tools.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;

/** A terminal, all of it, in raw mode until it is closed. */
final class LiveDisplay implements Display {
  private static final int LEAST_COLUMNS = 40;
  private static final int LEAST_ROWS = 10;

  private final TerminalStyle style;
  private final Terminal terminal;
  private final Attributes before;
  private final Screen screen;
  private boolean closed;

  /**
   * Takes the terminal.
   *
   * @param signals whether Ctrl-C is a signal; else it is a key like any other
   */
  LiveDisplay(TerminalStyle style, Terminal terminal, boolean signals) {
    this.style = style;
    this.screen = new Screen(style.palette());
    this.terminal = terminal;
    before = terminal.enterRawMode();
    Attributes raw = terminal.getAttributes();
    raw.setLocalFlag(Attributes.LocalFlag.ISIG, signals);
    terminal.setAttributes(raw);
    send(Screen.OPEN);
  }

  @Override
  public int columns() {
    return Math.max(LEAST_COLUMNS, size().getColumns());
  }

  @Override
  public int rows() {
    return Math.max(LEAST_ROWS, size().getRows());
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public TerminalStyle style() {
    return style;
  }

  @Override
  public void show(Canvas frame) {
    send(screen.update(frame));
  }

  @Override
  public int key(long timeoutMs) {
    try {
      int key = terminal.reader().read(Math.max(1, timeoutMs));
      return key == NonBlockingReader.READ_EXPIRED ? NO_KEY : key < 0 ? END : key;
    } catch (IOException e) {
      throw new UncheckedIOException("terminal=unreadable: " + e.getMessage(), e);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    send(Screen.CLOSE);
    terminal.setAttributes(before);
  }

  private Size size() {
    return terminal.getSize();
  }

  private void send(String text) {
    terminal.writer().write(text);
    terminal.writer().flush();
  }
}
