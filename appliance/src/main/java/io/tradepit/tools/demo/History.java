package io.tradepit.tools.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last values of something that is looked at each second. */
final class History {
  private static final int KEPT = 60;

  private final Deque<Long> values = new ArrayDeque<>();

  void append(long value) {
    if (values.size() == KEPT) {
      values.removeFirst();
    }
    values.addLast(value);
  }

  /** At most sixty, oldest first; a copy. */
  List<Long> values() {
    return List.copyOf(values);
  }
}
