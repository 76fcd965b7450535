package io.tradepit.perf.wire;

import org.agrona.collections.IntArrayQueue;

/**
 * What a session has sent and what it awaits: one Accepted for each order, in the order that they
 * were sent, and one Canceled. Those come in the order of what they answer too: an order that does
 * not rest, or a cancel. One thread; allocates only when more orders await their Canceled than ever
 * before.
 */
final class OrderLedger {
  /** Reason of a Canceled: what an immediate-or-cancel order leaves. */
  static final byte REMAINDER = 'I';

  /** Reason of a Canceled: the member has asked for it. */
  static final byte ASKED = 'U';

  // Numbers of the orders to be canceled in turn, negated where the member has asked for it.
  private final IntArrayQueue cancels = new IntArrayQueue();
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
    awaited++;
    if (!rests) {
      awaitCanceled(Math.toIntExact(sent));
    }
  }

  /** The cancel of an order that rests was sent. */
  void onCancel(long number) {
    awaitCanceled(-Math.toIntExact(number));
  }

  private void awaitCanceled(int next) {
    cancels.offerInt(next);
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
   * @throws WireException when it is not the next one, for another reason, or of an order that was
   *     not accepted
   */
  void onCanceled(long number, byte reason) {
    int next = cancels.isEmpty() ? 0 : cancels.peekInt();
    byte expected = next < 0 ? ASKED : REMAINDER;
    if (number != Math.abs(next) || reason != expected || number > accepted) {
      throw new WireException(
          "canceled=%d reason=%c expected=%d expectedReason=%c accepted=%d"
              .formatted(number, (char) reason, Math.abs(next), (char) expected, accepted));
    }
    cancels.pollInt();
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
