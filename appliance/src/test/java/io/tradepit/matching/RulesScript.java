package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.protocol.sbe.EnterOrderEncoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * Commands in and events out (see {@link EventText}), for any matcher. Lot 10, tick 0.01, sessions
 * 0 and 1 connected, of firms MKRA and MKRB; the next messages are s0:2, s1:2 and f6.
 */
@Timeout(10)
abstract class RulesScript {
  static final long SYMBOL = 0x41434D4520202020L;

  final Commands commands = new Commands();
  final List<String> events = new ArrayList<>();
  private Subject subject;
  long sequence;
  private long passed;

  /** What the rules are tried on. */
  @FunctionalInterface
  interface Subject {
    /** Applies the command that stands in {@link #commands}; says what came of it. */
    void apply(long sequence, long timeNs);
  }

  abstract Subject subject();

  abstract Capacities capacities();

  /** The matcher, in steps of two events. */
  final Subject matcher() {
    StateLayout layout = StateLayout.of(capacities());
    Matcher matcher =
        new Matcher(
            layout,
            StateMemory.books(layout),
            StateMemory.pages(layout),
            (sequence, timeNs, wireNs, first, count, last, buffer, offset, length) ->
                said(buffer, offset, length),
            2);
    return (sequence, timeNs) -> {
      boolean complete = matcher.onCommand(sequence, timeNs, commands.buffer, 0, commands.length());
      while (!complete) {
        complete = matcher.resume();
      }
    };
  }

  final Subject reference() {
    ReferenceMatcher reference = new ReferenceMatcher(capacities());
    return (sequence, timeNs) -> {
      reference.onCommand(sequence, timeNs, commands.buffer, 0, commands.length());
      said(reference.events(), 0, reference.length());
    };
  }

  private void said(DirectBuffer buffer, int offset, int length) {
    int at = offset;
    while (at < offset + length) {
      int block = buffer.getShort(at);
      events.add(EventText.of(buffer.getShort(at + 2), buffer, at + 8, block));
      at += (8 + block + 7) & ~7;
    }
  }

  final void expect(String... expected) {
    events.clear();
    apply();
    assertEquals(List.of(expected), events);
  }

  /** Time that passes before the next command. */
  final void pass(long ns) {
    passed += ns;
  }

  /** When the next command comes, if no more time passes. */
  final long nextNs() {
    return 5000 + passed + sequence + 1;
  }

  final void apply() {
    long timeNs = nextNs();
    sequence++;
    subject.apply(sequence, timeNs);
  }

  @BeforeEach
  final void openTrading() {
    subject = subject();
    commands.openDay(capacities());
    expect("day opened", "feed O f1", "admin Y 1");
    commands.defineInstrument(SYMBOL, 100, 10);
    expect("listed", "trading T f3", "admin Y 1");
    for (int i = 0; i < 2; i++) {
      commands.defineSession(i, "USER0" + i);
      expect("defined " + i, "session S s" + i + ":1", "admin Y 1");
      commands.connect(i, 1);
      expect("connected " + i + " epoch 1 next 2");
    }
    commands.startTrading();
    expect("feed S f4", "feed Q f5", "admin Y 1");
  }

  final EnterOrderEncoder enter(int session, long urn, char side, long quantity, long price) {
    return commands.enter(session, 1, urn, side, quantity, SYMBOL, price * 10_000);
  }

  final void given(int session, long urn, char side, long quantity, long price) {
    enter(session, urn, side, quantity, price);
    apply();
  }
}
