package io.tradepit.matching;

/** The rules of accounts on the reference. */
class ReferenceAccountRulesTest extends AccountRulesContract {
  @Override
  Subject subject() {
    return reference();
  }
}
