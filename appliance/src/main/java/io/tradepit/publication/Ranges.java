package io.tradepit.publication;

/** Checks of what a context was told. */
final class Ranges {
  private Ranges() {}

  /**
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  static void require(long value, String name, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(name + "=" + value + " allowed=" + min + ".." + max);
    }
  }
}
