package io.tradepit.protocol.itch;

/**
 * ITCH 5.0 Order Cancel, type {@code X}, 23 bytes; part of the order.
 *
 * <pre>
 *   Off Len Type     Field
 *    11   8 u64      orderReference
 *    19   4 u32      cancelledShares        removed now
 * </pre>
 */
public final class OrderCancel extends ItchMessage {
  private static final int ORDER_REFERENCE_OFFSET = 11;
  private static final int CANCELLED_SHARES_OFFSET = 19;

  public OrderCancel() {
    super(ItchType.ORDER_CANCEL);
  }

  public long orderReference() {
    return getU64(ORDER_REFERENCE_OFFSET);
  }

  public OrderCancel orderReference(long orderReference) {
    putU64(ORDER_REFERENCE_OFFSET, orderReference);
    return this;
  }

  public long cancelledShares() {
    return getU32(CANCELLED_SHARES_OFFSET);
  }

  public OrderCancel cancelledShares(long cancelledShares) {
    putU32(CANCELLED_SHARES_OFFSET, cancelledShares);
    return this;
  }
}
