package io.tradepit.tools.journal;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.journal.RecordedDays;
import io.tradepit.stream.LogFailedException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The recorded days of a segment, and the one that is meant. */
final class JournalPlace {
  private final Path archive;
  private final RecordedDays days;

  JournalPlace(SegmentConfig config) {
    archive = SegmentPaths.of(config).archive();
    days = RecordedDays.open(archive.toFile());
  }

  RecordedDays days() {
    return days;
  }

  /**
   * The number of the day that is meant.
   *
   * @param asked from 1; 0 = the newest
   * @throws StartException when there is no such day
   */
  int number(int asked) {
    if (days.numbers().isEmpty()) {
      throw new StartException(
          ExitCode.OTHER, "archive=" + archive + ": no recorded day there; is --dir right?");
    }
    int number = asked == 0 ? days.numbers().getLast() : asked;
    if (!days.numbers().contains(number)) {
      throw new StartException(
          ExitCode.CONFIGURATION,
          "day="
              + asked
              + ": allowed "
              + days.numbers().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }
    return number;
  }

  /**
   * The files of the day that is meant.
   *
   * @throws StartException when there is no such day, or a recording is damaged at its end
   */
  RecordedDayFiles day(int asked) {
    int number = number(asked);
    try {
      return days.day(number);
    } catch (LogFailedException e) {
      throw new StartException(ExitCode.RECOVERY_REFUSED, "day=" + number + ": " + e.getMessage());
    }
  }
}
