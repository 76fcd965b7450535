package io.tradepit.publication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.telemetry.CounterFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PublisherAgentTest {
  private static final long TIME_NS = 0x1f1aced9f07bL;
  private static final String SESSION = "20261120A ";
  private static final String SESSION_HEX = "32303236313132304120";
  private static final String TIME_HEX = "1f1aced9f07b";

  private final EventScript events = new EventScript();
  private final CapturedLine lineA = new CapturedLine();
  private final CapturedLine lineB = new CapturedLine();
  private final Map<String, AtomicCounter> counters = new HashMap<>();
  private long nowNs = TimeUnit.SECONDS.toNanos(1_000);

  @Test
  void shouldPublishEachEventAsItsMessageInOnePacket() {
    events
        .dayOpened(SESSION)
        .connected()
        .notified(1, 'O')
        .listed(2, 100)
        .tradingState(3, 'T', "")
        .tradingState(4, 'H', "LUDP")
        .frame(TIME_NS)
        .accepted(5, 1001, 'B', 'Y', 100, 1_503_400)
        .accepted(0, 1002, 'B', 'Y', 100, 1_503_400)
        .accepted(6, 1003, 'S', 'A', 250, 1_503_500)
        .rested(7, 1004, 'T', 'Y', 5, 1_503_600)
        .rested(8, 1005, 'E', 'A', 6, 1_503_700)
        .frame(TIME_NS)
        .executed(9, 1001, 40, 9001)
        .modified(10, 1001, 10)
        .canceled(11, 1001, 5, 45)
        .replaced(12, 1001, 1006, 'U', 75, 1_503_300)
        .replaced(13, 1006, 1007, 'D', 75, 1_503_300)
        .canceled(14, 1003, 250, 0)
        .canceled(0, 1009, 250, 0)
        .frame(TIME_NS);
    agent(context()).doWork();

    String header = "0007" + "0000" + TIME_HEX;
    String expected =
        SESSION_HEX
            + "0000000000000001"
            + "000e"
            + block("53" + "00000000" + TIME_HEX + "4f")
            + block(
                "52"
                    + header
                    + "41434d4520202020"
                    + "2020"
                    + "00000064"
                    + "5951"
                    + "5a20"
                    + "50202020"
                    + "4e"
                    + "00000000"
                    + "4e")
            + block("48" + header + "41434d4520202020" + "5420" + "20202020")
            + block("48" + header + "41434d4520202020" + "4820" + "4c554450")
            + block(
                "41"
                    + header
                    + "00000000000003e9"
                    + "42"
                    + "00000064"
                    + "41434d4520202020"
                    + "0016f0a8")
            + block(
                "46"
                    + header
                    + "00000000000003eb"
                    + "53"
                    + "000000fa"
                    + "41434d4520202020"
                    + "0016f10c"
                    + "4d4b5220")
            + block(
                "41"
                    + header
                    + "00000000000003ec"
                    + "53"
                    + "00000005"
                    + "41434d4520202020"
                    + "0016f170")
            + block(
                "46"
                    + header
                    + "00000000000003ed"
                    + "53"
                    + "00000006"
                    + "41434d4520202020"
                    + "0016f1d4"
                    + "4d4b5241")
            + block("45" + header + "00000000000003e9" + "00000028" + "0000000000002329")
            + block("58" + header + "00000000000003e9" + "0000000a")
            + block("58" + header + "00000000000003e9" + "00000005")
            + block(
                "55" + header + "00000000000003e9" + "00000000000003ee" + "0000004b" + "0016f044")
            + block("44" + header + "00000000000003ee")
            + block("44" + header + "00000000000003eb");
    assertEquals(List.of(expected), lineA.packets);
    assertEquals(lineA.packets, lineB.packets);
    assertEquals(14, counters.get("feed_messages_total").get());
  }

  @Test
  void shouldBeginAnotherPacketOnlyWhenAMessageDoesNotFit() {
    events.dayOpened(SESSION);
    for (int number = 1; number <= 100; number++) {
      events.accepted(number, number, 'B', 'Y', 1, 100);
    }
    events.frame(TIME_NS);
    agent(context()).doWork();

    // 36 blocks of 38 bytes fit into 1,400 bytes with the header.
    assertEquals(
        List.of(20 + 36 * 38, 20 + 36 * 38, 20 + 28 * 38),
        lineA.packets.stream().map(hex -> hex.length() / 2).toList());
    assertEquals(List.of(1L, 37L, 73L), sequences(lineA));
    assertEquals(lineA.packets, lineB.packets);
  }

  @Test
  void shouldSendHeartbeatsWithTheNextNumberWhenIdle() {
    events.dayOpened(SESSION).notified(1, 'O').frame(TIME_NS);
    PublisherAgent agent = agent(context());
    agent.doWork();
    pass(agent, 999_999_999L);
    assertEquals(1, lineA.packets.size());

    pass(agent, 1);
    pass(agent, 1_000_000_000L);
    String heartbeat = SESSION_HEX + "00000000000000020000";
    assertEquals(List.of(heartbeat, heartbeat), lineA.packets.subList(1, 3));
    assertEquals(lineA.packets, lineB.packets);
    assertEquals(0, agent.doWork());
  }

  @Test
  void shouldSendNothingBeforeADayIsOpened() {
    PublisherAgent agent = agent(context());
    pass(agent, 5_000_000_000L);
    assertEquals(List.of(), lineA.packets);
  }

  @Test
  void shouldRepeatTheEndOfSessionForTenSecondsAndThenBeSilent() {
    events.dayOpened(SESSION).notified(1, 'C').dayClosed().frame(TIME_NS);
    PublisherAgent agent = agent(context());
    agent.doWork();
    String end = SESSION_HEX + "0000000000000002ffff";
    assertEquals(2, lineA.packets.size());
    assertEquals(end, lineA.packets.get(1));

    for (int second = 1; second <= 10; second++) {
      assertFalse(agent.isEnded());
      pass(agent, 1_000_000_000L);
      assertEquals(end, lineA.packets.getLast());
      assertEquals(2 + second, lineA.packets.size());
    }
    for (int second = 0; second < 5; second++) {
      pass(agent, 1_000_000_000L);
    }
    assertTrue(agent.isEnded());
    assertEquals(12, lineA.packets.size());
    assertEquals(lineA.packets, lineB.packets);
  }

  @Test
  void shouldBeginAtOneWhenAnotherDayIsOpened() {
    events
        .dayOpened(SESSION)
        .notified(1, 'C')
        .dayClosed()
        .frame(TIME_NS)
        .dayOpened("20261121A ")
        .notified(1, 'O')
        .frame(TIME_NS);
    agent(context()).doWork();

    assertEquals(3, lineA.packets.size());
    assertTrue(lineA.packets.get(2).startsWith("32303236313132314120" + "00000000000000010001"));
  }

  @Test
  void shouldOfferARefusedPacketAgainWithoutLoss() {
    lineB.refusing = true;
    events.dayOpened(SESSION).notified(1, 'O').frame(TIME_NS).notified(2, 'S').frame(TIME_NS);
    PublisherAgent agent = agent(context().framesPerDutyCycle(1));
    agent.doWork();
    agent.doWork();
    assertEquals(2, lineA.packets.size());
    assertEquals(2, lineB.attempts);

    lineB.refusing = false;
    agent.doWork();
    assertEquals(2, lineB.packets.size());
    assertEquals(lineA.packets, lineB.packets);
    assertEquals(2, counters.get("feed_line_b_refused_total").get());
    assertEquals(0, counters.get("feed_line_b_lost_total").get());
  }

  @Test
  void shouldStopReadingWhileALineRefusesAndLoseNothing() {
    lineA.refusing = true;
    notifyOnePerFrame(1_000);
    PublisherAgent agent = agent(context().framesPerDutyCycle(1));
    for (int i = 0; i < 2_000; i++) {
      agent.doWork();
    }
    assertTrue(lineB.packets.size() < 512, "packets=" + lineB.packets.size());
    assertTrue(counters.get("feed_stalls_total").get() > 0);

    lineA.refusing = false;
    for (int i = 0; i < 2_000; i++) {
      agent.doWork();
    }
    assertEquals(1_000, lineA.packets.size());
    assertEquals(lineA.packets, lineB.packets);
  }

  @Test
  void shouldGoOnWithTheOtherLineWhenOneIsDown() {
    lineA.failing = true;
    notifyOnePerFrame(2_000);
    PublisherAgent agent = agent(context().framesPerDutyCycle(1));
    for (int i = 0; i < 4_000; i++) {
      pass(agent, 1_000_000);
    }
    assertEquals(2_000, sequences(lineB).stream().filter(n -> n <= 2_000).count());
    assertTrue(counters.get("feed_line_a_lost_total").get() > 1_000);
    assertEquals(40, counters.get("feed_line_a_faults_total").get());

    lineA.failing = false;
    pass(agent, 100_000_000);
    assertEquals(
        lineB.packets.subList(lineB.packets.size() - lineA.packets.size(), lineB.packets.size()),
        lineA.packets);
    assertEquals(
        lineB.packets.size(), lineA.packets.size() + counters.get("feed_line_a_lost_total").get());
  }

  @Test
  void shouldContinueAtTheNextNumberAfterARestart() {
    events
        .dayOpened(SESSION)
        .notified(1, 'O')
        .notified(2, 'S')
        .frame(TIME_NS)
        .notified(3, 'Q')
        .frame(TIME_NS);
    agent(context().firstFeedMessageNumber(3).streamSession(SESSION.strip())).doWork();

    assertEquals(1, lineA.packets.size());
    assertTrue(lineA.packets.getFirst().startsWith(SESSION_HEX + "00000000000000030001"));
    assertEquals(2, counters.get("feed_skipped_total").get());
    assertEquals(1, counters.get("feed_messages_total").get());
  }

  @Test
  void shouldSendHeartbeatsOrTheEndOfASessionThatWasOpenAtStart() {
    PublisherAgent open = agent(context().firstFeedMessageNumber(8).streamSession(SESSION));
    pass(open, 1_000_000_000L);
    assertEquals(List.of(SESSION_HEX + "00000000000000080000"), lineA.packets);

    PublisherAgent ended =
        agent(context().firstFeedMessageNumber(8).streamSession(SESSION).sessionEnded(true));
    ended.doWork();
    assertEquals(SESSION_HEX + "0000000000000008ffff", lineA.packets.get(1));
  }

  @Test
  void shouldStopWhenAFeedNumberIsMissingOrRepeated() {
    events.dayOpened(SESSION).notified(1, 'O').frame(TIME_NS).notified(3, 'Q').frame(TIME_NS);
    PublisherAgent agent = agent(context());
    String gap = assertThrows(IllegalStateException.class, agent::doWork).getMessage();
    assertEquals("feedMessageNumber=3 expected=2", gap);

    EventScript twice = new EventScript();
    twice.dayOpened(SESSION).notified(1, 'O').notified(1, 'O').frame(TIME_NS);
    PublisherAgent second = agent(context().eventReader(twice));
    String repeat = assertThrows(IllegalStateException.class, second::doWork).getMessage();
    assertEquals("feedMessageNumber=1 expected=2", repeat);
  }

  @Test
  void shouldHoldStillWhenTheClockStepsBack() {
    events.dayOpened(SESSION).notified(1, 'O').frame(TIME_NS);
    PublisherAgent agent = agent(context());
    agent.doWork();
    pass(agent, -10_000_000_000L);
    pass(agent, 10_999_999_999L);
    assertEquals(1, lineA.packets.size());
    pass(agent, 1);
    assertEquals(2, lineA.packets.size());
  }

  @Test
  void shouldRefuseValuesOutOfRangeByName() {
    assertMessage("maxPayloadBytes=127 allowed=128..65507", context().maxPayloadBytes(127));
    assertMessage("ringPackets=100 allowed=power of two", context().ringPackets(100));
    assertMessage("streamSession.length=11 allowed=0..10", context().streamSession("12345678901"));
    PublisherContext concluded = context().conclude();
    assertThrows(IllegalStateException.class, () -> concluded.maxPayloadBytes(1_000));
  }

  private static void assertMessage(String expected, PublisherContext context) {
    assertEquals(
        expected, assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
  }

  private void notifyOnePerFrame(int messages) {
    events.dayOpened(SESSION);
    for (int number = 1; number <= messages; number++) {
      events.notified(number, 'S').frame(TIME_NS);
    }
  }

  private PublisherContext context() {
    CounterFactory unexported = CounterFactory.unexported();
    return new PublisherContext()
        .eventReader(events)
        .lineA(lineA)
        .lineB(lineB)
        .clock(() -> nowNs)
        .counters((name, help) -> {
          AtomicCounter counter = unexported.counter(name, help);
          counters.put(name, counter);
          return counter;
        });
  }

  private static PublisherAgent agent(PublisherContext context) {
    return new PublisherAgent(context.conclude());
  }

  private void pass(PublisherAgent agent, long ns) {
    nowNs += ns;
    agent.doWork();
  }

  private static List<Long> sequences(CapturedLine line) {
    List<Long> sequences = new ArrayList<>();
    for (String packet : line.packets) {
      if (!packet.startsWith("0000", 36)) {
        sequences.add(HexFormat.fromHexDigitsToLong(packet, 20, 36));
      }
    }
    return sequences;
  }

  private static String block(String message) {
    return HexFormat.of().toHexDigits((short) (message.length() / 2)) + message;
  }
}
