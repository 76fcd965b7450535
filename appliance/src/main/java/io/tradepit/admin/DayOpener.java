package io.tradepit.admin;

/** Opens a trading day when the operator asks for it. */
@FunctionalInterface
public interface DayOpener {
  /**
   * Asked on the admin thread.
   *
   * @param who user id of the operator's process
   * @return null when the day is opened, or the next one begins after a closed one; else why not,
   *     in one line
   */
  String open(int who);
}
