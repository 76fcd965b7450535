package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import io.tradepit.journal.Durability;
import io.tradepit.journal.Journal;
import io.tradepit.journal.JournalContext;
import io.tradepit.matching.Matcher;
import io.tradepit.protocol.sbe.DayClosedEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OpenDayEncoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.LogFrame;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A start on the recordings of a build with other rules. */
@Timeout(60)
class OtherRulesTest {
  private static final long TIME_NS = 1_000;

  @TempDir Path directory;

  private final UnsafeBuffer frame = new UnsafeBuffer(new byte[512]);

  @Test
  void shouldRefuseAnOpenDayOfOtherRulesByName() throws IOException {
    SegmentConfig config = config();
    record(config, 1, OpenDayEncoder.SCHEMA_VERSION, false);

    StartException refused = assertThrows(StartException.class, () -> Segment.start(config));

    assertEquals(ExitCode.RECOVERY_REFUSED, refused.exitCode());
    assertEquals(
        "ruleVersion logged=1 here="
            + Matcher.RULE_VERSION
            + " day=1: this build can't replay the day, which is not closed;"
            + " close it with the build that has its rules",
        refused.getMessage());
    assertFalse(SegmentPaths.of(config).aeron().getParent().toFile().exists());
  }

  @Test
  void shouldRefuseAnOpenDayOfAnotherSchemaByName() throws IOException {
    SegmentConfig config = config();
    int other = OpenDayEncoder.SCHEMA_VERSION + 1;
    record(config, Matcher.RULE_VERSION, other, false);

    StartException refused = assertThrows(StartException.class, () -> Segment.start(config));

    assertEquals(ExitCode.RECOVERY_REFUSED, refused.exitCode());
    assertEquals(
        "schemaVersion logged="
            + other
            + " here="
            + OpenDayEncoder.SCHEMA_VERSION
            + " day=1: this build can't replay the day, which is not closed;"
            + " close it with the build that has its rules",
        refused.getMessage());
  }

  @Test
  void shouldBeginANewDayAfterAClosedOneOfOtherRules() throws IOException {
    SegmentConfig config = config();
    record(config, 1, OpenDayEncoder.SCHEMA_VERSION, true);

    try (Segment segment = Segment.start(config)) {
      assertEquals(2, segment.day.journal.day());
      assertFalse(segment.day.journal.isContinued());
      assertFalse(segment.faults.isStopping());
    }
    try (Segment segment = Segment.start(config)) {
      assertEquals(2, segment.day.journal.day());
    }
  }

  private SegmentConfig config() throws IOException {
    TestSegment segment = new TestSegment(directory).write();
    return SegmentConfigReader.read(segment.file, directory);
  }

  private void record(SegmentConfig config, int ruleVersion, int schemaVersion, boolean closed) {
    SegmentPaths paths = SegmentPaths.of(config);
    JournalContext context =
        new JournalContext()
            .aeronDirectory(paths.aeron().toFile())
            .archiveDirectory(paths.archive().toFile())
            .durability(Durability.RECORDED)
            .errorHandler(error -> {});
    try (Journal journal = Journal.open(context)) {
      int command =
          new OpenDayEncoder()
              .wrapAndApplyHeader(frame, LogFrame.HEADER_LENGTH, new MessageHeaderEncoder())
              .maxOrders(10)
              .maxLevels(10)
              .maxOpenOrdersOfSession(10)
              .maxInstruments(2)
              .maxSessions(2)
              .ruleVersion(ruleVersion)
              .schemaVersion(schemaVersion)
              .streamSession("2026112001")
              .encodedLength();
      frame.putLong(LogFrame.SEQUENCE_OFFSET, 1);
      frame.putLong(LogFrame.TIME_NS_OFFSET, TIME_NS);
      int length = MessageHeaderEncoder.ENCODED_LENGTH + command;
      journal.log().offer(frame, 0, LogFrame.HEADER_LENGTH, frame, LogFrame.HEADER_LENGTH, length);
      if (closed) {
        int event =
            new DayClosedEncoder()
                .wrapAndApplyHeader(frame, EventFrame.HEADER_LENGTH, new MessageHeaderEncoder())
                .date(20_261_120)
                .encodedLength();
        frame.putShort(EventFrame.COUNT_OFFSET, (short) 1);
        int bytes = EventFrame.HEADER_LENGTH + MessageHeaderEncoder.ENCODED_LENGTH + event;
        journal.events().offer(frame, 0, (bytes + 7) & ~7);
      }
    }
    paths.removeEmpty();
  }
}
