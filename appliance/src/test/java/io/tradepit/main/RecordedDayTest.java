package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tradepit.journal.InMemoryLog;
import io.tradepit.protocol.sbe.CloseDayEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OpenDayEncoder;
import io.tradepit.stream.LogFrame;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RecordedDayTest {
  private final InMemoryLog log = new InMemoryLog(1 << 16, 1 << 16, true);
  private final UnsafeBuffer header = new UnsafeBuffer(new byte[LogFrame.HEADER_LENGTH]);
  private final UnsafeBuffer body = new UnsafeBuffer(new byte[512]);

  @Test
  void shouldFindTheDayWhenOperatorsCommandsStandBeforeIt() {
    closeDay();
    closeDay();
    assertNull(RecordedDay.read(log.newHistory(), log.releasePosition()));

    OpenDayEncoder open =
        new OpenDayEncoder()
            .wrapAndApplyHeader(body, 0, new MessageHeaderEncoder())
            .maxOrders(7)
            .maxLevels(8)
            .maxOpenOrdersOfSession(16)
            .maxInstruments(2)
            .maxSessions(2)
            .ruleVersion(3)
            .streamSession("2026112001");
    offer(open.encodedLength());
    closeDay();

    RecordedDay day = RecordedDay.read(log.newHistory(), log.releasePosition());
    assertEquals(7, day.capacities().maxOrders());
    assertEquals("2026112001", day.streamSession());
    assertEquals(3, day.ruleVersion());
  }

  private void closeDay() {
    offer(
        new CloseDayEncoder()
            .wrapAndApplyHeader(body, 0, new MessageHeaderEncoder())
            .encodedLength());
  }

  private void offer(int blockLength) {
    log.offer(
        header, 0, header.capacity(), body, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength);
  }
}
