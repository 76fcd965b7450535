package io.tradepit.transport;

/** A transport cannot be had: the kernel lacks it, or its port is taken. Says which and why. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TransportException(String message, Throwable cause) {
    super(message, cause);
  }
}
