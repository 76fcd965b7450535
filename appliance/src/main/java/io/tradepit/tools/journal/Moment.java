package io.tradepit.tools.journal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * A moment of a day between two commands.
 *
 * @param text as it was asked for
 * @param lastSequence of the last command before it; Long.MAX_VALUE when a time decides
 * @param lastTimeNs of the last command before it, since the Unix epoch; Long.MAX_VALUE when a
 *     number decides
 */
record Moment(String text, long lastSequence, long lastTimeNs) {
  /**
   * Behind a command ({@code 1234}), or at a time of the day in its zone ({@code 14:03:07.250}).
   *
   * @throws IllegalArgumentException when it is neither
   */
  static Moment of(String text, DayTerms day) {
    if (text.matches("\\d{1,18}")) {
      return new Moment(text, Long.parseLong(text), Long.MAX_VALUE);
    }
    try {
      LocalDate date = LocalDate.parse(day.dateText());
      Instant instant = LocalTime.parse(text).atDate(date).atZone(day.zone()).toInstant();
      return new Moment(text, Long.MAX_VALUE, ChronoUnit.NANOS.between(Instant.EPOCH, instant));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "moment=" + text + ": allowed a time such as 14:03:07.250, or a command's number", e);
    }
  }

  boolean isBefore(long sequence, long timeNs) {
    return sequence > lastSequence || timeNs > lastTimeNs;
  }
}
