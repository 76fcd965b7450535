package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Order Delete, type {@code D}, 19 bytes; all that is left.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 u64      orderReference
 * </pre>
 */
public final class OrderDelete extends ItchMessage {
  private static final int ORDER_REFERENCE_OFFSET = 11;

  public OrderDelete() {
    super(ItchType.ORDER_DELETE);
  }

  public long orderReference() {
    return getU64(ORDER_REFERENCE_OFFSET);
  }

  public OrderDelete orderReference(long orderReference) {
    putU64(ORDER_REFERENCE_OFFSET, orderReference);
    return this;
  }
}
