package io.tradepit.host.preflight;

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

  // Fields of the man page less 3: what stands behind the name begins with field 3.
  private static final int FLAGS = 6;
  private static final int MINOR_FAULTS = 7;
  private static final int MAJOR_FAULTS = 9;
  private static final int CPU = 36;
  private static final int PRIORITY = 37;
  private static final int POLICY = 38;

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

  private static Optional<Task> parse(long pid, String stat) {
    int open = stat.indexOf('(');
    int close = stat.lastIndexOf(')'); // the name may have any character in it
    if (open < 2 || close < open || close + 2 > stat.length()) {
      return Optional.empty();
    }
    String[] fields = stat.substring(close + 2).split(" ", -1);
    try {
      return Optional.of(
          new Task(
              pid,
              Long.parseLong(stat.substring(0, open - 1)),
              stat.substring(open + 1, close),
              Long.parseLong(fields[FLAGS]),
              Integer.parseInt(fields[CPU]),
              Integer.parseInt(fields[POLICY]) == FIFO_POLICY
                  ? Integer.parseInt(fields[PRIORITY])
                  : 0,
              Long.parseLong(fields[MINOR_FAULTS]),
              Long.parseLong(fields[MAJOR_FAULTS])));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
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
