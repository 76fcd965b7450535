package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.protocol.sbe.EnterOrderEncoder;
import io.tradepit.protocol.sbe.ReplaceOrderEncoder;
import io.tradepit.protocol.sbe.TagsEncoder;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** RULES.md 1 to 7, and 9. */
abstract class RulesContract extends RulesScript {
  private static final Capacities CAPACITIES = new Capacities(6, 4, 5, 1, 3);

  @Override
  final Capacities capacities() {
    return CAPACITIES;
  }

  private EnterOrderEncoder ioc(int session, long urn, char side, long quantity, long price) {
    return enter(session, urn, side, quantity, price).timeInForce((byte) '3');
  }

  private ReplaceOrderEncoder replace(long orig, long urn, long quantity, long price) {
    return commands.replace(0, 1, orig, urn, quantity, price * 10_000);
  }

  private void cancel(long urn, long quantity) {
    commands.cancel(0, 1, 0, urn, quantity);
  }

  @Test
  void shouldRestThenMatchAtTheRestingPrice() {
    enter(0, 1, 'B', 100, 12);
    expect("accepted 1 B 100 @12 L #1 s0:2 f6");
    enter(1, 1, 'S', 100, 11);
    expect(
        "accepted 1 S 100 @11 L #2 s1:2",
        "executed 100 @12 match 1 1A left 0 s0:3 1R left 0 s1:3 f7");
  }

  @Test
  void shouldMatchByPriceThenTime() {
    given(0, 1, 'S', 50, 11);
    given(0, 2, 'S', 50, 10);
    given(0, 3, 'S', 50, 10);
    enter(1, 1, 'B', 120, 11);
    expect(
        "accepted 1 B 120 @11 L #4 s1:2",
        "executed 50 @10 match 1 2A left 0 s0:5 1R left 70 s1:3 f9",
        "executed 50 @10 match 2 3A left 0 s0:6 1R left 20 s1:4 f10",
        "executed 20 @11 match 3 1A left 30 s0:7 1R left 0 s1:5 f11");
  }

  @Test
  void shouldRestWhatRemainsOfADayOrder() {
    given(0, 1, 'S', 40, 10);
    enter(0, 2, 'B', 100, 10);
    expect(
        "accepted 2 B 100 @10 L #2 s0:3",
        "executed 40 @10 match 1 1A left 0 s0:4 2R left 60 s0:5 f7",
        "rested #2 B 60 @10 f8");
  }

  @Test
  void shouldCancelWhatRemainsOfAnIoc() {
    given(0, 1, 'S', 40, 10);
    ioc(1, 1, 'B', 100, 10);
    expect(
        "accepted 1 B 100 @10 L #2 s1:2",
        "executed 40 @10 match 1 1A left 0 s0:3 1R left 60 s1:3 f7",
        "canceled 1 -60 left 0 I s1:4");
    ioc(1, 2, 'B', 10, 9);
    expect("accepted 2 B 10 @9 L #3 s1:5", "canceled 2 -10 left 0 I s1:6");
  }

  private void rejects(int reason, Consumer<EnterOrderEncoder> spoiling) {
    long urn = sequence;
    spoiling.accept(enter(0, urn, 'B', 100, 10));
    events.clear();
    apply();
    String text = "rejected " + urn + " 0x" + Integer.toHexString(reason) + " s0:";
    assertEquals(List.of(text), events.stream().map(e -> e.replaceAll(":\\d+", ":")).toList());
  }

  private void rejectsTag(int reason, int tag, Consumer<TagsEncoder> value) {
    rejects(
        reason,
        e -> {
          e.tags().present(1L << tag);
          value.accept(e.tags());
        });
  }

  @Test
  void shouldRejectWhatAnOrderMayNotBe() {
    rejects(0x29, e -> e.verdict(0x29));
    rejects(0x09, e -> e.side((byte) 'X'));
    rejects(0x13, e -> e.quantity(0));
    rejects(0x13, e -> e.quantity(1_000_000));
    rejects(0x13, e -> e.quantity(15));
    rejects(0x17, e -> e.symbol(1));
    rejects(0x2C, e -> e.price(2_000_000_000L));
    rejects(0x1D, e -> e.price(1_999_999_901L));
    rejects(0x1D, e -> e.price(0));
    rejects(0x1D, e -> e.price(150));
    rejects(0x0F, e -> e.timeInForce((byte) '5'));
    rejects(0x03, e -> e.display((byte) 'N'));
    rejects(0x0F, e -> e.capacity((byte) 'Z'));
    rejects(0x08, e -> e.interMarketSweep((byte) 'Y'));
    rejects(0x1A, e -> e.crossType((byte) 'R'));
    rejects(0x14, e -> e.crossType((byte) 'O'));
  }

  @Test
  void shouldRejectTagsUntilTheirStage() {
    rejectsTag(0x0C, 2, t -> t.firm("NONE"));
    rejectsTag(0x0D, 3, t -> t.minQty(10));
    rejectsTag(0x1A, 4, t -> t.customerType((byte) 'R'));
    rejectsTag(0x04, 5, t -> t.maxFloor(10));
    rejectsTag(0x04, 13, t -> t.randomReserves(10));
    for (char type : "PMRQm".toCharArray()) {
      rejectsTag(0x11, 6, t -> t.priceType((byte) type));
    }
    rejectsTag(0x05, 6, t -> t.priceType((byte) 'x'));
    rejectsTag(0x05, 7, t -> t.pegOffset(-1));
    rejectsTag(0x05, 11, t -> t.discretionPegOffset(1));
    rejectsTag(0x0F, 9, t -> t.discretionPrice(1));
    rejectsTag(0x0F, 10, t -> t.discretionPriceType((byte) 'P'));
    rejectsTag(0x0F, 12, t -> t.postOnly((byte) 'P'));
    rejectsTag(0x0F, 16, t -> t.tradeNow((byte) 'Y'));
    rejectsTag(0x14, 17, t -> t.handleInst((byte) 'I'));
    rejectsTag(0x0F, 15, t -> t.expireTime(1));
    rejectsTag(0x40, 29, t -> t.aiqStrategy((byte) 'Y'));
  }

  @Test
  void shouldGiveTheFirstReasonWhenMoreThanOneCheckFails() {
    rejects(0x29, e -> e.verdict(0x29).side((byte) 'X'));
    rejects(0x09, e -> e.side((byte) 'X').quantity(0));
    rejects(0x13, e -> e.quantity(0).symbol(1));
    rejects(0x17, e -> e.symbol(1).price(0));
    rejects(0x1D, e -> e.price(0).timeInForce((byte) '5'));
    rejects(0x0F, e -> e.timeInForce((byte) '5').display((byte) 'N'));
    rejects(0x03, e -> e.display((byte) 'N').interMarketSweep((byte) 'Y'));
    rejects(0x08, e -> e.interMarketSweep((byte) 'Y').crossType((byte) 'R'));
  }

  @Test
  void shouldUseUpTheNumberOfARejectAndIgnoreRepeats() {
    enter(0, 5, 'X', 100, 10);
    expect("rejected 5 0x9 s0:2");
    enter(0, 5, 'B', 100, 10);
    expect();
    enter(0, 4, 'B', 100, 10);
    expect();
    commands.query(0, 1, 0);
    expect("next 6 s0:3");
    enter(0, 1, 'B', 100, 10).tags().present(1L << 28).userRefIdx((short) 1);
    expect("accepted 1 B 100 @10 L #1 s0:4 f6");
    commands.query(0, 1, 1);
    expect("next 2 s0:5");
  }

  @Test
  void shouldRejectWhenCapacityRunsOut() {
    for (int i = 1; i <= 4; i++) {
      given(0, i, 'B', 10, i);
    }
    enter(0, 5, 'B', 10, 5);
    expect("rejected 5 0xa s0:6");
    given(0, 6, 'B', 10, 4);
    enter(0, 7, 'B', 10, 4);
    expect("rejected 7 0xf s0:8");
    given(1, 1, 'B', 10, 4);
    enter(1, 2, 'B', 10, 4);
    expect("rejected 2 0xa s1:3");
  }

  @Test
  void shouldCountWhatTheChainExecutedWhenItReplaces() {
    given(0, 1, 'B', 500, 10);
    given(1, 1, 'S', 100, 10);
    replace(1, 2, 500, 10);
    expect("replaced 1 by 2 B 400 @10 #1->#3 s0:4 U f8");
    replace(2, 3, 600, 10);
    expect("replaced 2 by 3 B 500 @10 #3->#4 s0:5 U f9");
    given(1, 2, 'S', 50, 10);
    cancel(3, 250);
    expect("canceled 3 -250 left 200 U s0:7 f11");
    replace(3, 4, 150, 10);
    expect("canceled 3 -200 left 0 U s0:8 f12");
  }

  @Test
  void shouldIgnoreAReplaceOfNothingOrWithAnOldNumber() {
    given(0, 2, 'B', 100, 10);
    replace(1, 3, 100, 11);
    expect();
    replace(2, 2, 100, 11);
    expect();
    replace(2, 3, 100, 11);
    expect("replaced 2 by 3 B 100 @11 #1->#2 s0:3 U f7");
  }

  @Test
  void shouldCancelTheOriginalWhenItsReplaceIsInvalid() {
    given(0, 1, 'B', 100, 10);
    replace(1, 2, 1_000_000, 10);
    expect("canceled 1 -100 left 0 U s0:3 f7");
    enter(0, 2, 'B', 100, 10);
    expect("accepted 2 B 100 @10 L #2 s0:4 f8");
    replace(2, 3, 100, 0);
    expect("canceled 2 -100 left 0 U s0:5 f9");
  }

  @Test
  void shouldRejectTheReplaceAndKeepTheOriginalWhenItMayNotBeReplacedNow() {
    given(0, 1, 'B', 100, 10);
    replace(1, 2, 100, 11).verdict(0x29);
    expect("rejected 2 0x29 s0:3");
    commands.tradingState(SYMBOL, 'H');
    expect("trading H f7", "admin Y 1");
    replace(1, 3, 100, 11);
    expect("rejected 3 0x7 s0:4");
    commands.tradingState(SYMBOL, 'T');
    apply();
    commands.control(0, 'D');
    expect("controlled D", "admin Y 1");
    replace(1, 4, 100, 11);
    expect("rejected 4 0xc s0:5");
    commands.control(0, 'E');
    apply();
    ioc(1, 1, 'S', 100, 10);
    expect(
        "accepted 1 S 100 @10 L #2 s1:2",
        "executed 100 @10 match 1 1A left 0 s0:6 1R left 0 s1:3 f9");
  }

  @Test
  void shouldDeleteThenMatchWhenAReplacementCrosses() {
    given(0, 1, 'B', 100, 9);
    given(1, 1, 'S', 30, 10);
    replace(1, 2, 100, 10);
    expect(
        "replaced 1 by 2 B 100 @10 #1->#3 s0:3 D f8",
        "executed 30 @10 match 1 1A left 0 s1:3 2R left 70 s0:4 f9",
        "rested #3 B 70 @10 f10");
  }

  @Test
  void shouldCancelDownToASizeAndKeepPriority() {
    given(0, 1, 'B', 100, 10);
    given(1, 1, 'B', 100, 10);
    cancel(1, 150);
    expect();
    cancel(1, 40);
    expect("canceled 1 -60 left 40 U s0:3 f8");
    ioc(1, 2, 'S', 40, 10);
    expect(
        "accepted 2 S 40 @10 L #3 s1:3",
        "executed 40 @10 match 1 1A left 0 s0:4 2R left 0 s1:4 f9");
    cancel(1, 0);
    expect();
  }

  @Test
  void shouldModifyOnlyDownwardsAndAmongSellSides() {
    given(0, 1, 'S', 100, 10);
    commands.modify(0, 1, 1, 'T', 100);
    expect("modified 1 T -0 left 100 s0:3");
    commands.modify(0, 1, 1, 'B', 50);
    expect();
    commands.modify(0, 1, 1, 'T', 110);
    expect();
    commands.modify(0, 1, 1, 'T', 100);
    expect();
    commands.modify(0, 1, 1, 'E', 60);
    expect("modified 1 E -40 left 60 s0:4 f7");
    commands.modify(0, 1, 1, 'E', 10).verdict(0x29);
    expect();
    commands.modify(0, 1, 1, 'E', 0);
    expect("canceled 1 -60 left 0 U s0:5 f8");
  }

  @Test
  void shouldLetMembersLeaveAHaltedInstrument() {
    given(0, 1, 'B', 100, 10);
    commands.tradingState(SYMBOL, 'H');
    expect("trading H f7", "admin Y 1");
    commands.tradingState(SYMBOL, 'H');
    expect("admin N 0");
    enter(0, 2, 'B', 100, 10);
    expect("rejected 2 0x7 s0:3");
    cancel(1, 0);
    expect("canceled 1 -100 left 0 U s0:4 f8");
  }

  @Test
  void shouldKnowTheNewestConnectionOnly() {
    commands.connect(2, 1);
    expect("refused N");
    commands.connect(0, 1);
    expect();
    commands.connect(0, 2);
    expect("connected 0 epoch 2 next 2 taken over");
    enter(0, 1, 'B', 100, 10);
    expect();
    commands.disconnect(0, 1);
    expect();
    commands.disconnect(0, 2);
    expect("disconnected L");
    commands.control(0, 'X');
    expect("admin N 0");
    commands.control(0, 'D');
    apply();
    commands.connect(0, 3);
    expect("refused D");
  }

  @Test
  void shouldCancelAllOldestFirst() {
    given(0, 1, 'B', 100, 10);
    given(0, 2, 'B', 100, 9);
    given(1, 1, 'B', 100, 8);
    replace(1, 3, 100, 10);
    apply();
    commands.control(0, 'C');
    expect(
        "canceled 2 -100 left 0 S s0:5 f10",
        "canceled 3 -100 left 0 S s0:6 f11",
        "controlled C",
        "admin Y 2");
  }

  @Test
  void shouldCloseTheDay() {
    given(0, 1, 'B', 100, 9);
    given(1, 1, 'B', 100, 10);
    given(0, 2, 'S', 100, 11);
    commands.closeDay();
    expect(
        "feed M f9",
        "canceled 1 -100 left 0 E s1:3 f10",
        "canceled 1 -100 left 0 E s0:4 f11",
        "canceled 2 -100 left 0 E s0:5 f12",
        "session E s0:6",
        "session E s1:4",
        "feed E f13",
        "feed C f14",
        "day closed",
        "admin Y 3");
    enter(0, 3, 'B', 100, 10);
    expect("rejected 3 0x2 s0:7");
    commands.connect(0, 2);
    expect("refused C");
    commands.closeDay();
    expect("admin N 0");
  }

  @Test
  void shouldAnswerTheOperator() {
    commands.openDay(CAPACITIES);
    expect("admin N 0");
    commands.defineInstrument(SYMBOL, 100, 10);
    expect("admin N 0");
    commands.defineInstrument(SYMBOL, 100, 20);
    expect("admin X 0");
    commands.defineInstrument(1, 100, 10);
    expect("admin X 0");
    commands.defineSession(0, "USER00");
    expect("admin N 0");
    commands.defineSession(2, "USER00");
    expect("admin X 0");
    commands.defineSession(3, "USER03");
    expect("admin X 0");
    commands.startTrading();
    expect("admin N 0");
    commands.control(2, 'C');
    expect("admin X 0");
  }

  /** What is behind {@code state 9 log} in the text of a report. */
  private String reported(long sequence) {
    assertEquals(1, events.size(), events.toString());
    String prefix = "state " + sequence + " log ";
    assertTrue(events.getFirst().startsWith(prefix), events.getFirst());
    return events.removeFirst().substring(prefix.length());
  }

  @Test
  void shouldReportTheStateToWhoAsks() {
    given(0, 1, 'B', 100, 10);
    commands.gateway(255);
    commands.markState(77);
    events.clear();
    apply();
    String first = reported(sequence);
    assertTrue(first.endsWith(" f6 asked 77"), first);
    commands.repeat();
    commands.markState(78);
    expect();
    commands.markState(0);
    apply();
    String second = reported(sequence);
    assertTrue(second.endsWith(" f6 asked 0"), second);
    assertNotEquals(hash(first, 0), hash(second, 0));
    assertNotEquals(hash(first, 2), hash(second, 2));
  }

  private static String hash(String report, int word) {
    return report.split(" ", -1)[word];
  }

  private void ignoredUpTo(long last) {
    while (sequence < last) {
      commands.repeat();
      commands.query(0, 1, 0);
      expect();
    }
  }

  @Test
  void shouldReportTheStateBehindEvery16384thCommand() {
    ignoredUpTo(16_382);
    commands.query(0, 1, 0);
    expect("next 1 s0:2");
    commands.repeat();
    commands.query(0, 1, 0);
    events.clear();
    apply();
    assertTrue(reported(16_384).endsWith(" f5 asked 0"));
    commands.query(0, 1, 0);
    expect("next 1 s0:3");
  }

  @Test
  void shouldReportBehindTheLastEventOfACommandOfManySteps() {
    for (int i = 1; i <= 4; i++) {
      given(0, i, 'B', 100, 10);
    }
    ignoredUpTo(16_383);
    enter(1, 1, 'S', 400, 10);
    events.clear();
    apply();
    assertEquals(6, events.size());
    assertTrue(events.get(4).startsWith("executed 100 @10 match 4"), events.get(4));
    assertTrue(events.get(5).startsWith("state 16384 log "), events.get(5));
    assertTrue(events.get(5).endsWith(" f13 asked 0"), events.get(5));
  }

  @Test
  void shouldReportOnceWhenWhoAsksIsThe16384th() {
    ignoredUpTo(16_383);
    commands.gateway(255);
    commands.markState(5);
    events.clear();
    apply();
    assertTrue(reported(16_384).endsWith(" asked 5"));
  }

  @Test
  void shouldIgnoreWhatAGatewaySendsAgain() {
    given(0, 1, 'B', 100, 10);
    commands.repeat();
    enter(0, 2, 'B', 100, 10);
    expect();
    commands.gateway(255);
    enter(0, 3, 'B', 100, 10);
    expect("accepted 3 B 100 @10 L #2 s0:3 f7");
    commands.gateway(0);
    enter(0, 4, 'B', 100, 10);
    expect("accepted 4 B 100 @10 L #3 s0:4 f8");
  }
}
