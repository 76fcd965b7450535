package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RULES.md 10. Sessions 2, 3 and 4 have grace times of 10 ms, 10 ms and none. */
abstract class CancelOnDisconnectContract extends RulesScript {
  private static final Capacities CAPACITIES = new Capacities(20, 10, 8, 1, 6);
  private static final long MS = 1_000_000;

  @Override
  final Capacities capacities() {
    return CAPACITIES;
  }

  @BeforeEach
  final void defineSessions() {
    define(2, 10);
    define(3, 10);
    define(4, 0);
  }

  private void define(int session, long graceMs) {
    commands.defineSession(session, "USER0" + session, graceMs);
    apply();
    commands.connect(session, 1);
    apply();
  }

  private long disconnect(int session) {
    long deadline = nextNs() + 10 * MS;
    commands.disconnect(session, 1);
    expect("disconnected L cancel at " + deadline);
    return deadline;
  }

  /** The next command comes at this time. */
  private void at(long timeNs) {
    pass(timeNs - nextNs());
  }

  private void tick() {
    commands.gateway(255);
    commands.tick();
    commands.gateway(1);
  }

  @Test
  void shouldLeaveTheOrdersOfWhoDoesNotWantIt() {
    given(0, 1, 'B', 100, 10);
    commands.disconnect(0, 1);
    expect("disconnected L");
    pass(1_000_000 * MS);
    tick();
    expect();
  }

  @Test
  void shouldCancelWhenTheGraceTimeIsOver() {
    given(2, 1, 'B', 100, 10);
    given(2, 2, 'S', 50, 11);
    given(2, 3, 'B', 10, 9);
    long deadline = disconnect(2);
    at(deadline - 1);
    tick();
    expect();
    at(deadline);
    tick();
    expect(
        "canceled 1 -100 left 0 Z s2:5 f9",
        "canceled 2 -50 left 0 Z s2:6 f10",
        "canceled 3 -10 left 0 Z s2:7 f11",
        "away 2 canceled 3");
    pass(100 * MS);
    tick();
    expect();
    commands.connect(2, 2);
    expect("connected 2 epoch 2 next 8");
  }

  @Test
  void shouldCancelBeforeTheCommandThatComesThen() {
    given(2, 1, 'B', 100, 10);
    given(0, 1, 'B', 100, 10);
    long deadline = disconnect(2);
    at(deadline + 5);
    enter(1, 1, 'S', 150, 10);
    expect(
        "canceled 1 -100 left 0 Z s2:3 f8",
        "away 2 canceled 1",
        "accepted 1 S 150 @10 L #3 s1:2",
        "executed 100 @10 match 1 1A left 0 s0:3 1R left 50 s1:3 f9",
        "rested #3 S 50 @10 f10");
  }

  @Test
  void shouldCancelAlsoBeforeACommandThatIsIgnored() {
    given(2, 1, 'B', 100, 10);
    long deadline = disconnect(2);
    at(deadline);
    commands.repeat();
    commands.query(0, 1, 0);
    expect("canceled 1 -100 left 0 Z s2:3 f7", "away 2 canceled 1");
  }

  @Test
  void shouldKeepTheOrdersOfWhoIsBackInTime() {
    given(2, 1, 'B', 100, 10);
    long deadline = disconnect(2);
    at(deadline - 1);
    commands.connect(2, 2);
    expect("connected 2 epoch 2 next 3");
    pass(100 * MS);
    tick();
    expect();
    commands.cancel(2, 2, 0, 1, 0);
    expect("canceled 1 -100 left 0 U s2:3 f7");
  }

  @Test
  void shouldBeTooLateAtTheDeadline() {
    given(2, 1, 'B', 100, 10);
    at(disconnect(2));
    commands.connect(2, 2);
    expect("canceled 1 -100 left 0 Z s2:3 f7", "away 2 canceled 1", "connected 2 epoch 2 next 4");
  }

  @Test
  void shouldNotEndTheGraceTimeByALoginThatIsRefused() {
    given(2, 1, 'B', 100, 10);
    commands.control(2, 'D');
    apply();
    long deadline = disconnect(2);
    commands.connect(2, 2);
    expect("refused D");
    at(deadline);
    tick();
    expect("canceled 1 -100 left 0 Z s2:3 f7", "away 2 canceled 1");
  }

  @Test
  void shouldNotStartWhenASessionIsTakenOver() {
    given(2, 1, 'B', 100, 10);
    commands.connect(2, 2);
    expect("connected 2 epoch 2 next 3 taken over");
    commands.disconnect(2, 1);
    expect();
    pass(100 * MS);
    tick();
    expect();
  }

  @Test
  void shouldStartAnewWithEachDisconnect() {
    given(2, 1, 'B', 100, 10);
    disconnect(2);
    pass(5 * MS);
    commands.connect(2, 2);
    apply();
    long deadline = nextNs() + 10 * MS;
    commands.disconnect(2, 2);
    expect("disconnected L cancel at " + deadline);
    pass(6 * MS);
    tick();
    expect();
    at(deadline);
    tick();
    expect("canceled 1 -100 left 0 Z s2:3 f7", "away 2 canceled 1");
  }

  @Test
  void shouldCancelAtOnceWithoutAGraceTime() {
    given(4, 1, 'B', 100, 10);
    given(4, 2, 'B', 100, 11);
    long now = nextNs();
    commands.disconnect(4, 1);
    expect(
        "disconnected L cancel at " + now,
        "canceled 1 -100 left 0 Z s4:4 f8",
        "canceled 2 -100 left 0 Z s4:5 f9",
        "away 4 canceled 2");
    pass(100 * MS);
    tick();
    expect();
  }

  @Test
  void shouldPassDeadlinesInTheirOrderAndEqualOnesBySession() {
    define(5, 1);
    given(2, 1, 'B', 100, 10);
    given(3, 1, 'B', 100, 10);
    given(5, 1, 'B', 100, 10);
    long later = disconnect(3);
    // At the same time as session 3, and before it by number.
    pass(-1);
    assertEquals(later, disconnect(2));
    commands.disconnect(5, 1);
    apply();
    at(later);
    tick();
    expect(
        "canceled 1 -100 left 0 Z s5:3 f9",
        "away 5 canceled 1",
        "canceled 1 -100 left 0 Z s2:3 f10",
        "away 2 canceled 1",
        "canceled 1 -100 left 0 Z s3:3 f11",
        "away 3 canceled 1");
  }

  @Test
  void shouldTellThatThereWasNothingToCancel() {
    at(disconnect(2));
    tick();
    expect("away 2 canceled 0");
  }

  @Test
  void shouldCancelWhatRemainsOfAnOrderAndWhatReplacedOne() {
    given(2, 1, 'B', 100, 10);
    given(2, 2, 'B', 100, 9);
    given(1, 1, 'S', 40, 10);
    commands.replace(2, 1, 1, 3, 80, 80_000);
    apply();
    at(disconnect(2));
    tick();
    expect(
        "canceled 2 -100 left 0 Z s2:6 f10",
        "canceled 3 -40 left 0 Z s2:7 f11",
        "away 2 canceled 2");
  }

  @Test
  void shouldCancelWhileTheInstrumentIsHalted() {
    given(2, 1, 'B', 100, 10);
    commands.tradingState(SYMBOL, 'H');
    apply();
    at(disconnect(2));
    tick();
    expect("canceled 1 -100 left 0 Z s2:3 f8", "away 2 canceled 1");
  }

  @Test
  void shouldEndWithTheDay() {
    given(2, 1, 'B', 100, 10);
    disconnect(2);
    commands.closeDay();
    apply();
    pass(100 * MS);
    tick();
    expect();
    commands.disconnect(3, 1);
    expect("disconnected L");
  }

  @Test
  void shouldReportTheStateBehindWhatWasDue() {
    given(2, 1, 'B', 100, 10);
    at(disconnect(2));
    commands.gateway(255);
    commands.markState(9);
    events.clear();
    apply();
    assertEquals(
        List.of("canceled 1 -100 left 0 Z s2:3 f7", "away 2 canceled 1"), events.subList(0, 2));
    assertEquals(3, events.size());
    assertTrue(events.get(2).endsWith(" f7 asked 9"), events.get(2));
  }

  @Test
  void shouldTakeAnotherGraceTimeForAnotherDefinition() {
    commands.defineSession(2, "USER02", 10);
    expect("admin N 0");
    commands.defineSession(2, "USER02", 11);
    expect("admin X 0");
    commands.defineSession(0, "USER00");
    expect("admin N 0");
    commands.defineSession(0, "USER00", 0);
    expect("admin X 0");
  }
}
