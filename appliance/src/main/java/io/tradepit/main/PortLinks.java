package io.tradepit.main;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Has the links of Ethernet ports looked at, four times a second, on a thread that has no hurry:
 * the ports' own threads never ask.
 */
final class PortLinks implements Agent {
  private static final long INTERVAL_NS = 250_000_000;

  private final SegmentPorts ports;
  private final NanoClock clock;
  private long dueNs;

  PortLinks(SegmentPorts ports, NanoClock clock) {
    this.ports = ports;
    this.clock = clock;
    dueNs = clock.nanoTime();
  }

  @Override
  public int doWork() {
    long nowNs = clock.nanoTime();
    if (nowNs - dueNs < 0) {
      return 0;
    }
    dueNs = nowNs + INTERVAL_NS;
    ports.lookAtLinks();
    return 0;
  }

  @Override
  public String roleName() {
    return "port-links";
  }
}
