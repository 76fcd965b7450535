package io.tradepit.shim;

/** A shim that is not there, that cannot be loaded, or that is not the one that Java expects. */
public final class ShimException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line, {@code name=value}, with what to do
   */
  public ShimException(String message) {
    super(message);
  }
}
