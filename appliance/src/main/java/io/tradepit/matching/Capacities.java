package io.tradepit.matching;

import io.tradepit.protocol.sbe.OpenDayDecoder;

/**
 * What a segment can hold. Running out is an outcome with a reason, never a failure.
 *
 * @param maxOrders open orders of all books together
 * @param maxLevels price levels of all books together
 * @param maxOpenOrdersOfSession open orders of one session
 * @param maxInstruments at most 65,534
 * @param maxSessions at most 65,535; their identifiers are below it
 */
public record Capacities(
    int maxOrders, int maxLevels, int maxOpenOrdersOfSession, int maxInstruments, int maxSessions) {
  private static final int MOST_RECORDS = 1 << 28;
  private static final int MOST_IDS = 65_534;

  public Capacities {
    check("maxOrders", maxOrders, MOST_RECORDS);
    check("maxLevels", maxLevels, MOST_RECORDS);
    check("maxOpenOrdersOfSession", maxOpenOrdersOfSession, MOST_RECORDS);
    check("maxInstruments", maxInstruments, MOST_IDS);
    check("maxSessions", maxSessions, MOST_IDS + 1);
  }

  /** Those that a day was opened with. */
  public static Capacities of(OpenDayDecoder day) {
    return new Capacities(
        (int) day.maxOrders(),
        (int) day.maxLevels(),
        (int) day.maxOpenOrdersOfSession(),
        day.maxInstruments(),
        day.maxSessions());
  }

  private static void check(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + "=" + value + " allowed=1.." + most);
    }
  }
}
