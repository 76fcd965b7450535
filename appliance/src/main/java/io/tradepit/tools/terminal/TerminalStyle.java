package io.tradepit.tools.terminal;

import java.util.Locale;
import java.util.Map;

/**
 * What may be sent to where the output goes.
 *
 * @param rewritable a terminal on which the cursor can be moved
 */
public record TerminalStyle(boolean rewritable, Palette palette, Glyphs glyphs) {
  /** A file, a pipe, or a terminal that can nothing. */
  public static final TerminalStyle PLAIN = new TerminalStyle(false, Palette.NONE, Glyphs.ASCII);

  /**
   * The style for an environment: {@code TERM} (absent or {@code dumb}: not rewritable), {@code
   * COLORTERM}, {@code NO_COLOR} (no-color.org: set and not empty), and the locale's character set
   * by {@code LC_ALL}, {@code LC_CTYPE}, {@code LANG} in this order (POSIX.1-2017, 8.2).
   *
   * @param terminal whether the output is a terminal at all
   */
  public static TerminalStyle of(Map<String, String> environment, boolean terminal) {
    String term = environment.getOrDefault("TERM", "dumb");
    boolean rewritable = terminal && !term.isEmpty() && !"dumb".equals(term);
    Glyphs glyphs = isUtf8(environment) ? Glyphs.UNICODE : Glyphs.ASCII;
    return new TerminalStyle(
        rewritable, rewritable ? palette(environment, term) : Palette.NONE, glyphs);
  }

  /** As {@link #of}, of this process; the launcher says whether its output is a terminal. */
  public static TerminalStyle ofThisProcess() {
    return of(System.getenv(), Boolean.getBoolean("tradepit.terminal"));
  }

  /** The same without what only a terminal can do; characters stay. */
  public TerminalStyle plain() {
    return new TerminalStyle(false, Palette.NONE, glyphs);
  }

  /** The text as it looks where colours are on, else as it is. */
  public String styled(String text, Style style) {
    return palette == Palette.NONE || style == Style.PLAIN || text.isEmpty()
        ? text
        : style.escape(palette) + text + Style.PLAIN.escape(palette);
  }

  private static Palette palette(Map<String, String> environment, String term) {
    if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
      return Palette.NONE;
    }
    boolean rich =
        term.contains("256color")
            || term.contains("direct")
            || !environment.getOrDefault("COLORTERM", "").isEmpty();
    return rich ? Palette.RICH : Palette.BASIC;
  }

  private static boolean isUtf8(Map<String, String> environment) {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String locale = environment.getOrDefault(name, "");
      if (!locale.isEmpty()) {
        String upper = locale.toUpperCase(Locale.ROOT);
        return upper.contains("UTF-8") || upper.contains("UTF8");
      }
    }
    return false;
  }
}
