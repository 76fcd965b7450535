package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.matching.RandomCommands.Profile;
import io.tradepit.matching.book.OrderBook;
import io.tradepit.matching.book.OrderLine;
import io.tradepit.matching.rules.MatchingState;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Regions;
import io.tradepit.matching.state.StateDefectException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the records say is what the running hash says; and a bit that is flipped is found. */
@Timeout(60)
class StateAuditTest {
  private final List<String> undetected = new ArrayList<>();
  private int flips;

  /** A matcher with random orders, in memory that a test can reach. */
  private static final class Subject {
    final StateLayout layout;
    final UnsafeBuffer[] books;
    final UnsafeBuffer[] pages;
    final Matcher matcher;
    final RandomCommands random;
    final ReferenceMatcher reference;
    private final Profile profile;
    private long sequence;

    Subject(Profile profile, long seed) {
      this.profile = profile;
      layout = StateLayout.of(profile.capacities);
      books = StateMemory.books(layout);
      pages = StateMemory.pages(layout);
      matcher = inMemory();
      reference = new ReferenceMatcher(profile.capacities);
      random = new RandomCommands(seed, profile, reference);
      open();
    }

    Matcher inMemory() {
      return new Matcher(
          layout, books, pages, (s, t, w, first, n, last, b, o, l) -> {}, profile.limit);
    }

    private void open() {
      random.commands.openDay(profile.capacities);
      apply();
      for (long symbol : RandomCommands.SYMBOLS) {
        random.commands.defineInstrument(symbol, 100, 10);
        apply();
      }
      for (int i = 0; i < RandomCommands.SESSIONS; i++) {
        random.defineSession(i);
        apply();
        random.connect(i);
        apply();
      }
      random.commands.startTrading();
      apply();
    }

    void some(int count) {
      for (int i = 0; i < count; i++) {
        random.next();
        apply();
      }
    }

    /** A session that is not one of the random ones leaves orders that wait for its return. */
    void leave(int session) {
      Commands commands = random.commands;
      commands.gateway(66);
      commands.defineSession(session, "USER09", 100);
      apply();
      commands.connect(session, 1);
      apply();
      commands.enter(session, 1, 1, 'B', 10, RandomCommands.SYMBOLS[0], 100);
      apply();
      commands.disconnect(session, 1);
      apply();
      assertTrue(matcher.nextDeadlineNs() < Long.MAX_VALUE);
    }

    private void apply() {
      sequence++;
      Commands commands = random.commands;
      int length = commands.length();
      boolean complete = matcher.onCommand(sequence, random.timeNs(), commands.buffer, 0, length);
      while (!complete) {
        complete = matcher.resume();
      }
      reference.onCommand(sequence, random.timeNs(), commands.buffer, 0, length);
    }

    /** Flips a bit of a byte in the pages; says what is found, and flips it back. */
    String found(long offset, int bit) {
      UnsafeBuffer page = pages[(int) (offset >>> Regions.PAGE_SHIFT)];
      return found(page, (int) (offset & Regions.PAGE_MASK), bit);
    }

    String found(UnsafeBuffer buffer, int at, int bit) {
      buffer.putByte(at, (byte) (buffer.getByte(at) ^ 1 << bit));
      try {
        return StateAudit.defect(inMemory());
      } catch (IllegalStateException e) {
        return e.getMessage();
      } finally {
        buffer.putByte(at, (byte) (buffer.getByte(at) ^ 1 << bit));
      }
    }
  }

  @Test
  void shouldComputeTheHashThatRunsAlong() {
    int block = (int) Tier.count(200, 2_000);
    for (Profile profile : Profile.values()) {
      Subject subject = new Subject(profile, 11);
      assertNull(StateAudit.defect(subject.matcher));
      for (int i = 0; i < 20; i++) {
        subject.some(block);
        String where = "profile=" + profile + " sequence=" + subject.sequence;
        assertNull(StateAudit.defect(subject.matcher), where);
        assertEquals(subject.reference.stateHash(), StateAudit.stateHash(subject.matcher), where);
      }
    }
  }

  private static int levelOf(Subject subject, long line) {
    UnsafeBuffer page = subject.pages[(int) (line >>> Regions.PAGE_SHIFT)];
    return page.getInt((int) (line & Regions.PAGE_MASK) + OrderLine.LEVEL);
  }

  private void flipEach(Subject subject, String what, long offset, int bytes) {
    for (int i = 0; i < bytes; i++) {
      int bit = flips++ & 7;
      String found = subject.found(offset + i, bit);
      if (found == null) {
        undetected.add(what + " byte=" + i + " bit=" + bit);
      } else {
        assertFalse(found.contains("\n"), found);
      }
    }
  }

  @Test
  void shouldFindABitThatIsFlippedInAnyRecordInUse() {
    Subject subject = new Subject(Profile.DENSE, 12);
    while (subject.matcher.ordersInUse() < 30) {
      subject.some(20);
    }
    subject.leave(3);
    MatchingState state = subject.matcher.state();
    Regions regions = state.regions;
    for (int instrument = 1; instrument <= 2; instrument++) {
      UnsafeBuffer book = subject.books[instrument - 1];
      for (int[] range : new int[][] {{0, 37}, {40, 12}, {64, 40}, {128, 28}, {192, 28}}) {
        for (int i = range[0]; i < range[0] + range[1]; i++) {
          if (subject.found(book, i, flips++ & 7) == null) {
            // A version that is even is as good as another one.
            undetected.add("instrument=" + instrument + " byte=" + i);
          }
        }
      }
      for (int side = 0; side < 2; side++) {
        OrderBook of = state.books.book(instrument);
        for (int order = of.best(side); order != 0; order = of.next(order, side)) {
          String what = "order=" + order;
          long line = regions.orders + ((long) order << Regions.ORDER_SHIFT);
          flipEach(subject, what, line, OrderLine.GROUP + 2);
          flipEach(subject, what, line + OrderLine.HASH_KEY, 8);
          long details = regions.details + ((long) order << Regions.DETAIL_SHIFT);
          flipEach(subject, what + " details", details, OrderLine.TAGS + 4);
          long links = regions.links + ((long) order << Regions.LINK_SHIFT);
          flipEach(subject, what + " links", links, 8);
          if (of.alone(order)) {
            long level = regions.levels + ((long) levelOf(subject, line) << Regions.LEVEL_SHIFT);
            flipEach(subject, what + " level", level, 32);
          }
        }
      }
    }
    for (int session = 0; session < regions.maxSessions; session++) {
      String what = "session=" + session;
      flipEach(subject, what, regions.sessions + ((long) session << Regions.SESSION_SHIFT), 64);
      long channels = regions.channels + ((long) session << Regions.CHANNELS_SHIFT);
      flipEach(subject, what + " channels", channels, 1024);
      long references = ((long) session * regions.referencesOfSession) << Regions.REFERENCE_SHIFT;
      int bytes = session < 3 ? regions.referencesOfSession << Regions.REFERENCE_SHIFT : 0;
      flipEach(subject, what + " references", regions.references + references, bytes);
    }
    flipEach(subject, "level 0", regions.levels, 32);
    flipEach(subject, "timers", regions.timers, 16 * regions.maxSessions);
    flipEach(subject, "timers", Header.FIRST_TIMER, 16);
    flipEach(subject, "counters", 8L * Header.LAST_SEQUENCE, 8 * 11);
    flipEach(subject, "pools", 64, 12);
    flipEach(subject, "pools", 80, 12);
    for (int height = 0; height < Regions.HEIGHTS; height++) {
      flipEach(subject, "pools", 256 + 16L * height, 12);
      int nodes = state.books.nodesInUse(height);
      assertTrue(nodes > 0, "height=" + height);
      // Node 0 is read as one that has no kids; at its age the pool has handed out all below too.
      for (int node = 0; node <= nodes; node++) {
        String what = "height=" + height + " node=" + node;
        flipEach(subject, what, regions.maps(height) + 8L * node, 8);
        flipEach(subject, what, regions.nodes(height) + 256L * node, 256);
      }
    }
    flipEach(subject, "gateways", 4096, 256 * 8);
    undetected.removeIf(line -> line.matches("instrument=. byte=[0-7]"));
    assertEquals(List.of(), undetected);
    Tier.ran("audit of the state", "flippedBits=" + flips + " found=all");
    assertNull(StateAudit.defect(subject.matcher));
  }

  @Test
  void shouldNeitherFailNorHangOnMemoryThatMakesNoSense() {
    Subject subject = new Subject(Profile.DENSE, 13);
    subject.some(500);
    long end = subject.layout.regions().symbols + 64;
    int step = (int) Math.max(1, end / Tier.count(5_000, 1_000_000));
    for (long offset = 512; offset < end; offset += step) {
      String found = subject.found(offset, flips++ & 7);
      assertTrue(found == null || !found.contains("\n"), found);
    }
    assertNull(StateAudit.defect(subject.matcher));
    Tier.ran("audit of the state", "bitsFlippedAnywhere=" + flips + " hangs=0");
  }

  @Test
  void shouldRefuseACommandThatIsNotComplete() {
    Subject subject = new Subject(Profile.STEPS, 14);
    subject.some(400);
    while (subject.matcher.sessionOpenOrders(0) < 4) {
      subject.some(1);
    }
    Commands commands = subject.random.commands;
    commands.gateway(77);
    commands.control(0, 'C');
    long next = subject.sequence + 1;
    assertFalse(
        subject.matcher.onCommand(
            next, subject.random.timeNs(), commands.buffer, 0, commands.length()));

    String defect = StateAudit.defect(subject.matcher);

    assertEquals("defect=not complete value=2 sequence=" + next, defect);
    assertEquals(
        defect,
        assertThrows(StateDefectException.class, () -> StateAudit.stateHash(subject.matcher))
            .getMessage());
  }
}
