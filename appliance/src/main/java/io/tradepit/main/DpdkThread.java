package io.tradepit.main;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.DpdkException;
import org.agrona.concurrent.Agent;

/** An agent whose thread drives Ethernet ports: it is one of DPDK's as long as the agent runs. */
final class DpdkThread implements Agent {
  private final Dpdk dpdk;
  private final Agent agent;
  private boolean isRegistered;

  DpdkThread(Dpdk dpdk, Agent agent) {
    this.dpdk = dpdk;
    this.agent = agent;
  }

  @Override
  public void onStart() {
    int error = dpdk.registerThread();
    if (error != 0) {
      throw new DpdkException("thread=" + agent.roleName() + " register errno=" + -error);
    }
    isRegistered = true;
    agent.onStart();
  }

  @Override
  public int doWork() throws Exception {
    return agent.doWork();
  }

  @Override
  public void onClose() {
    try {
      agent.onClose();
    } finally {
      if (isRegistered) {
        dpdk.unregisterThread();
      }
    }
  }

  @Override
  public String roleName() {
    return agent.roleName();
  }
}
