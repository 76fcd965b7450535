package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.matching.RandomCommands.Profile;
import io.tradepit.matching.state.StateHash;
import io.tradepit.protocol.sbe.SnapshotBeginEncoder;
import io.tradepit.protocol.sbe.SnapshotEndEncoder;
import io.tradepit.protocol.sbe.SnapshotGatewayEncoder;
import io.tradepit.protocol.sbe.SnapshotInstrumentEncoder;
import io.tradepit.protocol.sbe.SnapshotOrderDecoder;
import io.tradepit.protocol.sbe.SnapshotOrderEncoder;
import io.tradepit.protocol.sbe.SnapshotSessionEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Damaged snapshots, and snapshots that are not for this state: each is refused, by name. */
@Timeout(120)
class SnapshotRefusalTest {
  private static final Capacities CAPACITIES = Profile.DENSE.capacities;
  private static final int BLOCK = 8;
  private static final int BEGIN = 201;
  private static final int GATEWAY = 202;
  private static final int INSTRUMENT = 203;
  private static final int SESSION = 204;
  private static final int ORDER = 205;
  private static final int END = 206;

  private final StateLayout layout = StateLayout.of(CAPACITIES);
  private final UnsafeBuffer[] books = StateMemory.books(layout);
  private final UnsafeBuffer[] pages = StateMemory.pages(layout);
  private final SavedSnapshot good = SavedSnapshot.of(traded());

  /** Some books of random commands: several orders at a price, orders with tags, two channels. */
  private static Matcher traded() {
    StateLayout layout = StateLayout.of(CAPACITIES);
    Matcher matcher =
        new Matcher(
            layout,
            StateMemory.books(layout),
            StateMemory.pages(layout),
            (s, t, w, first, count, last, b, offset, length) -> {});
    ReferenceMatcher reference = new ReferenceMatcher(CAPACITIES);
    RandomCommands random = new RandomCommands(7, Profile.DENSE, reference);
    List<Runnable> first = new ArrayList<>();
    first.add(() -> random.commands.openDay(CAPACITIES));
    first.add(() -> random.commands.defineInstrument(RandomCommands.SYMBOLS[0], 100, 10));
    first.add(() -> random.commands.defineInstrument(RandomCommands.SYMBOLS[1], 100, 10));
    for (int i = 0; i < RandomCommands.SESSIONS; i++) {
      int session = i;
      first.add(() -> random.defineSession(session));
      first.add(() -> random.connect(session));
    }
    first.add(random.commands::startTrading);
    long sequence = 0;
    while (sequence < 3000 || matcher.ordersInUse() < 20) {
      if (sequence < first.size()) {
        first.get((int) sequence).run();
      } else {
        random.next();
      }
      sequence++;
      boolean complete =
          matcher.onCommand(
              sequence, random.timeNs(), random.commands.buffer, 0, random.commands.length());
      while (!complete) {
        complete = matcher.resume();
      }
      reference.onCommand(
          sequence, random.timeNs(), random.commands.buffer, 0, random.commands.length());
    }
    return matcher;
  }

  /** A matcher in the same memory, made empty again. */
  private Matcher fresh() {
    for (UnsafeBuffer book : books) {
      book.setMemory(0, book.capacity(), (byte) 0);
    }
    for (UnsafeBuffer page : pages) {
      page.setMemory(0, page.capacity(), (byte) 0);
    }
    return inMemory();
  }

  private Matcher inMemory() {
    return new Matcher(layout, books, pages, (s, t, w, first, count, last, b, o, length) -> {});
  }

  private String refusalOf(SavedSnapshot snapshot) {
    Matcher matcher = fresh();
    String line =
        assertThrows(SnapshotRefusedException.class, () -> snapshot.load(matcher)).getMessage();
    assertTrue(line.startsWith("snapshot=refused message="), line);
    assertFalse(line.contains("\n"), line);
    return line;
  }

  private int indexOf(int template, int nth) {
    int left = nth;
    for (int i = 0; i < good.messages.size(); i++) {
      if (good.template(i) == template && left-- == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("template=" + template + " nth=" + nth);
  }

  /** The line with which the snapshot is refused when a message is changed. */
  private String refusal(int template, int nth, Consumer<UnsafeBuffer> change) {
    SavedSnapshot damaged = SavedSnapshot.of(good.messages);
    change.accept(new UnsafeBuffer(damaged.messages.get(indexOf(template, nth))));
    return refusalOf(damaged).replaceFirst("snapshot=refused message=\\d+ ", "");
  }

  private String refusalOfBegin(Consumer<SnapshotBeginEncoder> change) {
    return refusal(BEGIN, 0, b -> change.accept(new SnapshotBeginEncoder().wrap(b, BLOCK)));
  }

  private String refusalOfOrder(int nth, Consumer<SnapshotOrderEncoder> change) {
    return refusal(ORDER, nth, b -> change.accept(new SnapshotOrderEncoder().wrap(b, BLOCK)));
  }

  @Test
  void shouldLoadWhatIsNotDamaged() {
    Matcher matcher = fresh();
    good.load(matcher);
    assertFalse(matcher.isContinuing());
    assertEquals(matcher.stateHash(), inMemory().stateHash());
    for (int template : new int[] {BEGIN, GATEWAY, INSTRUMENT, SESSION, ORDER, END}) {
      assertTrue(indexOf(template, 0) >= 0);
    }
  }

  @Test
  void shouldRefuseABitThatIsFlippedInAnyByte() {
    int flips = 0;
    for (int i = 0; i < good.messages.size(); i++) {
      int bytes = good.messages.get(i).length;
      // A session has 256 numbers of channels, all alike.
      int step = bytes > 1000 ? 5 : 1;
      for (int at = 0; at < bytes; at += step) {
        SavedSnapshot damaged = SavedSnapshot.of(good.messages);
        damaged.messages.get(i)[at] ^= (byte) (1 << (flips & 7));
        refusalOf(damaged);
        flips++;
      }
    }
    Tier.ran("snapshot", "messages=" + good.messages.size() + " flippedBits=" + flips);
  }

  @Test
  void shouldRefuseASnapshotCutAnywhere() {
    for (int end = 0; end < good.messages.size(); end++) {
      SavedSnapshot cut = SavedSnapshot.of(good.messages.subList(0, end));
      assertTrue(refusalOf(cut).endsWith(": the snapshot is cut short"));
    }
    assertEquals(
        "snapshot=refused message=0 begin=0 expected=1: the snapshot is cut short",
        refusalOf(new SavedSnapshot()));
    assertEquals(
        "snapshot=refused message="
            + (good.messages.size() - 1)
            + " end=0 expected=1: the snapshot is cut short",
        refusalOf(SavedSnapshot.of(good.messages.subList(0, good.messages.size() - 1))));
  }

  @Test
  void shouldRefuseAMessageThatIsDoubledLeftOutOrInAnotherPlace() {
    for (int i = 0; i < good.messages.size(); i++) {
      List<byte[]> doubled = new ArrayList<>(good.messages);
      doubled.add(i, doubled.get(i));
      refusalOf(SavedSnapshot.of(doubled));
      List<byte[]> without = new ArrayList<>(good.messages);
      without.remove(i);
      refusalOf(SavedSnapshot.of(without));
      if (i > 0) {
        List<byte[]> swapped = new ArrayList<>(good.messages);
        Collections.swap(swapped, i - 1, i);
        refusalOf(SavedSnapshot.of(swapped));
      }
    }
  }

  @Test
  void shouldNameTheKindThatIsMissingOrTooMany() {
    List<byte[]> doubled = new ArrayList<>(good.messages);
    doubled.addLast(doubled.getLast());
    assertTrue(refusalOf(SavedSnapshot.of(doubled)).endsWith("end=1 expected=1: and one more"));
    List<byte[]> without = new ArrayList<>(good.messages);
    without.remove(indexOf(SESSION, 2));
    assertTrue(
        refusalOf(SavedSnapshot.of(without))
            .endsWith("sessions=2 expected=3: came before this of orders"));
    without = new ArrayList<>(good.messages);
    without.removeFirst();
    assertEquals(
        "snapshot=refused message=1 begin=0 expected=1: came before this of gateways",
        refusalOf(SavedSnapshot.of(without)));
  }

  @Test
  void shouldRefuseAnotherVersion() {
    assertEquals("layoutVersion=99 here=2", refusalOfBegin(b -> b.layoutVersion(99)));
    assertEquals(
        "ruleVersion=99 here=" + Matcher.RULE_VERSION, refusalOfBegin(b -> b.ruleVersion(99)));
    int schema = SnapshotBeginEncoder.SCHEMA_VERSION;
    assertEquals("schemaVersion=99 here=" + schema, refusalOfBegin(b -> b.schemaVersion(99)));
    assertEquals(
        "schemaVersion=99 here=" + schema, refusal(GATEWAY, 0, b -> b.putShort(6, (short) 99)));
    assertEquals("schemaId=1 here=7117", refusal(ORDER, 0, b -> b.putShort(4, (short) 1)));
    assertEquals(
        "template=104: not of a snapshot", refusal(ORDER, 0, b -> b.putShort(2, (short) 104)));
    assertEquals(
        "blockLength=8 here=" + SnapshotOrderEncoder.BLOCK_LENGTH,
        refusal(ORDER, 0, b -> b.putShort(0, (short) 8)));
  }

  @Test
  void shouldRefuseAMessageOfAnotherLength() {
    SavedSnapshot damaged = SavedSnapshot.of(good.messages);
    damaged.messages.set(0, new byte[7]);
    assertEquals(
        "snapshot=refused message=1 length=7: a message has 8 bytes at least", refusalOf(damaged));
    damaged.messages.set(0, good.messages.getFirst().clone());
    int last = good.messages.size() - 1;
    damaged.messages.set(last, Arrays.copyOf(good.messages.get(last), 24));
    assertTrue(refusalOf(damaged).endsWith(" length=24 here=32"));
  }

  @Test
  void shouldRefuseOtherCapacities() {
    assertEquals("maxOrders=61 here=60", refusalOfBegin(b -> b.maxOrders(61)));
    assertEquals("maxLevels=25 here=24", refusalOfBegin(b -> b.maxLevels(25)));
    assertEquals(
        "maxOpenOrdersOfSession=41 here=40", refusalOfBegin(b -> b.maxOpenOrdersOfSession(41)));
    assertEquals("maxInstruments=3 here=2", refusalOfBegin(b -> b.maxInstruments(3)));
    assertEquals("maxSessions=5 here=4", refusalOfBegin(b -> b.maxSessions(5)));
  }

  @Test
  void shouldRefuseCountsThatThereIsNoRoomFor() {
    String why = ": more than there is room for";
    assertEquals("gateways=257" + why, refusalOfBegin(b -> b.gateways(257)));
    assertEquals("instruments=3" + why, refusalOfBegin(b -> b.instruments(3)));
    assertEquals("sessions=5" + why, refusalOfBegin(b -> b.sessions(5)));
    assertEquals("orders=61" + why, refusalOfBegin(b -> b.orders(61)));
    assertEquals("levels=25" + why, refusalOfBegin(b -> b.levels(25)));
    assertEquals("dayState=4: not known", refusalOfBegin(b -> b.dayState((short) 4)));
    assertEquals("sequence=-2: allowed are 0 and more", refusalOfBegin(b -> b.sequence(-2)));
    assertEquals("levels=1: there is one more", refusalOfBegin(b -> b.levels(1)));
  }

  @Test
  void shouldRefuseGatewaysInstrumentsAndSessionsThatDoNotFollowOneAnother() {
    assertEquals(
        "gateway=0: not above the one before",
        refusal(GATEWAY, 1, b -> new SnapshotGatewayEncoder().wrap(b, BLOCK).gateway((short) 0)));
    assertEquals(
        "instrumentId=1 here=2",
        refusal(
            INSTRUMENT, 1, b -> new SnapshotInstrumentEncoder().wrap(b, BLOCK).instrumentId(1)));
    long symbol = RandomCommands.SYMBOLS[0];
    assertEquals(
        "symbol=" + symbol + ": listed twice",
        refusal(INSTRUMENT, 1, b -> new SnapshotInstrumentEncoder().wrap(b, BLOCK).symbol(symbol)));
    assertEquals(
        "sessionId=0: not above the one before",
        refusal(SESSION, 1, b -> new SnapshotSessionEncoder().wrap(b, BLOCK).sessionId(0)));
    assertEquals(
        "sessionId=4: there is no room for it",
        refusal(SESSION, 2, b -> new SnapshotSessionEncoder().wrap(b, BLOCK).sessionId(4)));
  }

  @Test
  void shouldRefuseAnInstrumentWithoutATick() {
    assertEquals(
        "tick=0: allowed from 1",
        refusal(INSTRUMENT, 0, b -> new SnapshotInstrumentEncoder().wrap(b, BLOCK).tick(0)));
  }

  @Test
  void shouldRefuseOrdersThatDoNotFit() {
    assertEquals("sessionId=3: unknown", refusalOfOrder(0, o -> o.sessionId(3)));
    assertEquals("sessionId=65535: unknown", refusalOfOrder(0, o -> o.sessionId(65_535)));
    assertEquals("instrumentId=0: unknown", refusalOfOrder(0, o -> o.instrumentId(0)));
    assertEquals("instrumentId=3: unknown", refusalOfOrder(0, o -> o.instrumentId(3)));
    assertEquals("price=0: allowed are 1 to 2147483646", refusalOfOrder(0, o -> o.price(0)));
    assertEquals(
        "price=4294967296: allowed are 1 to 2147483646", refusalOfOrder(0, o -> o.price(1L << 32)));
    assertEquals(
        "price=1999999850: not a multiple of the tick",
        refusalOfOrder(0, o -> o.price(1_999_999_850)));
    assertEquals(
        "price=1999999900: out of order in its book",
        refusalOfOrder(1, o -> o.price(1_999_999_900)));
    assertEquals("instrumentId=1: out of order", refusalOfOrder(0, o -> o.instrumentId(2)));
    assertEquals(
        "orderNumber=1: out of order at its price",
        refusalOfOrder(secondOfAPrice(), o -> o.orderNumber(1)));
  }

  /** An order that has the price of the one before. */
  private int secondOfAPrice() {
    int nth = 1;
    while (order(nth).price() != order(nth - 1).price()) {
      nth++;
    }
    return nth;
  }

  private SnapshotOrderDecoder order(int nth) {
    return new SnapshotOrderDecoder()
        .wrap(
            new UnsafeBuffer(good.messages.get(indexOf(ORDER, nth))),
            BLOCK,
            SnapshotOrderDecoder.BLOCK_LENGTH,
            SnapshotOrderDecoder.SCHEMA_VERSION);
  }

  @Test
  void shouldRefuseAForgedSnapshotWhoseContentHashFits() {
    int last = good.messages.size() - indexOf(ORDER, 0) - 2;
    long number = order(last).orderNumber();
    assertEquals(
        "orderNumber=" + number + ": came twice",
        forgedOrder(0, o -> o.orderNumber(number)).replaceFirst(".*message=\\d+ ", ""));
    SnapshotOrderDecoder twin = order(last);
    String line =
        forgedOrder(
            0,
            o ->
                o.sessionId(twin.sessionId())
                    .userRefIdx(twin.userRefIdx())
                    .userRefNum(twin.userRefNum()));
    assertTrue(
        line.endsWith(" userRefNum=" + twin.userRefNum() + ": open twice in its session"), line);
    line = forgedOrder(0, o -> o.remaining(7));
    assertTrue(line.contains(" stateHash="), line);
  }

  private String forgedOrder(int nth, Consumer<SnapshotOrderEncoder> change) {
    SavedSnapshot forged = SavedSnapshot.of(good.messages);
    byte[] message = forged.messages.get(indexOf(ORDER, nth));
    change.accept(new SnapshotOrderEncoder().wrap(new UnsafeBuffer(message), BLOCK));
    return refusalOf(sealed(forged));
  }

  /** With the content hash that fits what was changed. */
  private static SavedSnapshot sealed(SavedSnapshot snapshot) {
    long hash = 0;
    for (byte[] message : snapshot.messages.subList(0, snapshot.messages.size() - 1)) {
      hash = StateHash.ofBytes(hash, new UnsafeBuffer(message), 0, message.length);
    }
    new SnapshotEndEncoder()
        .wrap(new UnsafeBuffer(snapshot.messages.getLast()), BLOCK)
        .contentHash(hash);
    return snapshot;
  }

  @Test
  void shouldRefuseMoreOpenOrdersOfASessionThanThereIsRoomFor() {
    SavedSnapshot forged = SavedSnapshot.of(good.messages);
    new SnapshotBeginEncoder()
        .wrap(new UnsafeBuffer(forged.messages.getFirst()), BLOCK)
        .maxOpenOrdersOfSession(2);
    StateLayout small = StateLayout.of(new Capacities(60, 24, 2, 2, 4));
    Matcher matcher =
        new Matcher(
            small,
            StateMemory.books(small),
            StateMemory.pages(small),
            (s, t, w, first, count, finished, b, o, length) -> {});

    String line =
        assertThrows(SnapshotRefusedException.class, () -> sealed(forged).load(matcher))
            .getMessage();
    assertTrue(line.endsWith(": has more open orders than there is room for"), line);
  }

  @Test
  void shouldRefuseAnEndThatDoesNotFit() {
    int messages = good.messages.size();
    assertEquals(
        "messages=1 here=" + messages,
        refusal(END, 0, b -> new SnapshotEndEncoder().wrap(b, BLOCK).messages(1)));
    assertEquals(
        "sequence=1 here=" + traded().lastSequence(),
        refusal(END, 0, b -> new SnapshotEndEncoder().wrap(b, BLOCK).sequence(1)));
    assertTrue(
        refusal(END, 0, b -> new SnapshotEndEncoder().wrap(b, BLOCK).contentHash(1))
            .startsWith("contentHash=1 here="));
  }

  @Test
  void shouldRefuseToLoadIntoAStateThatIsNotEmpty() {
    Matcher matcher = fresh();
    good.load(matcher);
    assertEquals(
        "snapshot=refused message=0 lastSequence="
            + matcher.lastSequence()
            + ": the state is not empty",
        assertThrows(SnapshotRefusedException.class, () -> new SnapshotLoader(matcher))
            .getMessage());
  }

  @Test
  void shouldApplyNoCommandToAStateThatIsHalfLoaded() {
    Matcher matcher = fresh();
    SavedSnapshot cut = SavedSnapshot.of(good.messages.subList(0, good.messages.size() - 1));
    assertThrows(SnapshotRefusedException.class, () -> cut.load(matcher));

    long next = matcher.lastSequence() + 1;
    Commands commands = new Commands();
    commands.startTrading();
    assertThrows(
        IllegalStateException.class,
        () -> matcher.onCommand(next, Long.MAX_VALUE, commands.buffer, 0, commands.length()));
    assertThrows(IllegalStateException.class, matcher::resume);
    assertThrows(IllegalStateException.class, this::inMemory);
  }
}
