package io.tradepit.lwip;

/** The TCP stack refused something; the message says what and why. */
public final class LwipException extends RuntimeException {
  private static final long serialVersionUID = 1;

  LwipException(String message) {
    super(message);
  }
}
