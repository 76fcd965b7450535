package io.tradepit.perf.wire;

/**
 * What a session has sent and what it awaits: one Accepted for each order, in the order that they
 * were sent, and one Canceled. One thread; allocates nothing.
 */
final class OrderLedger {
  private long sent;
  private long accepted;
  private long canceled;
  private int awaited;

  /**
   * The next order was sent; its number is {@link #sent} from now on.
   *
   * @param rests whether it is canceled only by a cancel of its own
   */
  void onOrder(boolean rests) {
    sent++;
    awaited += rests ? 1 : 2;
  }

  /** The cancel of an order that rests was sent. */
  void onCancel() {
    awaited++;
  }

  /**
   * @throws WireException when it is not the next one
   */
  void onAccepted(long number) {
    if (number != accepted + 1 || number > sent) {
      throw new WireException(
          "accepted=" + number + " expected=" + (accepted + 1) + " sent=" + sent);
    }
    accepted++;
    awaited--;
  }

  /**
   * @throws WireException when more are canceled than were accepted
   */
  void onCanceled() {
    if (canceled == accepted) {
      throw new WireException("canceled=" + (canceled + 1) + " accepted=" + accepted);
    }
    canceled++;
    awaited--;
  }

  /** Orders sent until now, all runs together. */
  long sent() {
    return sent;
  }

  /** Whether answers are to come; an order that rests has none to come. */
  boolean isAwaiting() {
    return awaited > 0;
  }

  /**
   * When nothing rests and nothing is awaited.
   *
   * @throws WireException when an order has not both of its answers
   */
  void requireAllAnswered() {
    if (accepted != sent || canceled != sent) {
      throw new WireException("sent=" + sent + " accepted=" + accepted + " canceled=" + canceled);
    }
  }
}
