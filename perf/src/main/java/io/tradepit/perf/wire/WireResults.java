package io.tradepit.perf.wire;

import io.tradepit.perf.openloop.RateRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** All runs of one transport with one layout of threads. */
final class WireResults {
  private static final RateRuns<WireRow> NONE = new RateRuns<>(WireRow::figures);

  private final String transport;
  private final ThreadLayout layout;
  private final NavigableMap<Integer, RateRuns<WireRow>> bySessions = new TreeMap<>();
  private final List<MemberGaps> gaps = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private String member = "";
  private int rounds;

  WireResults(String transport, ThreadLayout layout) {
    this.transport = transport;
    this.layout = layout;
  }

  void beginRound() {
    rounds++;
  }

  void add(WireRow row) {
    bySessions.computeIfAbsent(row.sessions(), n -> new RateRuns<>(WireRow::figures)).add(row);
  }

  void add(MemberGaps ofRound) {
    gaps.add(ofRound);
  }

  /** Runs that were not done, so that no more rates were tried with that count of sessions. */
  void giveUp(String line) {
    givenUp.add("round=" + rounds + ' ' + line);
  }

  List<String> givenUp() {
    return givenUp;
  }

  void member(String version) {
    member = version;
  }

  String transport() {
    return transport;
  }

  ThreadLayout layout() {
    return layout;
  }

  /** Transport and layout. */
  String name() {
    return transport + ", " + layout.label();
  }

  /** JDK and flags of the member; those of the segment are the same. */
  String member() {
    return member;
  }

  /** One for each segment. */
  List<MemberGaps> gaps() {
    return gaps;
  }

  int rounds() {
    return rounds;
  }

  List<Integer> sessions() {
    return List.copyOf(bySessions.keySet());
  }

  private RateRuns<WireRow> with(int sessions) {
    return bySessions.getOrDefault(sessions, NONE);
  }

  /** Of the open loop, ascending. */
  List<Long> rates(int sessions) {
    return with(sessions).rates().stream().filter(rate -> rate != WireRow.ONE_IN_FLIGHT).toList();
  }

  List<WireRow> runs(int sessions, long rate) {
    return with(sessions).of(rate);
  }

  int kept(int sessions, long rate) {
    return with(sessions).kept(rate);
  }

  /** See {@link RateRuns#isKept}. */
  boolean isKept(int sessions, long rate) {
    return with(sessions).isKept(rate, rounds);
  }

  /** See {@link RateRuns#highestKept}; one order in flight, which comes first, counts as kept. */
  long highestKept(int sessions) {
    return with(sessions).highestKept(rounds);
  }

  /** See {@link RateRuns#middle}. */
  Optional<WireRow> middle(int sessions, long rate) {
    return with(sessions).middle(rate);
  }
}
