package io.tradepit.dpdk;

/** The environment or a port could not be had: an operational fault, told at a start. */
public final class DpdkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message one line, {@code name=value}, with the step that failed and what DPDK said
   */
  public DpdkException(String message) {
    super(message);
  }
}
