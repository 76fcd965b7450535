package io.tradepit.main;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import io.tradepit.protocol.sbe.DefineInstrumentEncoder;
import io.tradepit.protocol.sbe.DefineSessionEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OpenDayEncoder;
import io.tradepit.protocol.sbe.OriginEncoder;
import io.tradepit.protocol.sbe.StartTradingEncoder;
import io.tradepit.sequencer.SequencerAgent;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Writes the operator's commands that open a day into the operator's ring. Starting thread only;
 * may allocate.
 */
final class OperatorCommands {
  private static final int MESSAGE_TYPE = 1;
  private static final byte OPERATOR = 'A';

  private final RingBuffer ring;
  private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(512);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OpenDayEncoder openDay = new OpenDayEncoder();
  private final DefineInstrumentEncoder defineInstrument = new DefineInstrumentEncoder();
  private final DefineSessionEncoder defineSession = new DefineSessionEncoder();
  private final StartTradingEncoder startTrading = new StartTradingEncoder();
  private long gatewaySequence;

  /**
   * @param lastGatewaySequence of the segment itself, as it stands in the log; numbers go on behind
   *     it here to tell the commands apart, the one in the log is the sequencer's
   */
  OperatorCommands(RingBuffer ring, long lastGatewaySequence) {
    this.ring = ring;
    this.gatewaySequence = lastGatewaySequence;
  }

  long lastGatewaySequence() {
    return gatewaySequence;
  }

  /** Begins an OpenDay command; {@link #send} sends it. */
  OpenDayEncoder openDay() {
    openDay.wrapAndApplyHeader(buffer, 0, header);
    stamp(openDay.origin(), 0);
    return openDay;
  }

  DefineInstrumentEncoder defineInstrument() {
    defineInstrument.wrapAndApplyHeader(buffer, 0, header);
    stamp(defineInstrument.origin(), 0);
    return defineInstrument;
  }

  DefineSessionEncoder defineSession(int sessionId) {
    defineSession.wrapAndApplyHeader(buffer, 0, header);
    stamp(defineSession.origin(), sessionId);
    return defineSession;
  }

  StartTradingEncoder startTrading() {
    startTrading.wrapAndApplyHeader(buffer, 0, header);
    stamp(startTrading.origin(), 0);
    return startTrading;
  }

  /** Sends the command begun last. */
  void send(int blockLength) {
    int length = MessageHeaderEncoder.ENCODED_LENGTH + blockLength;
    if (!ring.write(MESSAGE_TYPE, buffer, 0, length)) {
      throw new StartException(
          ExitCode.CONFIGURATION,
          "definitions of the day: more than fit in a ring of " + ring.capacity() + " bytes");
    }
  }

  private void stamp(OriginEncoder origin, int sessionId) {
    origin
        .gatewaySequence(++gatewaySequence)
        .ingressTimeNs(0)
        .connectionEpoch(0)
        .sessionId(sessionId)
        .gateway((short) SequencerAgent.SEGMENT)
        .ingressSource(OPERATOR);
  }
}
