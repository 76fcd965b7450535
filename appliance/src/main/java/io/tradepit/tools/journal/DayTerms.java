package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedFiles;
import io.tradepit.matching.Capacities;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OpenDayDecoder;
import io.tradepit.stream.LogFrame;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * What a day was opened with, as its log says.
 *
 * @param date yyyymmdd
 * @param midnightNs since the Unix epoch
 */
record DayTerms(
    Capacities capacities,
    int ruleVersion,
    long date,
    ZoneId zone,
    long midnightNs,
    String streamSession) {

  /** Reads the command that opened the day; an operator's commands may stand before it. */
  static Optional<DayTerms> read(RecordedFiles log) {
    try (LogCursor cursor = new LogCursor(log)) {
      while (cursor.next()) {
        if (isOpening(cursor.buffer())) {
          return Optional.of(decode(cursor.buffer()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOpening(DirectBuffer frame) {
    int template =
        frame.getShort(LogFrame.HEADER_LENGTH + MessageHeaderDecoder.templateIdEncodingOffset());
    return template == OpenDayDecoder.TEMPLATE_ID;
  }

  static DayTerms decode(DirectBuffer frame) {
    OpenDayDecoder day =
        new OpenDayDecoder()
            .wrapAndApplyHeader(frame, LogFrame.HEADER_LENGTH, new MessageHeaderDecoder());
    return new DayTerms(
        Capacities.of(day),
        day.ruleVersion(),
        day.date(),
        zone(day.zone().strip()),
        day.midnightNs(),
        day.streamSession().strip());
  }

  private static ZoneId zone(String name) {
    return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
  }

  /** 2026-11-26. */
  String dateText() {
    return "%04d-%02d-%02d".formatted(date / 10_000, date / 100 % 100, date % 100);
  }
}
