package io.tradepit.tools.terminal;

/** How a piece of text looks where colours are on. */
public enum Style {
  PLAIN("0", "0"),
  BOLD("0;1", "0;1"),
  DIM("0;2", "0;38;5;244"),
  TITLE("0;1;36", "0;1;38;5;117"),
  KEY("0;7", "0;7"),
  BID("0;32", "0;38;5;114"),
  ASK("0;31", "0;38;5;210"),
  BID_BAR("0;32", "0;38;5;29"),
  ASK_BAR("0;31", "0;38;5;131"),
  TOUCH_BID("0;1;32", "0;1;38;5;120"),
  TOUCH_ASK("0;1;31", "0;1;38;5;217"),
  SPARK("0;36", "0;38;5;74"),
  WARN("0;1;33", "0;1;38;5;221"),
  ALARM("0;1;37;41", "0;1;38;5;231;48;5;160");

  private final String basic;
  private final String rich;

  Style(String basic, String rich) {
    this.basic = basic;
    this.rich = rich;
  }

  /**
   * The escape sequence (ECMA-48, SGR) that begins this style whatever came before.
   *
   * @param palette 16 or 256 colours
   */
  String escape(Palette palette) {
    return "\u001b[" + (palette == Palette.RICH ? rich : basic) + "m";
  }
}
