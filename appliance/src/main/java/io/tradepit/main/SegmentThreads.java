package io.tradepit.main;

import io.tradepit.config.SegmentConfig;
import io.tradepit.host.ThreadPlacement;
import io.tradepit.host.ThreadPlacement.Placement;
import io.tradepit.kernel.Libc;
import io.tradepit.telemetry.AgentWatch;
import io.tradepit.transport.TransportThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * The threads of a segment: each drives the agents of its roles, in the order of the configuration.
 */
final class SegmentThreads implements AutoCloseable {
  private final AgentWatch watch;
  private final BiConsumer<String, Throwable> onFailure;
  private final ThreadGauges gauges;
  private final ThreadPlacement placement;
  private final List<AgentRunner> runners = new ArrayList<>();
  private final List<String> started = new ArrayList<>();
  private final Map<String, Placement> obtained = new ConcurrentHashMap<>();

  SegmentThreads(
      AgentWatch watch, ThreadGauges gauges, Libc libc, BiConsumer<String, Throwable> onFailure) {
    this.watch = watch;
    this.gauges = gauges;
    placement = new ThreadPlacement(libc);
    this.onFailure = onFailure;
  }

  /** Refuses what the machine does not give, before anything is begun. */
  void tryOut(List<SegmentConfig.ThreadPlan> plans) {
    placement.tryOut(plans);
  }

  /** Makes a thread that others drive, such as Aeron's; its first act is to take its core. */
  ThreadFactory factory(SegmentConfig.ThreadPlan plan) {
    return work ->
        new Thread(
            () -> {
              // Aeron names its threads by role before it starts them.
              Thread.currentThread().setName(plan.name());
              try {
                place(plan);
              } catch (RuntimeException refused) {
                onFailure.accept(plan.name(), refused);
                throw refused;
              }
              work.run();
            },
            plan.name());
  }

  private void place(SegmentConfig.ThreadPlan plan) {
    obtained.put(plan.name(), placement.place(plan));
    gauges.add(plan.name(), () -> obtained.get(plan.name()).threadId());
  }

  /**
   * Starts a thread for the agents; its first act is to take its core.
   *
   * @param around what is to hold on the thread as long as they run
   */
  void start(SegmentConfig.ThreadPlan plan, List<Agent> agents, UnaryOperator<Agent> around) {
    List<Agent> watched = new ArrayList<>();
    for (Agent agent : agents) {
      // A snapshot may take seconds: no reason for systemd to end a segment that trades.
      watched.add(agent instanceof SnapshotAgent ? agent : watch.watch(agent));
    }
    AgentRunner runner =
        new AgentRunner(
            idle(plan.idle()),
            failure -> {},
            null,
            new GuardedAgent(
                plan.name(),
                new CompositeAgent(new Placed(plan), around.apply(new CompositeAgent(watched))),
                onFailure));
    runners.add(runner);
    started.add(plan.name());
    AgentRunner.startOnThread(runner, task -> TransportThreads.newThread(task, plan.name()));
  }

  /** Where each thread in fact runs, by its name; complete a moment after the start. */
  Map<String, Placement> obtained() {
    return obtained;
  }

  /** Whether each thread that was started has taken its place. */
  boolean areAllPlaced() {
    return obtained.keySet().containsAll(started);
  }

  static IdleStrategy idle(SegmentConfig.Idle idle) {
    return switch (idle) {
      case BUSY_SPIN -> new BusySpinIdleStrategy();
      case YIELD -> new YieldingIdleStrategy();
      case BACKOFF -> new DozingIdleStrategy();
    };
  }

  /** Stops the threads, the one started last first, and closes their agents. */
  @Override
  public void close() {
    CloseHelper.closeAll(runners.reversed());
  }

  private final class Placed implements Agent {
    private final SegmentConfig.ThreadPlan plan;

    Placed(SegmentConfig.ThreadPlan plan) {
      this.plan = plan;
    }

    @Override
    public void onStart() {
      place(plan);
    }

    @Override
    public int doWork() {
      return 0;
    }

    @Override
    public String roleName() {
      return plan.name();
    }
  }
}
