package io.tradepit.perf.wire;

import io.tradepit.perf.pipeline.RateFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** All runs of one transport with one layout of threads. */
final class WireResults {
  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(Place::sessions).thenComparingLong(Place::rate);

  private final String transport;
  private final ThreadLayout layout;
  private final Map<Place, List<WireRow>> runs = new TreeMap<>(ORDER);
  private final List<MemberGaps> gaps = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private String member = "";
  private int rounds;

  private record Place(int sessions, long rate) {}

  WireResults(String transport, ThreadLayout layout) {
    this.transport = transport;
    this.layout = layout;
  }

  void beginRound() {
    rounds++;
  }

  void add(WireRow row) {
    Place place = new Place(row.sessions(), row.figures().rate());
    runs.computeIfAbsent(place, key -> new ArrayList<>()).add(row);
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
    return runs.keySet().stream().map(Place::sessions).distinct().toList();
  }

  /** Of the open loop, ascending. */
  List<Long> rates(int sessions) {
    TreeSet<Long> rates = new TreeSet<>();
    runs.keySet().stream()
        .filter(place -> place.sessions() == sessions && place.rate() != WireRow.ONE_IN_FLIGHT)
        .forEach(place -> rates.add(place.rate()));
    return List.copyOf(rates);
  }

  List<WireRow> runs(int sessions, long rate) {
    return runs.getOrDefault(new Place(sessions, rate), List.of());
  }

  int kept(int sessions, long rate) {
    return (int)
        runs(sessions, rate).stream().map(WireRow::figures).filter(RateFigures::isKept).count();
  }

  /** Kept in more than half of all rounds; a round that had given up before has not kept it. */
  boolean isKept(int sessions, long rate) {
    return 2 * kept(sessions, rate) > rounds;
  }

  /** The highest rate up to which each was kept, 0 = none. */
  long highestKept(int sessions) {
    return rates(sessions).stream()
        .takeWhile(rate -> isKept(sessions, rate))
        .reduce(0L, (last, next) -> next);
  }

  /**
   * The run in the middle, by its median latency, those that were not done behind all others; empty
   * where nothing ran.
   */
  Optional<WireRow> middle(int sessions, long rate) {
    List<WireRow> all = new ArrayList<>(runs(sessions, rate));
    all.sort(
        Comparator.comparingLong(
            row -> row.figures().isDone() ? row.figures().p50Ns() : Long.MAX_VALUE));
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() / 2));
  }
}
