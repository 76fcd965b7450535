package io.tradepit.matching;

/** The rulebook on the reference. */
class ReferenceRulesTest extends RulesContract {
  @Override
  Subject subject() {
    return reference();
  }
}
