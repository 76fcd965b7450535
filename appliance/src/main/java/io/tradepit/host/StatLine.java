package io.tradepit.host;

import java.util.List;

/**
 * A process or a thread in one line of the kernel: {@code stat} of proc_pid_stat(5).
 *
 * @param id of the process or the thread, field 1
 * @param name field 2, which may have any character in it, blanks and parentheses too
 * @param rest the fields from 3 on
 */
public record StatLine(long id, String name, List<String> rest) {
  private static final int FIRST_OF_REST = 3;

  public StatLine {
    rest = List.copyOf(rest);
  }

  /**
   * @throws NumberFormatException or {@link IndexOutOfBoundsException} when it is no such line
   */
  public static StatLine parse(String line) {
    int open = line.indexOf('(');
    int close = line.lastIndexOf(')');
    return new StatLine(
        Long.parseLong(line.substring(0, open).strip()),
        line.substring(open + 1, close),
        List.of(line.substring(close + 2).strip().split(" ", -1)));
  }

  /**
   * @param field its number in the man page, 3 or greater
   */
  public String text(int field) {
    return rest.get(field - FIRST_OF_REST);
  }

  /**
   * @param field its number in the man page, 4 or greater
   */
  public long number(int field) {
    return Long.parseLong(text(field));
  }
}
