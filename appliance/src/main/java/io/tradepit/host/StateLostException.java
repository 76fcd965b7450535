package io.tradepit.host;

/** There is no memory of a former process that could be taken over. One line says why. */
public final class StateLostException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The message says what is missing or different. */
  public StateLostException(String message) {
    super(message);
  }

  /** The message says what is missing or different. */
  public StateLostException(String message, Throwable cause) {
    super(message, cause);
  }
}
