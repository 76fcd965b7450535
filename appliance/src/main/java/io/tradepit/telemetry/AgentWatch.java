package io.tradepit.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Knows for each agent whether its duty cycle goes round.
 *
 * <p>Each watched agent counts its cycles, one release store a cycle; {@link #stalled} looks
 * whether the counts moved since it looked last. Agents are added at start, on one thread; any
 * thread may look.
 */
public final class AgentWatch {
  private final CounterFactory counters;
  private final List<Watched> agents = new ArrayList<>();

  public AgentWatch(CounterFactory counters) {
    this.counters = counters;
  }

  /** The agent with its duty cycles counted; to be driven in its place. */
  public synchronized Agent watch(Agent agent) {
    String name = agent.roleName().replaceAll("[^a-zA-Z0-9]+", "_").toLowerCase(Locale.ROOT);
    Watched watched =
        new Watched(
            agent,
            counters.counter(
                "agent_" + name + "_cycles_total", "Duty cycles of " + agent.roleName()));
    agents.add(watched);
    return watched;
  }

  /**
   * Role names of the agents whose duty cycle has not gone round for a time.
   *
   * @param nowNs of a clock that never steps, such as {@code System.nanoTime()}
   */
  public synchronized List<String> stalled(long nowNs, long limitNs) {
    List<String> stalled = new ArrayList<>();
    for (Watched agent : agents) {
      if (agent.quietNs(nowNs) >= limitNs) {
        stalled.add(agent.roleName());
      }
    }
    return stalled;
  }

  /** Whether every agent has been round at least once. */
  public synchronized boolean allRan() {
    return agents.stream().allMatch(agent -> agent.cycles.getAcquire() > 1);
  }

  private static final class Watched implements Agent {
    private final Agent agent;
    private final AtomicCounter cycles;
    private long lastCycles = -1;
    private long lastMovedNs;

    Watched(Agent agent, AtomicCounter cycles) {
      this.agent = agent;
      this.cycles = cycles;
    }

    @Override
    public void onStart() {
      agent.onStart();
    }

    @Override
    public int doWork() throws Exception {
      cycles.incrementRelease();
      return agent.doWork();
    }

    @Override
    public void onClose() {
      agent.onClose();
    }

    @Override
    public String roleName() {
      return agent.roleName();
    }

    // Called under the watch's lock only.
    long quietNs(long nowNs) {
      long count = cycles.getAcquire();
      if (count != lastCycles) {
        lastCycles = count;
        lastMovedNs = nowNs;
      }
      return nowNs - lastMovedNs;
    }
  }
}
