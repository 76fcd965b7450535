package io.tradepit.matching;

/** The rulebook on the matcher, in steps of two events. */
class MatcherRulesTest extends RulesContract {
  private final StateLayout layout = StateLayout.of(CAPACITIES);
  private final Matcher matcher =
      new Matcher(
          layout,
          StateMemory.books(layout),
          StateMemory.pages(layout),
          (sequence, timeNs, wireNs, first, count, last, buffer, offset, length) ->
              said(buffer, offset, length),
          2);

  @Override
  void apply(long sequence, long timeNs) {
    boolean complete = matcher.onCommand(sequence, timeNs, commands.buffer, 0, Commands.LENGTH);
    while (!complete) {
      complete = matcher.resume();
    }
  }
}
