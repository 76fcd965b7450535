package io.tradepit.matching;

/** Cancel on disconnect on the matcher. */
class MatcherCancelOnDisconnectTest extends CancelOnDisconnectContract {
  @Override
  Subject subject() {
    return matcher();
  }
}
