package io.tradepit.matching;

/** The rules of accounts on the matcher. */
class MatcherAccountRulesTest extends AccountRulesContract {
  @Override
  Subject subject() {
    return matcher();
  }
}
