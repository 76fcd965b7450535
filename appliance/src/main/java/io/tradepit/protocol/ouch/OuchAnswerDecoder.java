package io.tradepit.protocol.ouch;

import io.tradepit.protocol.ouch.wire.OuchAcceptedDecoder;
import io.tradepit.protocol.ouch.wire.OuchAccountQueryResponseDecoder;
import io.tradepit.protocol.ouch.wire.OuchAiqCanceledDecoder;
import io.tradepit.protocol.ouch.wire.OuchBrokenTradeDecoder;
import io.tradepit.protocol.ouch.wire.OuchCancelPendingDecoder;
import io.tradepit.protocol.ouch.wire.OuchCancelRejectDecoder;
import io.tradepit.protocol.ouch.wire.OuchCanceledDecoder;
import io.tradepit.protocol.ouch.wire.OuchDisableResponseDecoder;
import io.tradepit.protocol.ouch.wire.OuchEnableResponseDecoder;
import io.tradepit.protocol.ouch.wire.OuchExecutedDecoder;
import io.tradepit.protocol.ouch.wire.OuchMassCancelResponseDecoder;
import io.tradepit.protocol.ouch.wire.OuchModifiedDecoder;
import io.tradepit.protocol.ouch.wire.OuchPriorityUpdateDecoder;
import io.tradepit.protocol.ouch.wire.OuchRejectedDecoder;
import io.tradepit.protocol.ouch.wire.OuchReplacedDecoder;
import io.tradepit.protocol.ouch.wire.OuchRestatedDecoder;
import io.tradepit.protocol.ouch.wire.OuchSystemEventDecoder;
import org.agrona.DirectBuffer;

/**
 * Reads the OUCH 5.0 messages that the venue sends (2.6 of the protocol) and hands each to a
 * listener: the member's side of {@link OuchEventEncoder}. One thread; nothing allocates.
 */
public final class OuchAnswerDecoder {
  /** Returned for a letter that no outbound message has, and for no bytes at all. */
  public static final int UNKNOWN_TYPE = -1;

  /** Returned for a message with a wrong length or a broken appendage. */
  public static final int MALFORMED = -2;

  private final OuchSystemEventDecoder systemEvent = new OuchSystemEventDecoder();
  private final OuchAcceptedDecoder accepted = new OuchAcceptedDecoder();
  private final OuchReplacedDecoder replaced = new OuchReplacedDecoder();
  private final OuchCanceledDecoder canceled = new OuchCanceledDecoder();
  private final OuchAiqCanceledDecoder aiqCanceled = new OuchAiqCanceledDecoder();
  private final OuchExecutedDecoder executed = new OuchExecutedDecoder();
  private final OuchBrokenTradeDecoder brokenTrade = new OuchBrokenTradeDecoder();
  private final OuchRejectedDecoder rejected = new OuchRejectedDecoder();
  private final OuchCancelPendingDecoder cancelPending = new OuchCancelPendingDecoder();
  private final OuchCancelRejectDecoder cancelReject = new OuchCancelRejectDecoder();
  private final OuchPriorityUpdateDecoder priorityUpdate = new OuchPriorityUpdateDecoder();
  private final OuchModifiedDecoder modified = new OuchModifiedDecoder();
  private final OuchRestatedDecoder restated = new OuchRestatedDecoder();
  private final OuchMassCancelResponseDecoder massCancelResponse =
      new OuchMassCancelResponseDecoder();
  private final OuchDisableResponseDecoder disableResponse = new OuchDisableResponseDecoder();
  private final OuchEnableResponseDecoder enableResponse = new OuchEnableResponseDecoder();
  private final OuchAccountQueryResponseDecoder accountQueryResponse =
      new OuchAccountQueryResponseDecoder();

  private int channel;

  /**
   * Reads one message. What the protocol lets a venue leave out or put there, an appendage, is
   * taken both ways.
   *
   * @param length all bytes of the message
   * @return the length, {@link #UNKNOWN_TYPE} or {@link #MALFORMED}
   */
  public int decode(DirectBuffer buffer, int offset, int length, OuchAnswerListener listener) {
    int block = length == 0 ? 0 : blockLength(buffer.getByte(offset));
    if (block == 0) {
      return UNKNOWN_TYPE;
    }
    int end = offset + length;
    boolean bare = length == block;
    if (!bare && (length < block || !OuchAppendage.isValid(buffer, offset + block, end))) {
      return MALFORMED;
    }
    channel = bare ? 0 : OuchAppendage.userRefIdx(buffer, offset + block, end);
    dispatch(buffer, offset, listener);
    return length;
  }

  /** The channel (tag 28) of the message that was read last; 0 = none. */
  public int userRefIdx() {
    return channel;
  }

  /** Bytes of the fixed part of an outbound message, 0 for an unknown letter. */
  public static int blockLength(byte type) {
    return switch (type) {
      case 'S' -> OuchSystemEventDecoder.BLOCK_LENGTH;
      case 'A' -> OuchAcceptedDecoder.BLOCK_LENGTH;
      case 'U' -> OuchReplacedDecoder.BLOCK_LENGTH;
      case 'C' -> OuchCanceledDecoder.BLOCK_LENGTH;
      case 'D' -> OuchAiqCanceledDecoder.BLOCK_LENGTH;
      case 'E' -> OuchExecutedDecoder.BLOCK_LENGTH;
      case 'B' -> OuchBrokenTradeDecoder.BLOCK_LENGTH;
      case 'J' -> OuchRejectedDecoder.BLOCK_LENGTH;
      case 'P' -> OuchCancelPendingDecoder.BLOCK_LENGTH;
      case 'I' -> OuchCancelRejectDecoder.BLOCK_LENGTH;
      case 'T' -> OuchPriorityUpdateDecoder.BLOCK_LENGTH;
      case 'M' -> OuchModifiedDecoder.BLOCK_LENGTH;
      case 'R' -> OuchRestatedDecoder.BLOCK_LENGTH;
      case 'X' -> OuchMassCancelResponseDecoder.BLOCK_LENGTH;
      case 'G' -> OuchDisableResponseDecoder.BLOCK_LENGTH;
      case 'K' -> OuchEnableResponseDecoder.BLOCK_LENGTH;
      case 'Q' -> OuchAccountQueryResponseDecoder.BLOCK_LENGTH;
      default -> 0;
    };
  }

  private void dispatch(DirectBuffer buffer, int offset, OuchAnswerListener listener) {
    switch (buffer.getByte(offset)) {
      case 'S' ->
          listener.onSystemEvent(
              systemEvent.wrap(buffer, offset, OuchSystemEventDecoder.BLOCK_LENGTH, 0));
      case 'A' ->
          listener.onAccepted(accepted.wrap(buffer, offset, OuchAcceptedDecoder.BLOCK_LENGTH, 0));
      case 'U' ->
          listener.onReplaced(replaced.wrap(buffer, offset, OuchReplacedDecoder.BLOCK_LENGTH, 0));
      case 'C' ->
          listener.onCanceled(canceled.wrap(buffer, offset, OuchCanceledDecoder.BLOCK_LENGTH, 0));
      case 'D' ->
          listener.onAiqCanceled(
              aiqCanceled.wrap(buffer, offset, OuchAiqCanceledDecoder.BLOCK_LENGTH, 0));
      case 'E' ->
          listener.onExecuted(executed.wrap(buffer, offset, OuchExecutedDecoder.BLOCK_LENGTH, 0));
      case 'B' ->
          listener.onBrokenTrade(
              brokenTrade.wrap(buffer, offset, OuchBrokenTradeDecoder.BLOCK_LENGTH, 0));
      case 'J' ->
          listener.onRejected(rejected.wrap(buffer, offset, OuchRejectedDecoder.BLOCK_LENGTH, 0));
      case 'P' ->
          listener.onCancelPending(
              cancelPending.wrap(buffer, offset, OuchCancelPendingDecoder.BLOCK_LENGTH, 0));
      case 'I' ->
          listener.onCancelReject(
              cancelReject.wrap(buffer, offset, OuchCancelRejectDecoder.BLOCK_LENGTH, 0));
      case 'T' ->
          listener.onPriorityUpdate(
              priorityUpdate.wrap(buffer, offset, OuchPriorityUpdateDecoder.BLOCK_LENGTH, 0));
      case 'M' ->
          listener.onModified(modified.wrap(buffer, offset, OuchModifiedDecoder.BLOCK_LENGTH, 0));
      case 'R' ->
          listener.onRestated(restated.wrap(buffer, offset, OuchRestatedDecoder.BLOCK_LENGTH, 0));
      case 'X' ->
          listener.onMassCancelResponse(
              massCancelResponse.wrap(
                  buffer, offset, OuchMassCancelResponseDecoder.BLOCK_LENGTH, 0));
      case 'G' ->
          listener.onDisableResponse(
              disableResponse.wrap(buffer, offset, OuchDisableResponseDecoder.BLOCK_LENGTH, 0));
      case 'K' ->
          listener.onEnableResponse(
              enableResponse.wrap(buffer, offset, OuchEnableResponseDecoder.BLOCK_LENGTH, 0));
      default ->
          listener.onAccountQueryResponse(
              accountQueryResponse.wrap(
                  buffer, offset, OuchAccountQueryResponseDecoder.BLOCK_LENGTH, 0));
    }
  }
}
