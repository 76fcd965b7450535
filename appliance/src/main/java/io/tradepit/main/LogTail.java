package io.tradepit.main;

import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHandler;
import io.tradepit.stream.LogHistory;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * What the end of the recorded log says that the matcher has not applied yet: numbers must go on
 * behind it.
 */
final class LogTail implements LogHandler {
  private final OriginDecoder origin = new OriginDecoder();
  private final long[] gatewaySequences = new long[256];
  private long sequence;
  private long timeNs;
  private int connectionEpoch;

  /**
   * @param lastSequence and {@code lastTimeNs} of what the matcher has applied
   */
  LogTail(long lastSequence, long lastTimeNs) {
    sequence = lastSequence;
    timeNs = lastTimeNs;
  }

  LogTail scan(LogHistory log, long from, long to) {
    long position = from;
    while (position < to) {
      long next = log.read(position, to, this, Integer.MAX_VALUE);
      if (next == position) {
        break;
      }
      position = next;
    }
    return this;
  }

  @Override
  public boolean onFrame(DirectBuffer buffer, int offset, int length) {
    sequence = buffer.getLong(offset + LogFrame.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
    timeNs = buffer.getLong(offset + LogFrame.TIME_NS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    origin.wrap(buffer, offset + LogFrame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH);
    int gateway = origin.gateway();
    gatewaySequences[gateway] = Math.max(gatewaySequences[gateway], origin.gatewaySequence());
    connectionEpoch = Math.max(connectionEpoch, origin.connectionEpoch());
    return true;
  }

  /** Sequence number of the last command in the log, 0 when there is none. */
  long sequence() {
    return sequence;
  }

  /** Its time. */
  long timeNs() {
    return timeNs;
  }

  /** The highest sequence of a gateway in the tail, 0 when it has none there. */
  long gatewaySequence(int gateway) {
    return gatewaySequences[gateway];
  }

  /** The highest connection epoch in the tail. */
  int connectionEpoch() {
    return connectionEpoch;
  }
}
