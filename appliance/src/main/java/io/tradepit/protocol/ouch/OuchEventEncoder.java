package io.tradepit.protocol.ouch;

import io.tradepit.protocol.ouch.wire.OuchAcceptedEncoder;
import io.tradepit.protocol.ouch.wire.OuchAccountQueryResponseEncoder;
import io.tradepit.protocol.ouch.wire.OuchCanceledEncoder;
import io.tradepit.protocol.ouch.wire.OuchDisableResponseEncoder;
import io.tradepit.protocol.ouch.wire.OuchEnableResponseEncoder;
import io.tradepit.protocol.ouch.wire.OuchExecutedEncoder;
import io.tradepit.protocol.ouch.wire.OuchMassCancelResponseEncoder;
import io.tradepit.protocol.ouch.wire.OuchModifiedEncoder;
import io.tradepit.protocol.ouch.wire.OuchRejectedEncoder;
import io.tradepit.protocol.ouch.wire.OuchReplacedEncoder;
import io.tradepit.protocol.ouch.wire.OuchSystemEventEncoder;
import io.tradepit.protocol.sbe.AccountQueriedDecoder;
import io.tradepit.protocol.sbe.MassCanceledDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OrderAcceptedDecoder;
import io.tradepit.protocol.sbe.OrderCanceledDecoder;
import io.tradepit.protocol.sbe.OrderEntryDisabledDecoder;
import io.tradepit.protocol.sbe.OrderEntryEnabledDecoder;
import io.tradepit.protocol.sbe.OrderExecutedDecoder;
import io.tradepit.protocol.sbe.OrderModifiedDecoder;
import io.tradepit.protocol.sbe.OrderRejectedDecoder;
import io.tradepit.protocol.sbe.OrderReplacedDecoder;
import io.tradepit.protocol.sbe.SessionNotifiedDecoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Encodes an event as the OUCH 5.0 message (2.6 of the protocol) to the member that it concerns.
 *
 * <p>A function of the event and its wire time alone, so that a replay has the bytes of the live
 * stream. Messages that no event leads to yet (AIQ canceled, broken trade, cancel pending and
 * reject, priority update, restated) are in {@code wire}. One thread; nothing allocates.
 */
public final class OuchEventEncoder {
  /** An outbound message has no more bytes than this. */
  public static final int MAX_LENGTH = 256;

  private static final int CL_ORD_ID_LENGTH = OuchAcceptedEncoder.clOrdIdLength();
  private static final int FIRM_LENGTH = OuchMassCancelResponseEncoder.firmLength();

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
  private final OrderCanceledDecoder canceled = new OrderCanceledDecoder();
  private final OrderExecutedDecoder executed = new OrderExecutedDecoder();
  private final OrderRejectedDecoder rejected = new OrderRejectedDecoder();
  private final OrderModifiedDecoder modified = new OrderModifiedDecoder();
  private final AccountQueriedDecoder queried = new AccountQueriedDecoder();
  private final MassCanceledDecoder massCanceled = new MassCanceledDecoder();
  private final OrderEntryDisabledDecoder disabled = new OrderEntryDisabledDecoder();
  private final OrderEntryEnabledDecoder enabled = new OrderEntryEnabledDecoder();
  private final SessionNotifiedDecoder notified = new SessionNotifiedDecoder();

  private final OuchAcceptedEncoder acceptedMessage = new OuchAcceptedEncoder();
  private final OuchReplacedEncoder replacedMessage = new OuchReplacedEncoder();
  private final OuchCanceledEncoder canceledMessage = new OuchCanceledEncoder();
  private final OuchExecutedEncoder executedMessage = new OuchExecutedEncoder();
  private final OuchRejectedEncoder rejectedMessage = new OuchRejectedEncoder();
  private final OuchModifiedEncoder modifiedMessage = new OuchModifiedEncoder();
  private final OuchAccountQueryResponseEncoder queryResponse =
      new OuchAccountQueryResponseEncoder();
  private final OuchMassCancelResponseEncoder massCancelResponse =
      new OuchMassCancelResponseEncoder();
  private final OuchDisableResponseEncoder disableResponse = new OuchDisableResponseEncoder();
  private final OuchEnableResponseEncoder enableResponse = new OuchEnableResponseEncoder();
  private final OuchSystemEventEncoder systemEvent = new OuchSystemEventEncoder();

  /**
   * Encodes the message of an event.
   *
   * @param event buffer with the event's SBE header at {@code eventOffset}
   * @param incoming of an execution: the incoming order's side of it, else the resting order's
   * @param wireTimeNs nanoseconds since midnight
   * @param target has room for {@link #MAX_LENGTH} bytes
   * @return the length of the message, 0 when the event has none for a member
   */
  public int encode(
      DirectBuffer event,
      int eventOffset,
      boolean incoming,
      long wireTimeNs,
      MutableDirectBuffer target,
      int offset) {
    header.wrap(event, eventOffset);
    return switch (header.templateId()) {
      case OrderAcceptedDecoder.TEMPLATE_ID ->
          accepted(
              accepted.wrapAndApplyHeader(event, eventOffset, header), wireTimeNs, target, offset);
      case OrderReplacedDecoder.TEMPLATE_ID ->
          replaced(
              replaced.wrapAndApplyHeader(event, eventOffset, header), wireTimeNs, target, offset);
      case OrderCanceledDecoder.TEMPLATE_ID ->
          canceled(
              canceled.wrapAndApplyHeader(event, eventOffset, header), wireTimeNs, target, offset);
      case OrderExecutedDecoder.TEMPLATE_ID ->
          executed(
              executed.wrapAndApplyHeader(event, eventOffset, header),
              incoming,
              wireTimeNs,
              target,
              offset);
      case OrderRejectedDecoder.TEMPLATE_ID ->
          rejected(
              rejected.wrapAndApplyHeader(event, eventOffset, header), wireTimeNs, target, offset);
      case OrderModifiedDecoder.TEMPLATE_ID ->
          modified(
              modified.wrapAndApplyHeader(event, eventOffset, header), wireTimeNs, target, offset);
      case AccountQueriedDecoder.TEMPLATE_ID ->
          queried(
              queried.wrapAndApplyHeader(event, eventOffset, header), wireTimeNs, target, offset);
      case MassCanceledDecoder.TEMPLATE_ID ->
          massCanceled(
              massCanceled.wrapAndApplyHeader(event, eventOffset, header),
              wireTimeNs,
              target,
              offset);
      case OrderEntryDisabledDecoder.TEMPLATE_ID ->
          disabled(
              disabled.wrapAndApplyHeader(event, eventOffset, header), wireTimeNs, target, offset);
      case OrderEntryEnabledDecoder.TEMPLATE_ID ->
          enabled(
              enabled.wrapAndApplyHeader(event, eventOffset, header), wireTimeNs, target, offset);
      case SessionNotifiedDecoder.TEMPLATE_ID ->
          notified(
              notified.wrapAndApplyHeader(event, eventOffset, header), wireTimeNs, target, offset);
      default -> 0;
    };
  }

  private int accepted(
      OrderAcceptedDecoder event, long timeNs, MutableDirectBuffer target, int offset) {
    acceptedMessage
        .wrap(target, offset)
        .messageType((byte) 'A')
        .timestamp(timeNs)
        .userRefNum(event.userRefNum())
        .side(event.side())
        .quantity(event.quantity())
        .symbol(event.symbol())
        .price(event.price())
        .timeInForce(event.timeInForce())
        .display(event.display())
        .orderReferenceNumber(event.orderNumber())
        .capacity(event.capacity())
        .interMarketSweep(event.interMarketSweep())
        .crossType(event.crossType())
        .orderState(event.orderState());
    target.putBytes(
        offset + OuchAcceptedEncoder.clOrdIdEncodingOffset(),
        event.buffer(),
        event.offset() + OrderAcceptedDecoder.clOrdIdEncodingOffset(),
        CL_ORD_ID_LENGTH);
    return OuchAcceptedEncoder.BLOCK_LENGTH
        + OuchAppendage.encode(
            event.buffer(),
            event.offset() + OrderAcceptedDecoder.tagsEncodingOffset(),
            OuchAppendage.ACCEPTED_TAGS,
            target,
            offset + OuchAcceptedEncoder.BLOCK_LENGTH);
  }

  private int replaced(
      OrderReplacedDecoder event, long timeNs, MutableDirectBuffer target, int offset) {
    replacedMessage
        .wrap(target, offset)
        .messageType((byte) 'U')
        .timestamp(timeNs)
        .origUserRefNum(event.origUserRefNum())
        .userRefNum(event.userRefNum())
        .side(event.side())
        .quantity(event.quantity())
        .symbol(event.symbol())
        .price(event.price())
        .timeInForce(event.timeInForce())
        .display(event.display())
        .orderReferenceNumber(event.orderNumber())
        .capacity(event.capacity())
        .interMarketSweep(event.interMarketSweep())
        .crossType(event.crossType())
        .orderState(event.orderState());
    target.putBytes(
        offset + OuchReplacedEncoder.clOrdIdEncodingOffset(),
        event.buffer(),
        event.offset() + OrderReplacedDecoder.clOrdIdEncodingOffset(),
        CL_ORD_ID_LENGTH);
    return OuchReplacedEncoder.BLOCK_LENGTH
        + OuchAppendage.encode(
            event.buffer(),
            event.offset() + OrderReplacedDecoder.tagsEncodingOffset(),
            OuchAppendage.REPLACED_TAGS,
            target,
            offset + OuchReplacedEncoder.BLOCK_LENGTH);
  }

  private int canceled(
      OrderCanceledDecoder event, long timeNs, MutableDirectBuffer target, int offset) {
    canceledMessage
        .wrap(target, offset)
        .messageType((byte) 'C')
        .timestamp(timeNs)
        .userRefNum(event.userRefNum())
        .quantity(event.quantity())
        .reason(event.reason());
    return OuchCanceledEncoder.BLOCK_LENGTH
        + OuchAppendage.encodeOptionalUserRefIdx(
            event.userRefIdx(), target, offset + OuchCanceledEncoder.BLOCK_LENGTH);
  }

  private int executed(
      OrderExecutedDecoder event,
      boolean incoming,
      long timeNs,
      MutableDirectBuffer target,
      int offset) {
    executedMessage
        .wrap(target, offset)
        .messageType((byte) 'E')
        .timestamp(timeNs)
        .userRefNum(incoming ? event.incomingUserRefNum() : event.restingUserRefNum())
        .quantity(event.quantity())
        .price(event.price())
        .liquidityFlag(incoming ? event.incomingLiquidity() : event.restingLiquidity())
        .matchNumber(event.matchNumber());
    return OuchExecutedEncoder.BLOCK_LENGTH
        + OuchAppendage.encodeUserRefIdx(
            incoming ? event.incomingUserRefIdx() : event.restingUserRefIdx(),
            target,
            offset + OuchExecutedEncoder.BLOCK_LENGTH);
  }

  private int rejected(
      OrderRejectedDecoder event, long timeNs, MutableDirectBuffer target, int offset) {
    rejectedMessage
        .wrap(target, offset)
        .messageType((byte) 'J')
        .timestamp(timeNs)
        .userRefNum(event.userRefNum())
        .reason(event.reason());
    target.putBytes(
        offset + OuchRejectedEncoder.clOrdIdEncodingOffset(),
        event.buffer(),
        event.offset() + OrderRejectedDecoder.clOrdIdEncodingOffset(),
        CL_ORD_ID_LENGTH);
    return OuchRejectedEncoder.BLOCK_LENGTH
        + OuchAppendage.encodeOptionalUserRefIdx(
            event.userRefIdx(), target, offset + OuchRejectedEncoder.BLOCK_LENGTH);
  }

  private int modified(
      OrderModifiedDecoder event, long timeNs, MutableDirectBuffer target, int offset) {
    modifiedMessage
        .wrap(target, offset)
        .messageType((byte) 'M')
        .timestamp(timeNs)
        .userRefNum(event.userRefNum())
        .side(event.side())
        .quantity(event.quantity());
    int appendage =
        OuchAppendage.encode(
            event.buffer(),
            event.offset() + OrderModifiedDecoder.tagsEncodingOffset(),
            OuchAppendage.MODIFY_TAGS,
            target,
            offset + OuchModifiedEncoder.BLOCK_LENGTH);
    boolean none = appendage == OuchAppendage.LENGTH_FIELD;
    return OuchModifiedEncoder.BLOCK_LENGTH + (none ? 0 : appendage);
  }

  private int queried(
      AccountQueriedDecoder event, long timeNs, MutableDirectBuffer target, int offset) {
    queryResponse
        .wrap(target, offset)
        .messageType((byte) 'Q')
        .timestamp(timeNs)
        .nextUserRefNum(event.nextUserRefNum());
    return OuchAccountQueryResponseEncoder.BLOCK_LENGTH
        + OuchAppendage.encodeOptionalUserRefIdx(
            event.userRefIdx(), target, offset + OuchAccountQueryResponseEncoder.BLOCK_LENGTH);
  }

  private int massCanceled(
      MassCanceledDecoder event, long timeNs, MutableDirectBuffer target, int offset) {
    massCancelResponse
        .wrap(target, offset)
        .messageType((byte) 'X')
        .timestamp(timeNs)
        .userRefNum(event.userRefNum())
        .symbol(event.symbol());
    target.putBytes(
        offset + OuchMassCancelResponseEncoder.firmEncodingOffset(),
        event.buffer(),
        event.offset() + MassCanceledDecoder.firmEncodingOffset(),
        FIRM_LENGTH);
    return OuchMassCancelResponseEncoder.BLOCK_LENGTH
        + OuchAppendage.encode(
            event.buffer(),
            event.offset() + MassCanceledDecoder.tagsEncodingOffset(),
            OuchAppendage.MASS_CANCEL_TAGS,
            target,
            offset + OuchMassCancelResponseEncoder.BLOCK_LENGTH);
  }

  private int disabled(
      OrderEntryDisabledDecoder event, long timeNs, MutableDirectBuffer target, int offset) {
    disableResponse
        .wrap(target, offset)
        .messageType((byte) 'G')
        .timestamp(timeNs)
        .userRefNum(event.userRefNum());
    target.putBytes(
        offset + OuchDisableResponseEncoder.firmEncodingOffset(),
        event.buffer(),
        event.offset() + OrderEntryDisabledDecoder.firmEncodingOffset(),
        FIRM_LENGTH);
    return OuchDisableResponseEncoder.BLOCK_LENGTH
        + OuchAppendage.encodeUserRefIdx(
            event.userRefIdx(), target, offset + OuchDisableResponseEncoder.BLOCK_LENGTH);
  }

  private int enabled(
      OrderEntryEnabledDecoder event, long timeNs, MutableDirectBuffer target, int offset) {
    enableResponse
        .wrap(target, offset)
        .messageType((byte) 'K')
        .timestamp(timeNs)
        .userRefNum(event.userRefNum());
    target.putBytes(
        offset + OuchEnableResponseEncoder.firmEncodingOffset(),
        event.buffer(),
        event.offset() + OrderEntryEnabledDecoder.firmEncodingOffset(),
        FIRM_LENGTH);
    return OuchEnableResponseEncoder.BLOCK_LENGTH
        + OuchAppendage.encodeUserRefIdx(
            event.userRefIdx(), target, offset + OuchEnableResponseEncoder.BLOCK_LENGTH);
  }

  private int notified(
      SessionNotifiedDecoder event, long timeNs, MutableDirectBuffer target, int offset) {
    systemEvent
        .wrap(target, offset)
        .messageType((byte) 'S')
        .timestamp(timeNs)
        .eventCode(event.eventCode());
    return OuchSystemEventEncoder.BLOCK_LENGTH;
  }
}
