package io.tradepit.matching;

/** Cancel on disconnect on the reference. */
class ReferenceCancelOnDisconnectTest extends CancelOnDisconnectContract {
  @Override
  Subject subject() {
    return reference();
  }
}
