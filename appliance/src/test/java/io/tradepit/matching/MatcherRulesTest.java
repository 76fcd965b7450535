package io.tradepit.matching;

/** The rulebook on the matcher. */
class MatcherRulesTest extends RulesContract {
  @Override
  Subject subject() {
    return matcher();
  }
}
