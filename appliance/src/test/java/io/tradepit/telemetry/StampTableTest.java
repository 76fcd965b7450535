package io.tradepit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.protocol.sbe.ConnectSessionEncoder;
import io.tradepit.protocol.sbe.EnterOrderEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OriginEncoder;
import io.tradepit.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StampTableTest {
  private static final int CAPACITY = 8;
  private static final int SESSION = 5;
  private static final int OTHER = 6;

  private final ManualClock clock = new ManualClock(0);
  private final StampTable table = new StampTable(CAPACITY, clock);
  private final CommandStamps commands = table.commandStamps();
  private final AnswerStamps first = table.answerStamps(1);
  private final AnswerStamps second = table.answerStamps(2);
  private final StampReader reader = table.reader(1);
  private final Texts read = new Texts();
  private final UnsafeBuffer command = new UnsafeBuffer(new byte[256]);

  private static final class Texts implements StampReader.Handler {
    private final List<String> texts = new ArrayList<>();

    @Override
    public void onOrder(
        byte source,
        long ingressNs,
        long sequencedNs,
        long releasedNs,
        long matchedNs,
        long writtenNs) {
      texts.add(
          (char) source
              + " "
              + List.of(ingressNs, sequencedNs, releasedNs, matchedNs, writtenNs).toString());
    }

    @Override
    public void onUnanswered() {
      texts.add("unanswered");
    }

    @Override
    public void onBehind() {
      texts.add("behind");
    }

    @Override
    public void onMissed() {
      texts.add("missed");
    }
  }

  @Test
  void shouldPutTheStampsOfAnOrderTogether() {
    commands.onPoll();
    applied(1, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 30, 40);
    answered(first, 1, SESSION, 50);

    assertEquals(List.of("P [11, 21, 30, 40, 50]"), poll());
  }

  @Test
  void shouldTakeOneReleasedStampForThePollOfManyCommands() {
    commands.onPoll();
    applied(1, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 30, 40);
    applied(2, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 41, 45);
    commands.onPoll();
    applied(3, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 50, 60);
    for (int sequence = 1; sequence <= 3; sequence++) {
      answered(first, sequence, SESSION, 70);
    }

    assertEquals(
        List.of("P [11, 21, 30, 40, 70]", "P [12, 22, 30, 45, 70]", "P [13, 23, 50, 60, 70]"),
        poll());
  }

  @Test
  void shouldWaitForTheAnswerAndKeepTheOrderOfCommands() {
    commands.onPoll();
    applied(1, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 30, 40);
    applied(2, EnterOrderEncoder.TEMPLATE_ID, 2, OTHER, 30, 41);
    answered(second, 2, OTHER, 50);
    assertEquals(List.of(), poll());

    answered(first, 1, SESSION, 60);

    assertEquals(List.of("P [11, 21, 30, 40, 60]", "P [12, 22, 30, 41, 50]"), poll());
  }

  @Test
  void shouldNotTakeWhatACommandCausesAtAnotherSessionForItsAnswer() {
    commands.onPoll();
    applied(1, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 30, 40);
    first.onFrame(1);
    clock.set(50);
    first.onSent(OTHER);
    clock.set(60);
    first.onSent(SESSION);
    clock.set(70);
    first.onSent(SESSION);
    first.onFrameEnd(true);
    second.onFrame(1);
    second.onSent(SESSION);
    second.onFrameEnd(true);

    assertEquals(List.of("P [11, 21, 30, 40, 60]"), poll());
  }

  @Test
  void shouldStampTheFirstAnswerOnlyWhenACommandHasSeveralFrames() {
    commands.onPoll();
    applied(1, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 30, 40);
    frame(first, 1, SESSION, 50, false);
    frame(first, 1, SESSION, 60, true);

    assertEquals(List.of("P [11, 21, 30, 40, 50]"), poll());
  }

  @Test
  void shouldCountACommandWhoseEventsPassedWithoutAnAnswer() {
    commands.onPoll();
    applied(1, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 30, 40);
    applied(2, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 30, 41);
    assertEquals(List.of(), poll());

    answered(first, 2, SESSION, 50);

    assertEquals(List.of("unanswered", "P [12, 22, 30, 41, 50]"), poll());
  }

  @Test
  void shouldSayThatAnAnswerWaitsBehindOthers() {
    commands.onPoll();
    applied(1, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 30, 40);
    first.onFrame(1);
    first.onBehind(SESSION);
    first.onFrameEnd(true);

    assertEquals(List.of("behind"), poll());
  }

  @Test
  void shouldPassOverWhatIsNoOrderOfAMember() {
    commands.onPoll();
    applied(1, ConnectSessionEncoder.TEMPLATE_ID, 1, SESSION, 30, 40);
    applied(2, EnterOrderEncoder.TEMPLATE_ID, 200, SESSION, 30, 40);
    applied(3, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 30, 41);
    frame(first, 1, SESSION, 45, true);
    answered(first, 3, SESSION, 50);

    assertEquals(List.of("P [13, 23, 30, 41, 50]"), poll());
  }

  @Test
  void shouldCountWhatWasOverwrittenBeforeItWasRead() {
    int extra = 3;
    commands.onPoll();
    for (int sequence = 1; sequence <= CAPACITY + extra; sequence++) {
      applied(sequence, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 30, 40);
      answered(first, sequence, SESSION, 50);
    }

    List<String> texts = poll();

    assertEquals(CAPACITY + extra, texts.size());
    assertEquals(List.of("missed", "missed", "missed"), texts.subList(0, extra));
    assertTrue(texts.subList(extra, texts.size()).stream().noneMatch("missed"::equals));
  }

  @Test
  void shouldStampNothingWhenItIsOff() {
    CommandStamps.NONE.onPoll();
    CommandStamps.NONE.onReleased(1, command, 0);
    CommandStamps.NONE.onMatched(1, 1);
    AnswerStamps.NONE.onFrame(1);
    AnswerStamps.NONE.onSent(0);
    AnswerStamps.NONE.onFrameEnd(true);

    assertEquals(List.of(), poll());
  }

  /** Writers that do not wait, a reader that is often overtaken: what it reads is never mixed. */
  @Test
  void shouldNeverReadStampsOfTwoCommandsAsOne() throws InterruptedException {
    long orders = Tier.count(2_000_000, 50_000_000);
    StampTable live = new StampTable(64, () -> 1);
    Mixture seen = new Mixture();
    AnswerStamps answers = live.answerStamps(1);
    StampReader liveReader = live.reader(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread writer = new Thread(() -> writeAll(live, answers, orders), "writer");
    writer.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    writer.start();
    while (writer.isAlive()) {
      liveReader.poll(seen, 1_000);
    }
    writer.join();
    liveReader.poll(seen, Integer.MAX_VALUE);

    assertEquals(null, failure.get());
    assertEquals(0, seen.mixed);
    assertEquals(orders, seen.whole + seen.missed);
    assertTrue(seen.whole > 0);
    Tier.ran("stamps", "orders=" + orders + " read=" + seen.whole + " missed=" + seen.missed);
  }

  private static void writeAll(StampTable table, AnswerStamps answers, long orders) {
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    CommandStamps commands = table.commandStamps();
    for (long sequence = 1; sequence <= orders; sequence++) {
      encode(buffer, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, sequence);
      commands.onPoll();
      commands.onReleased(sequence, buffer, 0);
      commands.onMatched(sequence, sequence);
      answers.onFrame(sequence);
      answers.onSent(SESSION);
      answers.onFrameEnd(true);
    }
  }

  private static final class Mixture implements StampReader.Handler {
    private long whole;
    private long mixed;
    private long missed;

    @Override
    public void onOrder(
        byte source,
        long ingressNs,
        long sequencedNs,
        long releasedNs,
        long matchedNs,
        long writtenNs) {
      whole++;
      mixed += ingressNs == sequencedNs ? 0 : 1;
    }

    @Override
    public void onUnanswered() {
      mixed++;
    }

    @Override
    public void onBehind() {
      mixed++;
    }

    @Override
    public void onMissed() {
      missed++;
    }
  }

  @Test
  void shouldAllocateNothing() {
    int orders = 1_000_000;
    StampTable live = new StampTable(64, () -> 1);
    AnswerStamps answers = live.answerStamps(1);
    StampReader liveReader = live.reader(1);
    Mixture seen = new Mixture();
    UnsafeBuffer buffer = new UnsafeBuffer(new byte[256]);
    encode(buffer, EnterOrderEncoder.TEMPLATE_ID, 1, SESSION, 1);
    CommandStamps stamps = live.commandStamps();
    long[] sequence = {0};
    Runnable run =
        () -> {
          for (int i = 0; i < orders; i++) {
            stamps.onPoll();
            stamps.onReleased(++sequence[0], buffer, 0);
            stamps.onMatched(sequence[0], 1);
            answers.onFrame(sequence[0]);
            answers.onSent(SESSION);
            answers.onFrameEnd(true);
            liveReader.poll(seen, 10);
          }
        };
    AllocationMeter.bytesAllocatedBy(run);
    long bytes = AllocationMeter.bytesAllocatedBy(run);
    assertEquals(2L * orders, seen.whole);
    assertEquals(0, bytes);
    Tier.ran("stamps allocation", "orders=" + orders + " bytes=" + bytes);
  }

  // Ingress and command time are 10 and 20 above the sequence.
  private void applied(
      long sequence, int template, int gateway, int session, long releasedNs, long matchedNs) {
    encode(command, template, gateway, session, sequence + 10);
    clock.set(releasedNs);
    commands.onReleased(sequence, command, 0);
    clock.set(matchedNs);
    commands.onMatched(sequence, sequence + 20);
  }

  private void answered(AnswerStamps gateway, long sequence, int session, long writtenNs) {
    frame(gateway, sequence, session, writtenNs, true);
  }

  private void frame(
      AnswerStamps gateway, long sequence, int session, long writtenNs, boolean last) {
    gateway.onFrame(sequence);
    clock.set(writtenNs);
    gateway.onSent(session);
    gateway.onFrameEnd(last);
  }

  private static void encode(
      UnsafeBuffer buffer, int template, int gateway, int session, long ingressNs) {
    new MessageHeaderEncoder().wrap(buffer, 0).templateId(template);
    new OriginEncoder()
        .wrap(buffer, MessageHeaderEncoder.ENCODED_LENGTH)
        .ingressTimeNs(ingressNs)
        .sessionId(session)
        .gateway((short) gateway)
        .ingressSource((byte) 'P');
  }

  private List<String> poll() {
    read.texts.clear();
    reader.poll(read, 1_000);
    return List.copyOf(read.texts);
  }
}
