package io.tradepit.gateway;

/** Checks passwords away from the gateway's thread. Both methods are called on that thread. */
public interface Authenticator extends AutoCloseable {
  /**
   * Hands a check over.
   *
   * @param ticket comes back with the result
   * @param username without padding, in upper case
   * @param password as sent; upper case and lower case are one
   * @return false when too many checks are under way
   */
  boolean submit(long ticket, String username, String password);

  /**
   * Hands over the results that are there; does not wait.
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
