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

/**
 * Takes the messages that {@link OuchAnswerDecoder} reads. A message is valid during the call only.
 * What a listener does not override it ignores.
 */
public interface OuchAnswerListener {
  default void onSystemEvent(OuchSystemEventDecoder message) {}

  default void onAccepted(OuchAcceptedDecoder message) {}

  default void onReplaced(OuchReplacedDecoder message) {}

  default void onCanceled(OuchCanceledDecoder message) {}

  default void onAiqCanceled(OuchAiqCanceledDecoder message) {}

  default void onExecuted(OuchExecutedDecoder message) {}

  default void onBrokenTrade(OuchBrokenTradeDecoder message) {}

  default void onRejected(OuchRejectedDecoder message) {}

  default void onCancelPending(OuchCancelPendingDecoder message) {}

  default void onCancelReject(OuchCancelRejectDecoder message) {}

  default void onPriorityUpdate(OuchPriorityUpdateDecoder message) {}

  default void onModified(OuchModifiedDecoder message) {}

  default void onRestated(OuchRestatedDecoder message) {}

  default void onMassCancelResponse(OuchMassCancelResponseDecoder message) {}

  default void onDisableResponse(OuchDisableResponseDecoder message) {}

  default void onEnableResponse(OuchEnableResponseDecoder message) {}

  default void onAccountQueryResponse(OuchAccountQueryResponseDecoder message) {}
}
