package io.tradepit.main;

import io.tradepit.protocol.sbe.MarkStateEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.sequencer.SequencerAgent;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/** Sends marks to the sequencer: where a snapshot is to be taken. One thread. */
final class MarkCommands {
  private static final int MESSAGE_TYPE = 1;
  private static final byte SEGMENT = 'S';
  private static final int LENGTH =
      MessageHeaderEncoder.ENCODED_LENGTH + MarkStateEncoder.BLOCK_LENGTH;

  private final RingBuffer ring;
  private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
  private final MarkStateEncoder mark = new MarkStateEncoder();
  private long marks;

  MarkCommands(RingBuffer ring) {
    this.ring = ring;
    mark.wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
    mark.origin()
        .gatewaySequence(0) // the sequencer gives it
        .ingressTimeNs(0)
        .connectionEpoch(0)
        .sessionId(0)
        .gateway((short) SequencerAgent.SEGMENT)
        .ingressSource(SEGMENT);
  }

  /** Sends a mark; false when the ring is full. */
  boolean mark() {
    mark.correlationId(marks + 1);
    if (!ring.write(MESSAGE_TYPE, buffer, 0, LENGTH)) {
      return false;
    }
    marks++;
    return true;
  }
}
