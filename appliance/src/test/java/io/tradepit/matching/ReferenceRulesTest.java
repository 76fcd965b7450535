package io.tradepit.matching;

/** The rulebook on the reference. */
class ReferenceRulesTest extends RulesContract {
  private final ReferenceMatcher reference = new ReferenceMatcher(CAPACITIES);

  @Override
  void apply(long sequence, long timeNs) {
    reference.onCommand(sequence, timeNs, commands.buffer, 0);
    said(reference.events(), 0, reference.length());
  }
}
