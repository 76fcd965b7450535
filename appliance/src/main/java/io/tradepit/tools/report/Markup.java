package io.tradepit.tools.report;

import java.util.Locale;

/** Text of HTML and SVG. */
public final class Markup {
  private Markup() {}

  /** A text with what has a meaning in HTML escaped; also good within double quotes. */
  public static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** A formatted text, always with a point and, between thousands, a comma. */
  @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a library more
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** A coordinate: a tenth of a pixel is enough. */
  public static String at(double coordinate) {
    return format("%.1f", coordinate);
  }
}
