package io.tradepit.tools.replay;

import java.nio.file.Path;

/**
 * The fields of one line at a time, split at commas; refuses with file, line and name of a field.
 */
final class Fields {
  private final Path file;
  private final int count;
  private final int[] ends;
  private String line = "";
  private int number;

  /**
   * @param count of fields that every line must have; 0 = as the first line has
   */
  Fields(Path file, int count) {
    this.file = file;
    this.count = count;
    this.ends = new int[count];
  }

  /** Looks at a line. */
  Fields wrap(String text, int lineNumber) {
    line = text;
    number = lineNumber;
    int field = 0;
    for (int at = 0; at <= text.length(); at++) {
      if (at == text.length() || text.charAt(at) == ',') {
        if (field == count) {
          throw refused("fields=" + (1 + text.chars().filter(c -> c == ',').count()), allowed());
        }
        ends[field++] = at;
      }
    }
    if (field != count) {
      throw refused("fields=" + field, allowed());
    }
    return this;
  }

  boolean isEmpty(int field) {
    return begin(field) == ends[field];
  }

  String text(int field) {
    return line.substring(begin(field), ends[field]);
  }

  /** A field of one letter out of some. */
  byte letter(int field, String name, String allowed) {
    String text = text(field);
    if (text.length() != 1 || allowed.indexOf(text.charAt(0)) < 0) {
      throw refused(name + "=" + text, "one of " + String.join(" ", allowed.split("", -1)).strip());
    }
    return (byte) text.charAt(0);
  }

  /** A whole number within bounds. */
  long number(int field, String name, long min, long max) {
    return number(begin(field), ends[field], name, min, max);
  }

  /** A whole number of a part of the line. */
  long number(int from, int to, String name, long min, long max) {
    boolean negative = from < to && line.charAt(from) == '-';
    int at = negative ? from + 1 : from;
    boolean valid = at < to && to - at <= 18;
    long value = 0;
    for (; valid && at < to; at++) {
      int digit = line.charAt(at) - '0';
      valid = digit >= 0 && digit <= 9;
      value = value * 10 + digit;
    }
    value = negative ? -value : value;
    if (!valid || value < min || value > max) {
      throw refused(name + "=" + line.substring(from, to), min + " to " + max);
    }
    return value;
  }

  int begin(int field) {
    return field == 0 ? 0 : ends[field - 1] + 1;
  }

  int end(int field) {
    return ends[field];
  }

  /** Where a character stands in a part of the line; {@code to} when it does not. */
  int find(char wanted, int from, int to) {
    int at = from;
    while (at < to && line.charAt(at) != wanted) {
      at++;
    }
    return at;
  }

  ReplayFileException refused(String what, String allowed) {
    return new ReplayFileException(file + ":" + number + ": " + what + ": allowed " + allowed);
  }

  private String allowed() {
    return count + " fields";
  }
}
