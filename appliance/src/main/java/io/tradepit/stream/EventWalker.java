package io.tradepit.stream;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

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
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Takes event frames apart: which event is a message of which session, and which is something else.
 * One thread; allocates nothing.
 */
public final class EventWalker implements EventHandler {
  private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;

  private final Listener listener;

  /** What a frame is taken apart into; the frame's buffer is valid during the call. */
  public interface Listener {
    /**
     * A message of a session.
     *
     * @param eventOffset of the SBE header
     * @param incoming of an execution: the incoming order's side
     * @param position of the frame
     */
    void onMessage(
        int sessionId,
        long number,
        DirectBuffer buffer,
        int eventOffset,
        boolean incoming,
        long wireTimeNs,
        long position);

    /** An event that is no message of a session. */
    void onOther(int templateId, DirectBuffer buffer, int eventOffset);
  }

  public EventWalker(Listener listener) {
    this.listener = listener;
  }

  @Override
  public void onFrame(DirectBuffer buffer, int offset, int length, long position) {
    long wireTimeNs = buffer.getLong(offset + EventFrame.WIRE_TIME_NS_OFFSET, LITTLE_ENDIAN);
    int count = buffer.getShort(offset + EventFrame.COUNT_OFFSET, LITTLE_ENDIAN) & 0xFFFF;
    int at = offset + EventFrame.HEADER_LENGTH;
    for (int i = 0; i < count; i++) {
      int block = buffer.getShort(at, LITTLE_ENDIAN) & 0xFFFF;
      onEvent(buffer, at, wireTimeNs, position);
      at += BitUtil.align(HEADER + block, EventFrame.EVENT_ALIGNMENT);
    }
  }

  private void onEvent(DirectBuffer buffer, int at, long wireTimeNs, long position) {
    int template =
        buffer.getShort(at + MessageHeaderDecoder.templateIdEncodingOffset(), LITTLE_ENDIAN)
            & 0xFFFF;
    if (template == OrderExecutedDecoder.TEMPLATE_ID) {
      onExecuted(buffer, at, wireTimeNs, position);
      return;
    }
    int sessionOffset = sessionIdOffset(template);
    if (sessionOffset < 0) {
      listener.onOther(template, buffer, at);
      return;
    }
    // The message number is the first field of every event that is a message of one session.
    onMessage(buffer, at, 0, sessionOffset, false, wireTimeNs, position);
  }

  private void onExecuted(DirectBuffer buffer, int at, long wireTimeNs, long position) {
    onMessage(
        buffer,
        at,
        OrderExecutedDecoder.restingMessageNumberEncodingOffset(),
        OrderExecutedDecoder.restingSessionIdEncodingOffset(),
        false,
        wireTimeNs,
        position);
    onMessage(
        buffer,
        at,
        OrderExecutedDecoder.incomingMessageNumberEncodingOffset(),
        OrderExecutedDecoder.incomingSessionIdEncodingOffset(),
        true,
        wireTimeNs,
        position);
  }

  private void onMessage(
      DirectBuffer buffer,
      int at,
      int numberOffset,
      int sessionOffset,
      boolean incoming,
      long wireTimeNs,
      long position) {
    long number = buffer.getLong(at + HEADER + numberOffset, LITTLE_ENDIAN);
    if (number != 0) {
      int session = buffer.getShort(at + HEADER + sessionOffset, LITTLE_ENDIAN) & 0xFFFF;
      listener.onMessage(session, number, buffer, at, incoming, wireTimeNs, position);
    }
  }

  private static int sessionIdOffset(int template) {
    return switch (template) {
      case OrderAcceptedDecoder.TEMPLATE_ID -> OrderAcceptedDecoder.sessionIdEncodingOffset();
      case OrderReplacedDecoder.TEMPLATE_ID -> OrderReplacedDecoder.sessionIdEncodingOffset();
      case OrderCanceledDecoder.TEMPLATE_ID -> OrderCanceledDecoder.sessionIdEncodingOffset();
      case OrderRejectedDecoder.TEMPLATE_ID -> OrderRejectedDecoder.sessionIdEncodingOffset();
      case OrderModifiedDecoder.TEMPLATE_ID -> OrderModifiedDecoder.sessionIdEncodingOffset();
      case AccountQueriedDecoder.TEMPLATE_ID -> AccountQueriedDecoder.sessionIdEncodingOffset();
      case MassCanceledDecoder.TEMPLATE_ID -> MassCanceledDecoder.sessionIdEncodingOffset();
      case OrderEntryDisabledDecoder.TEMPLATE_ID ->
          OrderEntryDisabledDecoder.sessionIdEncodingOffset();
      case OrderEntryEnabledDecoder.TEMPLATE_ID ->
          OrderEntryEnabledDecoder.sessionIdEncodingOffset();
      case SessionNotifiedDecoder.TEMPLATE_ID -> SessionNotifiedDecoder.sessionIdEncodingOffset();
      default -> -1;
    };
  }
}
