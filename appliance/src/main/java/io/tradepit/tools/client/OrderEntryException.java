package io.tradepit.tools.client;

/** An order entry connection could not be had or broke the protocol; the message is one line. */
public final class OrderEntryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OrderEntryException(String message) {
    super(message);
  }

  OrderEntryException(String message, Throwable cause) {
    super(message, cause);
  }
}
