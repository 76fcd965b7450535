package io.tradepit.host.preflight;

import java.util.Optional;
import java.util.Set;

/** Deferred work of interrupts that ran on isolated CPUs. */
final class SoftirqSource implements WatchedSource {
  private static final int RESIDUAL = 2;

  @Override
  public String group() {
    return "softirqs";
  }

  @Override
  public Optional<Watch> begin(HostView host, WantedHost wanted) {
    Isolation isolation = Isolation.of(wanted);
    if (!isolation.isAsked()) {
      return Optional.empty();
    }
    CounterWatch watch =
        new CounterWatch(host, "/proc/softirqs", isolation.isolated(), wanted.watch());
    return Optional.of(() -> {
      watch.end();
      FactSheet sheet = new FactSheet(group(), true);
      watch.judge(
          sheet,
          "network",
          Set.of("NET_TX", "NET_RX")::contains,
          0,
          "move the card's interrupts off, and RPS and XPS: /sys/class/net/IF/queues/*/{rps,xps}_cpus");
      watch.judge(
          sheet,
          "block",
          Set.of("BLOCK", "IRQ_POLL")::contains,
          0,
          "move the disk's interrupts off: echo "
              + isolation.interrupts()
              + " > /proc/irq/N/smp_affinity_list");
      watch.judge(
          sheet,
          "tasklets",
          Set.of("HI", "TASKLET", "HRTIMER")::contains,
          0,
          "find the driver: perf record -e irq:tasklet_entry -C CPU");
      watch.judge(
          sheet,
          "residual",
          Set.of("TIMER", "RCU", "SCHED")::contains,
          RESIDUAL,
          "boot with nohz_full and rcu_nocbs of " + isolation.isolated());
      return sheet.facts();
    });
  }
}
