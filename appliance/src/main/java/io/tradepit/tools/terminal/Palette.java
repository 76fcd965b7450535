package io.tradepit.tools.terminal;

/** How many colours a terminal is sent. */
public enum Palette {
  /** No escape sequence that changes colour or weight. */
  NONE,
  /** The 16 colours of ECMA-48. */
  BASIC,
  /** xterm's 256. */
  RICH
}
