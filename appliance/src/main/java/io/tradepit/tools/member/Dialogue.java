package io.tradepit.tools.member;

import io.tradepit.tools.terminal.TerminalStyle;

/** Where a person's lines come from and answers go to. Answers may be given by any thread. */
interface Dialogue {
  /** The next line, or null when there are no more. */
  String read();

  /** Says something, one line or several. */
  void say(String text);

  /** Names something that was not done, so that it is not taken for an answer. */
  void complain(String text);

  /** Ends a read that waits, which then returns null; any thread. */
  void interrupt();

  TerminalStyle style();
}
