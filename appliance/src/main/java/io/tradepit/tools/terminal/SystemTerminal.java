package io.tradepit.tools.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal that this process was started on. It stays open until the process ends. */
public final class SystemTerminal {
  private SystemTerminal() {}

  /** Opens it for keys, size and line editing. */
  public static Terminal open() {
    try {
      return TerminalBuilder.builder().system(true).dumb(true).provider("ffm").build();
    } catch (IOException e) {
      throw new UncheckedIOException("terminal=none: " + e.getMessage(), e);
    }
  }
}
