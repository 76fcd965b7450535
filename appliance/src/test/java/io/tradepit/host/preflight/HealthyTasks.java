package io.tradepit.host.preflight;

import static io.tradepit.host.preflight.HealthyHost.CPUS;
import static io.tradepit.host.preflight.HealthyHost.HOUSEKEEPING;
import static io.tradepit.host.preflight.HealthyHost.PID;

/** What runs on the healthy machine: systemd, threads of the kernel, the segment. */
final class HealthyTasks {
  private static final long KERNEL_THREAD = 0x00200000L;

  private HealthyTasks() {}

  static void addTo(FakeHost host) {
    process(host, 1, "systemd");
    process(host, 700, "sshd");
    kernelThread(host, 2, "kthreadd", 0, HOUSEKEEPING);
    kernelThread(host, 3, "kworker/u32:0", 1, HOUSEKEEPING);
    for (int cpu = 0; cpu < CPUS; cpu++) {
      String one = Integer.toString(cpu);
      kernelThread(host, 20 + 4 * cpu, "migration/" + cpu, cpu, one);
      kernelThread(host, 21 + 4 * cpu, "ksoftirqd/" + cpu, cpu, one);
      kernelThread(
          host, 22 + 4 * cpu, (cpu % 2 == 0 ? "rcuop/" : "rcuos/") + cpu, cpu % 4, HOUSEKEEPING);
    }
    host.withAll(
        "/proc/self", "status", "Name:\ttradepit\nCpus_allowed_list:\t0-3", "limits", limits());
    segment(host);
  }

  private static void segment(FakeHost host) {
    String directory = "/proc/" + PID;
    host.with(directory + "/comm", "java");
    host.with(
        directory + "/cmdline",
        String.join(
                "\0",
                "/opt/tradepit/runtime/bin/java",
                "-XX:+UseCountedLoopSafepoints",
                "-XX:LoopStripMiningIter=1000",
                "-Xms1g",
                "-Xmx1g",
                "-XX:+UseParallelGC",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseLargePages",
                "io.tradepit.main.Tradepit",
                "run")
            + "\0");
    host.with(directory + "/limits", limits());
    host.with(
        directory + "/smaps_rollup",
        """
        00400000-7fff00000000 ---p 00000000 00:00 0 [rollup]
        Rss:             9000000 kB
        Shared_Hugetlb:        0 kB
        Private_Hugetlb: 1114112 kB\
        """);
    thread(host, PID, PID, "java", 1, HOUSEKEEPING, 0);
    thread(host, PID, 4243, "GC Thread#0", 2, HOUSEKEEPING, 0);
    thread(host, PID, 4250, "tp-gw-1", 4, "4", 50);
    thread(host, PID, 4251, "tp-seq", 5, "5", 50);
    thread(host, PID, 4252, "tp-match", 6, "6", 50);
    thread(host, PID, 4253, "tp-archive", 7, "7", 0);
    thread(host, PID, 4254, "tp-pub", 8, "8", 0);
    thread(host, PID, 4255, "tp-media", 9, "9", 0);
    thread(host, PID, 4256, "tp-admin", 3, HOUSEKEEPING, 0);
    // It shares its CPU with the kernel, and is taken off it.
    thread(host, PID, 4257, "tp-feedrec", 2, "2", 0);
    host.later(directory + "/task/4257/status", status(4257, "tp-feedrec", "2", 90));
  }

  static void process(FakeHost host, long pid, String name) {
    host.with("/proc/" + pid + "/comm", name);
    host.with("/proc/" + pid + "/cmdline", "/usr/sbin/" + name + "\0");
    host.with("/proc/" + pid + "/status", status(pid, name, HOUSEKEEPING, 0));
    thread(host, pid, pid, name, (int) (pid % 4), HOUSEKEEPING, 0);
  }

  static void kernelThread(FakeHost host, long pid, String name, int cpu, String allowed) {
    host.with("/proc/" + pid + "/comm", name);
    host.with("/proc/" + pid + "/cmdline", "");
    task(host, pid, pid, name, cpu, allowed, KERNEL_THREAD, 0);
  }

  /** A thread that is not the kernel's; {@code fifo} 0 = the kernel's default policy. */
  static void thread(
      FakeHost host, long pid, long tid, String name, int cpu, String allowed, int fifo) {
    task(host, pid, tid, name, cpu, allowed, 0x400000L, fifo);
  }

  private static void task(
      FakeHost host,
      long pid,
      long tid,
      String name,
      int cpu,
      String allowed,
      long flags,
      int fifo) {
    String directory = "/proc/" + pid + "/task/" + tid;
    host.with(directory + "/comm", name);
    host.with(directory + "/stat", stat(tid, name, cpu, flags, fifo, 0, 0));
    host.with(directory + "/status", status(tid, name, allowed, 0));
  }

  /** A line of /proc/PID/task/TID/stat (proc_pid_stat(5)). */
  static String stat(
      long tid, String name, int cpu, long flags, int fifo, long minorFaults, long majorFaults) {
    return "%d (%s) S 1 %d %d 0 -1 %d %d 0 %d 0 100 20 0 0 20 0 1 0 100 0 0 18446744073709551615"
            .formatted(tid, name, tid, tid, flags, minorFaults, majorFaults)
        + " 0 0 0 0 0 0 0 0 0 0 0 0 17 %d %d %d 0 0 0 0 0 0 0 0 0 0 0"
            .formatted(cpu, fifo, fifo == 0 ? 0 : 1);
  }

  /** Lines of /proc/PID/task/TID/status (proc_pid_status(5)). */
  static String status(long tid, String name, String allowed, long nonvoluntarySwitches) {
    return """
    Name:\t%s
    Pid:\t%d
    Cpus_allowed_list:\t%s
    Mems_allowed_list:\t0
    voluntary_ctxt_switches:\t10
    nonvoluntary_ctxt_switches:\t%d\
    """
        .formatted(name, tid, allowed, nonvoluntarySwitches);
  }

  static String limits() {
    return """
    Limit                     Soft Limit           Hard Limit           Units
    Max core file size        0                    unlimited            bytes
    Max open files            1048576              1048576              files
    Max locked memory         unlimited            unlimited            bytes
    Max realtime priority     99                   99
    Max nice priority         0                    0\
    """;
  }
}
