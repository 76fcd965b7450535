package io.tradepit.main;

import io.tradepit.matching.Capacities;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OpenDayDecoder;
import io.tradepit.recovery.RecoveryRefusedException;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHistory;

/**
 * What a recorded day was opened with: the first command of its log says it.
 *
 * @param capacities of the matching state
 * @param streamSession of members' streams and of the feed
 */
record RecordedDay(Capacities capacities, String streamSession) {
  /** Reads the first command; null when nothing was recorded before the end. */
  static RecordedDay read(LogHistory log, long end) {
    RecordedDay[] found = {null};
    log.read(
        log.startPosition(),
        end,
        (buffer, offset, length) -> {
          found[0] =
              decode(new MessageHeaderDecoder().wrap(buffer, offset + LogFrame.HEADER_LENGTH));
          return true;
        },
        1);
    return found[0];
  }

  private static RecordedDay decode(MessageHeaderDecoder header) {
    if (header.templateId() != OpenDayDecoder.TEMPLATE_ID) {
      throw new RecoveryRefusedException(
          "the log does not begin with the opening of a day: template=" + header.templateId());
    }
    OpenDayDecoder day =
        new OpenDayDecoder()
            .wrapAndApplyHeader(header.buffer(), header.offset(), new MessageHeaderDecoder());
    return new RecordedDay(
        new Capacities(
            (int) day.maxOrders(),
            (int) day.maxLevels(),
            (int) day.maxOpenOrdersOfSession(),
            day.maxInstruments(),
            day.maxSessions()),
        day.streamSession());
  }
}
