package io.tradepit.perf.book;

import io.tradepit.perf.flow.Flow;

/**
 * A matching engine as the benchmark drives it: on one thread, messages in batches. It has a public
 * constructor that takes the {@link Flow}, whose limits it may size itself by; it is made before
 * the clock starts, for each run anew.
 */
public interface BookEngine {
  /**
   * Applies messages in order and reports each one as {@link Reports} says, before it returns.
   *
   * @param from the first message, {@code to} the one behind the last
   */
  void apply(Flow flow, int from, int to, Reports reports);

  /** What of which version is attached, and how: a few words for the result. */
  String version();
}
