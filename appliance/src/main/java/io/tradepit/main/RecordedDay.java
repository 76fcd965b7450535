package io.tradepit.main;

import io.tradepit.matching.Capacities;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OpenDayDecoder;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHistory;
import org.agrona.DirectBuffer;

/**
 * What a recorded day was opened with, as its log says.
 *
 * @param capacities of the matching state
 * @param streamSession of members' streams and of the feed
 * @param ruleVersion that its commands were matched by
 * @param schemaVersion that its commands and events were written as
 */
record RecordedDay(
    Capacities capacities, String streamSession, int ruleVersion, int schemaVersion) {
  /**
   * Reads the command that opened the day; null when there is none before the end. An operator's
   * commands may stand before it where the day is opened by hand.
   */
  static RecordedDay read(LogHistory log, long end) {
    RecordedDay[] found = {null};
    long position = log.startPosition();
    long next = position;
    do {
      position = next;
      next = log.read(position, end, (buffer, offset, length) -> take(found, buffer, offset), 1);
    } while (found[0] == null && next > position);
    return found[0];
  }

  private static boolean take(RecordedDay[] found, DirectBuffer buffer, int offset) {
    MessageHeaderDecoder header =
        new MessageHeaderDecoder().wrap(buffer, offset + LogFrame.HEADER_LENGTH);
    if (header.templateId() == OpenDayDecoder.TEMPLATE_ID) {
      found[0] = decode(header);
    }
    return true;
  }

  private static RecordedDay decode(MessageHeaderDecoder header) {
    OpenDayDecoder day =
        new OpenDayDecoder()
            .wrapAndApplyHeader(header.buffer(), header.offset(), new MessageHeaderDecoder());
    return new RecordedDay(
        Capacities.of(day), day.streamSession(), day.ruleVersion(), day.schemaVersion());
  }
}
