package io.tradepit.perf.wire;

import java.util.List;

/** Both are on this machine and meet at 127.0.0.1; needs no rights. */
final class Loopback implements WireNetwork {
  static final String LABEL = "loopback";

  @Override
  public String address() {
    return "127.0.0.1";
  }

  @Override
  public String label() {
    return LABEL;
  }

  @Override
  public List<String> inVenue(List<String> command) {
    return command;
  }

  @Override
  public List<String> inMember(List<String> command) {
    return command;
  }

  @Override
  public void close() {
    // Nothing was made.
  }
}
