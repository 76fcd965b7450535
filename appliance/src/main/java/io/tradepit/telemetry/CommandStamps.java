package io.tradepit.telemetry;

import io.tradepit.protocol.sbe.ConnectSessionDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.time.Clock;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * The stamps that the agent of the matcher takes: released, once a batch, and matched, after each
 * command. Its thread only; allocates nothing, reads the clock once a batch and once a command.
 *
 * <p>They are read by the agent and never seen by the matcher, and stand in no event, so that live
 * run and replay are equal.
 */
public final class CommandStamps {
  /** Stamps nothing and reads no clock. */
  public static final CommandStamps NONE = new CommandStamps(null, null);

  private final StampTable table;
  private final Clock clock;
  private long releasedNs;
  private long ingressNs;
  private long origin;
  private byte source;

  CommandStamps(StampTable table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** A poll begins; the command that it brings first takes the released stamp for all of them. */
  public void onPoll() {
    if (table != null) {
      releasedNs = 0;
    }
  }

  /**
   * A released command comes, and is not applied yet.
   *
   * @param offset of its SBE header
   */
  public void onReleased(long sequence, DirectBuffer buffer, int offset) {
    if (table == null) {
      return;
    }
    if (releasedNs == 0) {
      releasedNs = clock.epochNs();
    }
    int at = offset + MessageHeaderDecoder.ENCODED_LENGTH;
    ingressNs =
        buffer.getLong(at + OriginDecoder.ingressTimeNsEncodingOffset(), ByteOrder.LITTLE_ENDIAN);
    source = buffer.getByte(at + OriginDecoder.ingressSourceEncodingOffset());
    origin = origin(sequence, buffer, offset, at);
    // Release, to be there when a gateway sees an event of the command; pairs with the acquire in
    // AnswerStamps.onFrame.
    table.origins.putLongRelease(table.originAt(sequence), origin);
  }

  /** It was applied, or its first step was. */
  public void onMatched(long sequence, long commandTimeNs) {
    if (table == null) {
      return;
    }
    int line = table.line(sequence);
    StampTable.begin(table.commands, line);
    table.commands.putLong(line + StampTable.INGRESS_OFFSET, ingressNs);
    table.commands.putLong(line + StampTable.SEQUENCED_OFFSET, commandTimeNs);
    table.commands.putLong(line + StampTable.RELEASED_OFFSET, releasedNs);
    table.commands.putLong(line + StampTable.MATCHED_OFFSET, clock.epochNs());
    table.commands.putLong(line + StampTable.ORIGIN_OFFSET, origin);
    table.commands.putLong(line + StampTable.SOURCE_OFFSET, source);
    StampTable.end(table.commands, line, sequence);
  }

  // Gateway 0 for what no member waits for: members' own templates come before those of sessions.
  private static long origin(long sequence, DirectBuffer buffer, int header, int at) {
    int template =
        buffer.getShort(
                header + MessageHeaderDecoder.templateIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN)
            & 0xFFFF;
    int gateway = buffer.getByte(at + OriginDecoder.gatewayEncodingOffset()) & 0xFF;
    int session =
        buffer.getShort(at + OriginDecoder.sessionIdEncodingOffset(), ByteOrder.LITTLE_ENDIAN)
            & 0xFFFF;
    boolean ofMember = template < ConnectSessionDecoder.TEMPLATE_ID;
    return StampTable.origin(sequence, ofMember ? gateway : 0, session);
  }
}
