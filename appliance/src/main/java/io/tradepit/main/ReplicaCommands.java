package io.tradepit.main;

import io.tradepit.matching.Matcher;
import io.tradepit.protocol.sbe.MarkStateDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.recovery.Replayable;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** Recorded commands into a replica's matcher, with an eye on the marks among them. */
final class ReplicaCommands implements Replayable {
  private final Matcher matcher;

  /** Whether the last command was a mark that no one has taken yet. */
  boolean isMark;

  ReplicaCommands(Matcher matcher) {
    this.matcher = matcher;
  }

  @Override
  public boolean onCommand(
      long sequence, long timeNs, DirectBuffer buffer, int offset, int length) {
    int template =
        buffer.getShort(
            offset + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
    isMark = template == MarkStateDecoder.TEMPLATE_ID;
    return matcher.onCommand(sequence, timeNs, buffer, offset, length);
  }

  @Override
  public boolean resume() {
    return matcher.resume();
  }
}
