package io.tradepit.tools.replay;

import java.util.ArrayList;
import java.util.List;

/** What differed: the first ones in full, the count of all. Any thread. */
final class Findings {
  /** So many are kept in full. */
  static final int KEPT = 10;

  private final List<String> first = new ArrayList<>();
  private long count;

  /** One line, name=value. */
  synchronized void add(String line) {
    count++;
    if (first.size() < KEPT) {
      first.add(line);
    }
  }

  /** Whether another one would be kept in full; so that none is worded that is not. */
  synchronized boolean keepsMore() {
    return first.size() < KEPT;
  }

  /** Counts one that is not kept. */
  synchronized void addCounted() {
    count++;
  }

  synchronized long count() {
    return count;
  }

  synchronized List<String> first() {
    return List.copyOf(first);
  }
}
