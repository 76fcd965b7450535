package io.tradepit.host.preflight;

import io.tradepit.host.StatLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A thread, a line of /proc/PID/task/TID/stat (proc_pid_stat(5)).
 *
 * @param cpu that it ran on last
 * @param fifo priority under SCHED_FIFO, 0 under another policy
 * @param minorFaults and {@code majorFaults} since it began
 */
record Task(
    long pid,
    long tid,
    String name,
    long flags,
    int cpu,
    int fifo,
    long minorFaults,
    long majorFaults) {
  private static final long KERNEL_THREAD = 0x00200000L;
  private static final int FIFO_POLICY = 1;

  private static final int FLAGS = 9;
  private static final int MINOR_FAULTS = 10;
  private static final int MAJOR_FAULTS = 12;
  private static final int CPU = 39;
  private static final int PRIORITY = 40;
  private static final int POLICY = 41;

  /** Every thread that can be seen; one that ends meanwhile is left out. */
  static List<Task> all(HostView host) {
    List<Task> all = new ArrayList<>();
    for (String name : host.names("/proc")) {
      if (name.matches("\\d{1,10}")) {
        all.addAll(of(host, Long.parseLong(name)));
      }
    }
    return all;
  }

  /** The threads of a process. */
  static List<Task> of(HostView host, long pid) {
    List<Task> threads = new ArrayList<>();
    for (String tid : host.names("/proc/" + pid + "/task")) {
      host.text("/proc/" + pid + "/task/" + tid + "/stat")
          .flatMap(stat -> parse(pid, stat))
          .ifPresent(threads::add);
    }
    return threads;
  }

  private static Optional<Task> parse(long pid, String line) {
    try {
      StatLine stat = StatLine.parse(line);
      return Optional.of(
          new Task(
              pid,
              stat.id(),
              stat.name(),
              stat.number(FLAGS),
              Math.toIntExact(stat.number(CPU)),
              stat.number(POLICY) == FIFO_POLICY ? Math.toIntExact(stat.number(PRIORITY)) : 0,
              stat.number(MINOR_FAULTS),
              stat.number(MAJOR_FAULTS)));
    } catch (NumberFormatException | IndexOutOfBoundsException | ArithmeticException e) {
      return Optional.empty(); // no line of a thread
    }
  }

  boolean isKernel() {
    return (flags & KERNEL_THREAD) != 0;
  }

  /** The CPUs that it may run on; empty when it has ended or does not say. */
  Optional<CpuSet> allowed(HostView host) {
    return status(host).flatMap(StatusText::allowed);
  }

  Optional<StatusText> status(HostView host) {
    return StatusText.of(host, "/proc/" + pid + "/task/" + tid);
  }

  /** Whether it is one of the kernel's that belong to one CPU, such as ksoftirqd/4. */
  boolean isBoundKernelThread(HostView host) {
    return isKernel() && allowed(host).map(CpuSet::size).orElse(0) == 1;
  }

  @Override
  public String toString() {
    return name + " (" + tid + ")";
  }
}
