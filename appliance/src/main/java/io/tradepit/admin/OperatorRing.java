package io.tradepit.admin;

import io.tradepit.protocol.sbe.CloseDayEncoder;
import io.tradepit.protocol.sbe.ControlSessionEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OriginEncoder;
import io.tradepit.protocol.sbe.SetTradingStateEncoder;
import io.tradepit.time.Clock;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Writes the operator's commands into the ring to the sequencer. Admin thread only.
 *
 * <p>A command's correlation id is its gateway sequence, so that it is unique over restarts of a
 * day.
 */
final class OperatorRing {
  /** Returned when the ring is full. */
  static final long FULL = -1;

  private static final int MESSAGE_TYPE = 1;
  private static final byte OPERATOR = 'A';

  private final RingBuffer ring;
  private final Clock clock;
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(256);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final CloseDayEncoder closeDay = new CloseDayEncoder();
  private final SetTradingStateEncoder setTradingState = new SetTradingStateEncoder();
  private final ControlSessionEncoder controlSession = new ControlSessionEncoder();
  private long lastSequence;

  OperatorRing(RingBuffer ring, Clock clock, long lastGatewaySequence) {
    this.ring = ring;
    this.clock = clock;
    this.lastSequence = lastGatewaySequence;
  }

  /**
   * @param who user id of the operator's process
   * @return the correlation id, or {@link #FULL}
   */
  long closeDay(int who) {
    closeDay.wrapAndApplyHeader(buffer, 0, header);
    origin(closeDay.origin(), 0);
    closeDay.correlationId(lastSequence + 1).who(Integer.toUnsignedLong(who));
    return send(CloseDayEncoder.BLOCK_LENGTH);
  }

  /**
   * @param state H halted, T trading
   * @param reason at most four characters
   */
  long setTradingState(int who, long symbol, char state, String reason) {
    setTradingState.wrapAndApplyHeader(buffer, 0, header);
    origin(setTradingState.origin(), 0);
    setTradingState
        .symbol(symbol)
        .correlationId(lastSequence + 1)
        .who(Integer.toUnsignedLong(who))
        .tradingState((byte) state);
    for (int i = 0; i < SetTradingStateEncoder.reasonLength(); i++) {
      setTradingState.reason(i, (byte) (i < reason.length() ? reason.charAt(i) : ' '));
    }
    return send(SetTradingStateEncoder.BLOCK_LENGTH);
  }

  /**
   * @param action D disable, E enable, C cancel all orders, X disconnect
   */
  long controlSession(int who, int sessionId, char action) {
    controlSession.wrapAndApplyHeader(buffer, 0, header);
    origin(controlSession.origin(), sessionId);
    controlSession
        .correlationId(lastSequence + 1)
        .who(Integer.toUnsignedLong(who))
        .action((byte) action);
    return send(ControlSessionEncoder.BLOCK_LENGTH);
  }

  private void origin(OriginEncoder origin, int sessionId) {
    origin
        .gatewaySequence(lastSequence + 1)
        .ingressTimeNs(clock.epochNs())
        .connectionEpoch(0)
        .sessionId(sessionId)
        .gateway((short) 0)
        .ingressSource(OPERATOR);
  }

  private long send(int blockLength) {
    int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
    if (!ring.write(MESSAGE_TYPE, buffer, 0, length)) {
      return FULL;
    }
    return ++lastSequence;
  }
}
