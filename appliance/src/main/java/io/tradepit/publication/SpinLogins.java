package io.tradepit.publication;

import java.net.InetAddress;

/** Says who may have a snapshot. Every method is called on the server's thread; none waits. */
public interface SpinLogins extends AutoCloseable {
  /**
   * Hands a check over.
   *
   * @param ticket comes back with the result
   * @param username without padding, in upper case
   * @param password as it is compared
   * @return false when too many checks are under way
   */
  boolean submit(long ticket, InetAddress source, String username, String password);

  /**
   * Hands over the results that are there.
   *
   * @return the number of results
   */
  int poll(ResultHandler handler);

  @Override
  void close();

  /** Takes a result. */
  @FunctionalInterface
  interface ResultHandler {
    /** The check of this ticket is done. */
    void onResult(long ticket, boolean valid);
  }
}
