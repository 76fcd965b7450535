package io.tradepit.transport;

/** A transport cannot be had: the kernel lacks it, or its port is taken. Says which and why. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param message one line, {@code name=value}
   */
  public TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
