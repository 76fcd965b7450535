package io.tradepit.tools.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal that this process was started on. It stays open until the process ends. */
public final class SystemTerminal {
  private SystemTerminal() {}

  /**
   * Opens it for keys, size and line editing.
   *
   * @param prompt whether lines are read from it: then Ctrl-C ends a line, else the process
   */
  public static Terminal open(boolean prompt) {
    try {
      // To ask what it can do would leave a late answer of a slow terminal among the keys.
      return TerminalBuilder.builder()
          .system(true)
          .dumb(true)
          .provider("ffm")
          .graphemeCluster(false)
          .nativeSignals(prompt)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("terminal=none: " + e.getMessage(), e);
    }
  }
}
