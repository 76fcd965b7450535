package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.cli.TradepitCommand;
import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.journal.RecordedDays;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The day of a running segment is closed and the next one begins, over TCP. */
@Timeout(120)
class DayRollTest {
  private static final int REASON_OF_CANCELED = 17;

  @TempDir Path directory;

  private record Answer(int code, String text) {}

  @Test
  void shouldBeginTheNextDayInTheSameProcess() throws Exception {
    TestSegment plan = new TestSegment(directory).write();
    try (SegmentProcess process = SegmentProcess.start(plan)) {
      String firstStream;
      List<byte[]> firstDay;
      try (Member member = plan.login("NPT1", 1)) {
        firstStream = member.session();
        member.send(OuchBytes.enter(1, 'B', 100, "ALDER", 1_000_000));
        member.send(OuchBytes.enter(2, 'B', 100, "BIRCH", 250_000));
        member.awaitMessages(3);
        Answer rolled = tradepit("day", "roll");
        assertEquals("day 1 is closed, day 2 has begun", rolled.text());
        assertEquals(0, rolled.code());
        member.await(member::isEnded);
        firstDay = List.copyOf(member.received);
      }
      assertEquals("SAACCS", types(firstDay), "both resting orders are canceled");
      assertEquals('E', firstDay.get(3)[REASON_OF_CANCELED]);
      try (Member member = plan.login("NPT1", 1)) {
        assertEquals(1, member.acceptedSequence());
        assertNotEquals(firstStream, member.session());
        member.awaitMessages(1);
        member.send(OuchBytes.enter(1, 'S', 100, "ALDER", 1_000_000));
        member.awaitMessages(2);
        assertEquals("SA", types(member.received), "numbers from 1, and nothing to meet");
      }
      try (Member late = Member.connect(plan.orderEntry)) {
        late.requestLogin("NPT1", plan.logins().get("NPT1"), firstStream, 1);
        late.await(() -> late.rejected() != 0);
        assertEquals('S', late.rejected());
      }
      assertEquals(0, process.stop(), process.output());
    }
    try (Segment segment = SegmentTest.start(plan)) {
      assertEquals(2, segment.day.journal.day());
    }
    Path data = directory.resolve("data");
    assertTrue(DayFolder.find(data.resolve("days"), 1).isPresent());
    RecordedDayFiles first = RecordedDays.open(data.resolve("archive").toFile()).day(1);
    assertTrue(first.log().isStopped() && first.log().lengthBytes() > 0);
    Tier.ran("day roll", "days=2 messagesOfTheFirst=6");
  }

  private Answer tradepit(String... words) {
    StringWriter out = new StringWriter();
    CommandLine line = TradepitCommand.commandLine((config, stream) -> 0, password -> password);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(out, true));
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--dir";
    all[words.length + 1] = directory.toString();
    int code = line.execute(all);
    return new Answer(code, out.toString().strip());
  }

  private static String types(List<byte[]> messages) {
    StringBuilder types = new StringBuilder();
    messages.forEach(message -> types.append((char) message[0]));
    return types.toString();
  }
}
