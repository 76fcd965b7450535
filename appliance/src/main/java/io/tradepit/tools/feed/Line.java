package io.tradepit.tools.feed;

/** One line of output, field by field; a line is begun, filled and ended. */
interface Line {
  /** A message: its number, time of day (ns since midnight), type in words, and symbol or "". */
  Line message(long sequenceNumber, long timeOfDayNs, String type, String symbol);

  /** Anything else that is to be told. */
  Line note(String what);

  Line number(String name, long value);

  /** A price in units of 0.0001. */
  Line price(String name, long price4);

  Line text(String name, String text);

  /** One ASCII character. */
  default Line code(String name, byte code) {
    return text(name, String.valueOf((char) (code & 0x7F)));
  }

  void end();

  /** What was written since the last call, whole lines. */
  String take();

  /** A time of day as hh:mm:ss.nnnnnnnnn. */
  static String timeOfDay(long ns) {
    long seconds = ns / 1_000_000_000L;
    return two(seconds / 3600)
        + ':'
        + two(seconds / 60 % 60)
        + ':'
        + two(seconds % 60)
        + '.'
        + Long.toString(1_000_000_000L + ns % 1_000_000_000L).substring(1);
  }

  private static String two(long number) {
    return number < 10 ? "0" + number : Long.toString(number);
  }
}
