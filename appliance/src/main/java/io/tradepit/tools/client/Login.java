package io.tradepit.tools.client;

import io.tradepit.protocol.soupbin.SoupBin;

/**
 * What a member logs in with.
 *
 * @param username 1 to 6 characters; case does not count
 * @param password at most 10 characters; case does not count
 * @param session that of the day, or empty for the current one
 * @param sequence number of the first sequenced message wanted, from 1; 0 = the next new one
 */
public record Login(String username, String password, String session, long sequence) {
  /**
   * Checks the lengths.
   *
   * @throws IllegalArgumentException when a text does not fit into its field
   */
  public Login {
    requireFits("username", username, 1, SoupBin.USERNAME_LENGTH);
    requireFits("session", session, 0, SoupBin.SESSION_LENGTH);
    if (password.length() > SoupBin.PASSWORD_LENGTH) {
      throw new IllegalArgumentException(
          "password=(not shown) allowed=at most " + SoupBin.PASSWORD_LENGTH + " characters");
    }
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence=" + sequence + " allowed=0 or more");
    }
  }

  /** A login to the current session that begins with its first message. */
  public static Login fromTheFirst(String username, String password) {
    return new Login(username, password, "", 1);
  }

  /** A login to the current session that begins with the next new message. */
  public static Login fromNow(String username, String password) {
    return new Login(username, password, "", 0);
  }

  /** The same login, to be continued at a message. */
  public Login from(String ofSession, long next) {
    return new Login(username, password, ofSession, next);
  }

  @Override
  public String toString() {
    return "user=" + username + " session=" + session + " sequence=" + sequence;
  }

  private static void requireFits(String name, String text, int from, int to) {
    if (text.length() < from || text.length() > to) {
      throw new IllegalArgumentException(
          name + "=" + text + " allowed=" + from + " to " + to + " characters");
    }
  }
}
