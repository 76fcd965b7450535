package io.tradepit.matching;

import io.tradepit.protocol.sbe.EnterOrderEncoder;
import io.tradepit.protocol.sbe.MassCancelEncoder;
import io.tradepit.protocol.sbe.TagsEncoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RULES.md 8. Two instruments; the next messages are s0:2, s1:2 and f8. */
abstract class AccountRulesContract extends RulesScript {
  private static final Capacities CAPACITIES = new Capacities(40, 40, 30, 2, 3);
  private static final long OTHER_SYMBOL = 0x424F4C5420202020L;
  private static final long UNKNOWN_SYMBOL = 0x5555555520202020L;
  private static final long LAST_NUMBER = 0xFFFF_FFFFL;

  @Override
  final Capacities capacities() {
    return CAPACITIES;
  }

  @BeforeEach
  final void listAnother() {
    commands.defineInstrument(OTHER_SYMBOL, 100, 10);
    expect("listed", "trading T f7", "admin Y 1");
  }

  private MassCancelEncoder massCancel(long urn, String firm) {
    return commands.massCancel(0, 1, urn, firm, 0);
  }

  private void firm(long urn, String firm) {
    EnterOrderEncoder e = enter(0, urn, 'B', 10, 10);
    e.tags().present(1L << 2).firm(firm);
  }

  private void grouped(long urn, int group) {
    EnterOrderEncoder e = enter(0, urn, 'B', 10, 10);
    e.tags().present(1L << 24).groupId(group);
  }

  private void inChannel(long urn, int channel) {
    EnterOrderEncoder e = enter(0, urn, 'B', 10, 10);
    e.tags().present(1L << 28).userRefIdx((short) channel);
  }

  private static void group(MassCancelEncoder c, int group) {
    add(c.tags(), 24).groupId(group);
  }

  private static void side(MassCancelEncoder c, char side) {
    add(c.tags(), 27).side((byte) side);
  }

  private static void channel(MassCancelEncoder c, int channel) {
    add(c.tags(), 28).userRefIdx((short) channel);
  }

  private static TagsEncoder add(TagsEncoder tags, int tag) {
    return tags.present(tags.buffer().getInt(tags.offset()) | 1L << tag);
  }

  @Test
  void shouldAnswerThenCancelTheFirmsOrdersOldestFirst() {
    given(0, 1, 'B', 10, 10);
    firm(2, "MKRB");
    apply();
    given(1, 1, 'B', 10, 11);
    given(0, 3, 'S', 20, 12);
    commands.replace(0, 1, 1, 4, 10, 90_000);
    apply();
    massCancel(5, "MKRA");
    expect(
        "mass canceled 5 MKRA all s0:6",
        "canceled 3 -20 left 0 U s0:7 f13",
        "canceled 4 -10 left 0 U s0:8 f14");
    massCancel(6, "MKRB");
    expect("mass canceled 6 MKRB all s0:9", "canceled 2 -10 left 0 U s0:10 f15");
    massCancel(7, "MKRA");
    expect("mass canceled 7 MKRA all s0:11");
  }

  @Test
  void shouldTakeABlankFirmForTheFirstOfTheSession() {
    given(0, 1, 'B', 10, 10);
    firm(2, "MKRB");
    apply();
    massCancel(3, "    ");
    expect("mass canceled 3      all s0:4", "canceled 1 -10 left 0 U s0:5 f10");
  }

  @Test
  void shouldCancelOfOneSymbol() {
    given(0, 1, 'B', 10, 10);
    commands.enter(0, 1, 2, 'B', 10, OTHER_SYMBOL, 100_000);
    apply();
    commands.massCancel(0, 1, 3, "MKRA", OTHER_SYMBOL);
    expect("mass canceled 3 MKRA symbol s0:4", "canceled 2 -10 left 0 U s0:5 f10");
  }

  @Test
  void shouldCancelOfOneSideToTheLetter() {
    given(0, 1, 'B', 10, 10);
    given(0, 2, 'S', 10, 11);
    given(0, 3, 'T', 10, 11);
    given(0, 4, 'S', 10, 11);
    commands.modify(0, 1, 4, 'E', 10);
    apply();
    side(massCancel(5, "MKRA"), 'S');
    expect("mass canceled 5 MKRA all side S s0:7", "canceled 2 -10 left 0 U s0:8 f12");
    side(massCancel(6, "MKRA"), 'E');
    expect("mass canceled 6 MKRA all side E s0:9", "canceled 4 -10 left 0 U s0:10 f13");
    side(massCancel(7, "MKRA"), 'B');
    expect("mass canceled 7 MKRA all side B s0:11", "canceled 1 -10 left 0 U s0:12 f14");
  }

  @Test
  void shouldCancelOfOneGroupAndKeepTheGroupOverAReplace() {
    given(0, 1, 'B', 10, 10);
    grouped(2, 0);
    apply();
    grouped(3, 7);
    apply();
    grouped(4, 65_535);
    apply();
    commands.replace(0, 1, 3, 5, 20, 90_000).tags().present(1L << 24).groupId(9);
    apply();
    group(massCancel(6, "MKRA"), 9);
    expect("mass canceled 6 MKRA all group 9 s0:7");
    group(massCancel(7, "MKRA"), 7);
    expect("mass canceled 7 MKRA all group 7 s0:8", "canceled 5 -20 left 0 U s0:9 f13");
    group(massCancel(8, "MKRA"), 0);
    expect(
        "mass canceled 8 MKRA all group 0 s0:10",
        "canceled 1 -10 left 0 U s0:11 f14",
        "canceled 2 -10 left 0 U s0:12 f15");
    group(massCancel(9, "MKRA"), 65_535);
    expect("mass canceled 9 MKRA all group 65535 s0:13", "canceled 4 -10 left 0 U s0:14 f16");
  }

  @Test
  void shouldCancelWithinTheChannelOfTheMessage() {
    given(0, 1, 'B', 10, 10);
    inChannel(1, 3);
    apply();
    inChannel(1, 255);
    apply();
    channel(massCancel(2, "MKRA"), 3);
    expect("mass canceled 2 MKRA all channel 3 s0:5", "canceled 1 -10 left 0 U s0:6 f11");
    massCancel(2, "MKRA");
    expect("mass canceled 2 MKRA all s0:7", "canceled 1 -10 left 0 U s0:8 f12");
    channel(massCancel(3, "MKRA"), 0);
    expect("mass canceled 3 MKRA all channel 0 s0:9");
    channel(massCancel(2, "MKRA"), 255);
    expect("mass canceled 2 MKRA all channel 255 s0:10", "canceled 1 -10 left 0 U s0:11 f13");
  }

  @Test
  void shouldCancelOnlyWhatMeetsEveryCriterion() {
    for (int urn = 1; urn <= 16; urn++) {
      int missing = urn - 1;
      long symbol = (missing & 1) == 0 ? SYMBOL : OTHER_SYMBOL;
      EnterOrderEncoder e =
          commands.enter(
              0, 1, urn, (missing & 2) == 0 ? 'B' : 'S', 10, symbol, 100_000 + 100 * urn);
      e.price((missing & 2) == 0 ? 90_000 : 110_000);
      e.tags().present(1L << 2 | 1L << 24);
      e.tags().groupId((missing & 4) == 0 ? 5 : 6).firm((missing & 8) == 0 ? "MKRB" : "MKRA");
      apply();
    }
    MassCancelEncoder c = commands.massCancel(0, 1, 17, "MKRB", SYMBOL);
    side(c, 'B');
    group(c, 5);
    expect(
        "mass canceled 17 MKRB symbol side B group 5 s0:18", "canceled 1 -10 left 0 U s0:19 f24");
  }

  @Test
  void shouldCancelManyInSteps() {
    String[] expected = new String[21];
    expected[0] = "mass canceled 21 MKRA all s0:22";
    for (int urn = 1; urn <= 20; urn++) {
      given(0, urn, 'B', 10, urn);
      expected[urn] = "canceled " + urn + " -10 left 0 U s0:" + (22 + urn) + " f" + (8 + 19 + urn);
    }
    massCancel(21, "MKRA");
    expect(expected);
  }

  @Test
  void shouldRejectAMassCancelThatIsNoneInOrderOfItsFields() {
    given(0, 1, 'B', 10, 10);
    massCancel(2, "NONE").symbol(UNKNOWN_SYMBOL).verdict(0x29);
    expect("rejected 2 0x29 s0:3");
    side(massCancel(3, "NONE").symbol(UNKNOWN_SYMBOL), 'X');
    expect("rejected 3 0xc s0:4");
    side(massCancel(4, "MKRA").symbol(UNKNOWN_SYMBOL), 'X');
    expect("rejected 4 0x17 s0:5");
    side(massCancel(5, "MKRA"), 'X');
    expect("rejected 5 0x9 s0:6");
    massCancel(5, "MKRA");
    expect();
    massCancel(4, "MKRA");
    expect();
    commands.query(0, 1, 0);
    expect("next 6 s0:7");
  }

  @Test
  void shouldLetADisabledOrHaltedMemberMassCancel() {
    given(0, 1, 'B', 10, 10);
    commands.control(0, 'D');
    apply();
    commands.tradingState(SYMBOL, 'H');
    apply();
    commands.disable(0, 1, 0, 2, "MKRA");
    expect("disabled 2 MKRA s0:3");
    massCancel(3, "MKRA");
    expect("mass canceled 3 MKRA all s0:4", "canceled 1 -10 left 0 U s0:5 f10");
  }

  @Test
  void shouldAnswerAfterTheCloseOfTheDay() {
    given(0, 1, 'B', 10, 10);
    commands.closeDay();
    apply();
    massCancel(2, "MKRA");
    expect("mass canceled 2 MKRA all s0:5");
    commands.disable(0, 1, 0, 3, "MKRA");
    expect("disabled 3 MKRA s0:6");
  }

  @Test
  void shouldRefuseNewOrdersOfADisabledFirmAndCancelNothing() {
    given(0, 1, 'B', 20, 10);
    commands.disable(0, 1, 0, 2, "MKRA");
    expect("disabled 2 MKRA s0:3");
    enter(0, 3, 'B', 10, 10);
    expect("rejected 3 0xc s0:4");
    firm(4, "MKRA");
    expect("rejected 4 0xc s0:5");
    commands.replace(0, 1, 1, 5, 30, 110_000);
    expect("rejected 5 0xc s0:6");
    firm(6, "MKRB");
    expect("accepted 6 B 10 @10 L #2 s0:7 f9");
    commands.replace(0, 1, 6, 7, 30, 110_000);
    expect("replaced 6 by 7 B 30 @11 #2->#3 s0:8 U f10");
    enter(1, 1, 'B', 10, 9);
    expect("accepted 1 B 10 @9 L #4 s1:2 f11");
    commands.cancel(0, 1, 0, 1, 10);
    expect("canceled 1 -10 left 10 U s0:9 f12");
    commands.modify(0, 1, 1, 'B', 0);
    expect("canceled 1 -10 left 0 U s0:10 f13");
  }

  @Test
  void shouldLetOrdersOfADisabledFirmMatch() {
    given(0, 1, 'B', 20, 10);
    commands.disable(0, 1, 0, 2, "    ");
    expect("disabled 2      s0:3");
    enter(1, 1, 'S', 20, 10);
    expect(
        "accepted 1 S 20 @10 L #2 s1:2",
        "executed 20 @10 match 1 1A left 0 s0:4 1R left 0 s1:3 f9");
  }

  @Test
  void shouldEnableAgainWhatWasDisabledAndAnswerEachTime() {
    commands.disable(0, 1, 0, 1, "MKRB");
    expect("disabled 1 MKRB s0:2");
    commands.disable(0, 1, 0, 2, "MKRB");
    expect("disabled 2 MKRB s0:3");
    commands.enable(0, 1, 0, 3, "MKRA");
    expect("enabled 3 MKRA s0:4");
    firm(4, "MKRB");
    expect("rejected 4 0xc s0:5");
    commands.enable(0, 1, 0, 5, "MKRB");
    expect("enabled 5 MKRB s0:6");
    firm(6, "MKRB");
    expect("accepted 6 B 10 @10 L #1 s0:7 f8");
    commands.enable(0, 1, 0, 7, "MKRB");
    expect("enabled 7 MKRB s0:8");
  }

  @Test
  void shouldDisableInEveryChannel() {
    commands.disable(0, 1, 9, 1, "MKRA");
    expect("disabled 1 MKRA s0:2");
    inChannel(1, 3);
    expect("rejected 1 0xc s0:3");
    commands.enable(0, 1, 3, 2, "MKRA");
    expect("enabled 2 MKRA s0:4");
    enter(0, 1, 'B', 10, 10);
    expect("accepted 1 B 10 @10 L #1 s0:5 f8");
  }

  @Test
  void shouldKeepADisabledFirmOverAReconnectAndTheOperatorsEnable() {
    commands.disable(0, 1, 0, 1, "MKRA");
    apply();
    commands.disconnect(0, 1);
    apply();
    commands.connect(0, 2);
    apply();
    commands.control(0, 'D');
    apply();
    commands.control(0, 'E');
    apply();
    commands.enter(0, 2, 2, 'B', 10, SYMBOL, 100_000);
    expect("rejected 2 0xc s0:3");
    commands.enable(0, 2, 0, 3, "MKRA");
    expect("enabled 3 MKRA s0:4");
    commands.enter(0, 2, 4, 'B', 10, SYMBOL, 100_000);
    expect("accepted 4 B 10 @10 L #1 s0:5 f8");
  }

  @Test
  void shouldRejectADisableOrEnableOfAFirmOfAnother() {
    commands.disable(0, 1, 0, 1, "NONE");
    expect("rejected 1 0xc s0:2");
    commands.enable(0, 1, 0, 2, "NONE").verdict(0x29);
    expect("rejected 2 0x29 s0:3");
    commands.enable(0, 1, 0, 2, "MKRA");
    expect();
    commands.disable(0, 1, 0, 1, "MKRA");
    expect();
    commands.enable(0, 1, 0, 3, "NONE");
    expect("rejected 3 0xc s0:4");
    enter(0, 4, 'B', 10, 10);
    expect("accepted 4 B 10 @10 L #1 s0:5 f8");
  }

  @Test
  void shouldAnswerAnAccountQueryOfAChannel() {
    commands.query(0, 1, 0);
    expect("next 1 s0:2");
    massCancel(7, "MKRA");
    apply();
    commands.disable(0, 1, 5, 3, "MKRA");
    apply();
    commands.query(0, 1, 0);
    expect("next 8 s0:5");
    commands.query(0, 1, 5);
    expect("next 4 s0:6");
    commands.query(0, 1, 0).verdict(0x29);
    expect();
    enter(0, LAST_NUMBER, 'X', 10, 10);
    apply();
    commands.query(0, 1, 0);
    expect("next 0 s0:8");
  }
}
