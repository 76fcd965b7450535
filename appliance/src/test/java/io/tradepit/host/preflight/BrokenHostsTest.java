package io.tradepit.host.preflight;

import static io.tradepit.host.preflight.HealthyHost.PID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.host.preflight.Fact.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of a healthy machine one thing is broken, and preflight names that fact and no other. */
@Timeout(60)
class BrokenHostsTest {
  private static final String CPU = "/sys/devices/system/cpu/";
  private static final String THP = "/sys/kernel/mm/transparent_hugepage/";
  private static final String TASK = "/proc/" + PID + "/task/";
  private static final String QUEUES = "/sys/devices/virtual/workqueue/";
  private static final String SYSTEM = "/etc/systemd/system/";

  /** A machine with one thing wrong. */
  private record Broken(String id, String how, Consumer<FakeHost> breaking) {}

  private final List<Broken> hosts = new ArrayList<>();

  @Test
  void shouldFindNothingOnAHealthyMachine() {
    Findings findings = Preflight.standard().check(HealthyHost.machine(), HealthyHost.wanted());
    assertEquals("", text(findings.failures()));
    assertTrue(findings.isSound());
    assertTrue(findings.count(Status.PASS) >= 60, text(findings.facts()));
  }

  @Test
  void shouldNameTheOneThingThatIsBroken() {
    arguments();
    isolated();
    interrupts();
    tasks();
    agents();
    processor();
    kernel();
    limits();
    services();
    jvm();
    List<String> wrong = new ArrayList<>();
    for (Broken broken : hosts) {
      FakeHost host = HealthyHost.machine();
      broken.breaking.accept(host);
      Findings findings = Preflight.standard().check(host, wanted());
      String failed = findings.failures().stream().map(Fact::id).collect(Collectors.joining(" "));
      if (!failed.equals(broken.id)) {
        wrong.add(broken.id + " (" + broken.how + ") found " + failed);
      } else if (findings.failures().getFirst().mend().isBlank()) {
        wrong.add(broken.id + " (" + broken.how + ") does not say how to mend it");
      }
    }
    assertEquals("", String.join("\n", wrong));
    long facts = hosts.stream().map(Broken::id).distinct().count();
    Tier.ran("broken hosts", "hosts=" + hosts.size() + " facts=" + facts);
  }

  private void broken(String id, String how, Consumer<FakeHost> breaking) {
    hosts.add(new Broken(id, how, breaking));
  }

  private void arguments() {
    lacks("boot.isolcpus", "isolcpus=managed_irq,domain,4-15 ");
    lacks("boot.nohz_full", "nohz_full=4-15 ");
    lacks("boot.rcu_nocbs", "rcu_nocbs=4-15 ");
    lacks("boot.irqaffinity", "irqaffinity=0-1 ");
    lacks("boot.nosmt", "nosmt ");
    lacks("boot.skew_tick", "skew_tick=1 ");
    lacks("boot.tsc", "tsc=reliable ");
    lacks("boot.nosoftlockup", "nosoftlockup ");
    lacks("boot.nmi_watchdog", "nmi_watchdog=0 ");
    lacks("boot.max_cstate", "processor.max_cstate=1 ");
    lacks("boot.intel_idle", "intel_idle.max_cstate=0 ");
    lacks("boot.transparent_hugepage", "transparent_hugepage=madvise ");
    change("boot.isolcpus", "one CPU too few", "domain,4-15", "domain,4-14");
    change("boot.isolcpus", "without domain", "managed_irq,domain,", "managed_irq,");
    change("boot.nohz_full", "no list", "nohz_full=4-15", "nohz_full=4-x");
    change("boot.transparent_hugepage", "always", "hugepage=madvise", "hugepage=always");
    broken(
        "boot.isolcpus",
        "in two files that differ, of which the kernel keeps the first",
        host ->
            host.with(
                    "/etc/default/grub.d/50-other.cfg",
                    "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX isolcpus=2-3\"")
                .replace("/proc/cmdline", "quiet", "quiet isolcpus=2-3"));
    broken(
        "boot.nohz_full",
        "not yet rebooted",
        host -> host.replace("/proc/cmdline", "nohz_full=4-15 ", ""));
    broken(
        "boot.nohz_full",
        "typed at the boot loader only",
        host -> host.replace(HealthyKernel.GRUB, "nohz_full=4-15 ", ""));
    broken(
        "boot.drift",
        "an argument that only runs",
        host -> host.replace("/proc/cmdline", "quiet", "quiet mitigations=off"));
    broken(
        "boot.drift",
        "an argument that waits for a reboot",
        host -> host.replace("/etc/default/grub", "\"quiet\"", "\"quiet mitigations=off\""));
    broken(
        "boot.isolcpus",
        "a later file that takes it all away",
        host -> host.replace(HealthyKernel.GRUB, "managed_irq,domain,", "domain,"));
  }

  /** Both places lack it. */
  private void lacks(String id, String argument) {
    change(id, "not asked for at boot", argument, "");
  }

  private void change(String id, String how, String argument, String by) {
    broken(
        id,
        how,
        host ->
            host.replace("/proc/cmdline", argument, by).replace(HealthyKernel.GRUB, argument, by));
  }

  private void isolated() {
    broken("isolation.isolated", "one CPU too few", host -> host.with(CPU + "isolated", "4-14"));
    broken("isolation.isolated", "none", host -> host.with(CPU + "isolated", ""));
    broken("isolation.nohz_full", "none", host -> host.with(CPU + "nohz_full", "(null)"));
    broken("isolation.nohz_full", "a kernel without it", host -> host.without(CPU + "nohz_full"));
    broken(
        "isolation.cpuset",
        "a cpuset that takes housekeeping CPUs",
        host -> host.with("/sys/fs/cgroup/cpuset.cpus.isolated", "2-15"));
    broken(
        "isolation.init",
        "systemd may run everywhere",
        host -> host.with("/proc/1/status", HealthyTasks.status(1, "systemd", "0-15", 0)));
    broken(
        "isolation.callbacks",
        "RCU callbacks may run everywhere",
        host ->
            host.with("/proc/42/task/42/status", HealthyTasks.status(42, "rcuos/5", "0-15", 0)));
  }

  private void interrupts() {
    broken(
        "interrupts.default",
        "everywhere",
        host -> host.with("/proc/irq/default_smp_affinity", "ffff"));
    broken(
        "interrupts.affinity",
        "the disk's on CPU 9",
        host -> host.with("/proc/irq/24/effective_affinity_list", "9"));
    broken(
        "interrupts.affinity",
        "an old kernel that only says where it may go",
        host ->
            host.without("/proc/irq/25/effective_affinity_list")
                .with("/proc/irq/25/smp_affinity_list", "0-15"));
    broken(
        "interrupts.devices",
        "one came to CPU 4",
        host -> host.later("/proc/interrupts", HealthyKernel.interrupts("24", 4, 3)));
    broken(
        "interrupts.affinity",
        "a card's, which can be moved, put on CPU 9 alone",
        host ->
            host.withAll("/proc/irq/25", "smp_affinity_list", "9", "effective_affinity_list", "9"));
    broken(
        "interrupts.devices",
        "a thread on CPU 5 writes, and the disk's queue of that CPU answers",
        host ->
            host.later(
                "/proc/interrupts",
                HealthyKernel.interrupts(Integer.toString(HealthyKernel.NVME_QUEUES + 5), 5, 1)));
    broken(
        "interrupts.timer",
        "the tick goes on",
        host -> host.later("/proc/interrupts", HealthyKernel.interrupts("LOC", 12, 2500)));
    broken(
        "interrupts.calls",
        "function calls from other CPUs",
        host -> host.later("/proc/interrupts", HealthyKernel.interrupts("CAL", 6, 1)));
    broken(
        "softirqs.network",
        "packets on CPU 5",
        host -> host.later("/proc/softirqs", HealthyKernel.softirqs("NET_RX", 5, 7)));
    broken(
        "softirqs.block",
        "the disk on CPU 15",
        host -> host.later("/proc/softirqs", HealthyKernel.softirqs("BLOCK", 15, 1)));
    broken(
        "softirqs.tasklets",
        "a driver on CPU 8",
        host -> host.later("/proc/softirqs", HealthyKernel.softirqs("HI", 8, 1)));
    broken(
        "softirqs.residual",
        "RCU on CPU 4",
        host -> host.later("/proc/softirqs", HealthyKernel.softirqs("RCU", 4, 90)));
    broken("workqueues.unbound", "everywhere", host -> host.with(QUEUES + "cpumask", "ffff"));
    broken(
        "workqueues.writeback",
        "everywhere, and nothing limits it",
        host -> host.unreadable(QUEUES + "cpumask").with(QUEUES + "scsi_tmf_0/cpumask", "000f"));
    broken(
        "workqueues.devices",
        "one of them everywhere, and nothing limits it",
        host ->
            host.unreadable(QUEUES + "cpumask")
                .with("/sys/bus/workqueue/devices/writeback/cpumask", "000f"));
  }

  private void tasks() {
    broken(
        "tasks.user",
        "a shell on CPU 7",
        host -> HealthyTasks.thread(host, 900, 900, "bash", 7, "0-15", 0));
    broken(
        "tasks.user",
        "a second thread of a daemon, with ) in its name",
        host -> HealthyTasks.thread(host, 700, 701, "a) S 1 (b", 15, "0-15", 0));
    broken(
        "tasks.kernel",
        "a kworker of no CPU on CPU 5",
        host -> HealthyTasks.kernelThread(host, 901, "kworker/u32:9", 5, "0-15"));
  }

  private void agents() {
    broken(
        "agents.threads", "the matcher's thread is not there", host -> host.without(TASK + 4252));
    broken(
        "agents.cores",
        "the matcher may run everywhere",
        host -> host.with(TASK + "4252/status", HealthyTasks.status(4252, "tp-match", "0-15", 0)));
    broken(
        "agents.cores",
        "the matcher on another core",
        host -> host.with(TASK + "4252/status", HealthyTasks.status(4252, "tp-match", "11", 0)));
    broken(
        "agents.policy",
        "the sequencer not under SCHED_FIFO",
        host -> host.with(TASK + "4251/stat", HealthyTasks.stat(4251, "tp-seq", 5, 0, 0, 0, 0)));
    broken(
        "agents.others",
        "a collector's thread that may run on isolated CPUs",
        host ->
            host.with(TASK + "4243/status", HealthyTasks.status(4243, "GC Thread#0", "0-15", 0)));
    broken(
        "agents.shared",
        "a compiler's thread on the matcher's core",
        host -> HealthyTasks.thread(host, PID, 4244, "C2 CompilerThre", 6, "6", 0));
    broken(
        "agents.switches",
        "the gateway was taken off its core",
        host -> host.later(TASK + "4250/status", HealthyTasks.status(4250, "tp-gw-1", "4", 2)));
    broken(
        "agents.faults",
        "the matcher touched a page that was not there",
        host ->
            host.later(TASK + "4252/stat", HealthyTasks.stat(4252, "tp-match", 6, 0, 50, 3, 0)));
    broken(
        "agents.faults",
        "a page was read from the disk",
        host -> host.later(TASK + "4250/stat", HealthyTasks.stat(4250, "tp-gw-1", 4, 0, 50, 0, 1)));
  }

  private void processor() {
    broken("cpu.smt", "on", host -> host.with(CPU + "smt/active", "1"));
    broken(
        "cpu.governor",
        "powersave on one core",
        host -> host.with(CPU + "cpu9/cpufreq/scaling_governor", "powersave"));
    broken(
        "cpu.frequency",
        "one core that spins is held down",
        host -> host.with(CPU + "cpu6/cpufreq/scaling_cur_freq", "2000000"));
    broken(
        "cpu.idle_states",
        "C6 may be entered",
        host ->
            host.withAll(
                CPU + "cpu5/cpuidle/state2",
                "name",
                "C6",
                "latency",
                "190",
                "disable",
                "0",
                "usage",
                "12"));
    broken(
        "cpu.idle",
        "C6 is off and was entered",
        host ->
            host.withAll(
                    CPU + "cpu5/cpuidle/state2",
                    "name",
                    "C6",
                    "latency",
                    "190",
                    "disable",
                    "1",
                    "usage",
                    "12")
                .later(CPU + "cpu5/cpuidle/state2/usage", "15"));
    broken(
        "cpu.hypervisor",
        "a guest",
        host -> host.replace("/proc/cpuinfo", "fpu ", "fpu hypervisor "));
    broken(
        "cpu.microcode",
        "two versions",
        host ->
            host.with(
                "/proc/cpuinfo",
                host.text("/proc/cpuinfo").orElseThrow().replaceFirst("0x2b000603", "0x2b000590")));
    broken(
        "clock.source",
        "hpet",
        host ->
            host.with("/sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet"));
    broken(
        "clock.flags",
        "a counter that stops",
        host -> host.replace("/proc/cpuinfo", "nonstop_tsc ", ""));
    broken(
        "clock.tai",
        "never set",
        host -> host.withOutput("ntp_gettime() returns code 0 (OK)\n  TAI offset 0", "ntptime"));
  }

  private void kernel() {
    broken("memory.thp", "always", host -> host.with(THP + "enabled", "[always] madvise never"));
    broken(
        "memory.thp_defrag",
        "always",
        host -> host.with(THP + "defrag", "[always] defer defer+madvise madvise never"));
    broken("memory.ksm", "on", host -> host.with("/sys/kernel/mm/ksm/run", "1"));
    broken(
        "memory.swap",
        "a partition",
        host ->
            host.with(
                "/proc/swaps", "Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2"));
    setting("memory.numa_balancing", "kernel/numa_balancing", "1");
    setting("memory.overcommit", "vm/overcommit_memory", "2");
    setting("memory.zone_reclaim", "vm/zone_reclaim_mode", "1");
    setting("kernel.nmi_watchdog", "kernel/nmi_watchdog", "1");
    setting("kernel.stat_interval", "vm/stat_interval", "1");
    setting("kernel.rt_throttling", "kernel/sched_rt_runtime_us", "950000");
    broken(
        "kernel.soft_watchdog",
        "on everywhere",
        host ->
            host.with("/proc/sys/kernel/soft_watchdog", "1")
                .with("/proc/sys/kernel/watchdog_cpumask", "0-15"));
  }

  private void setting(String id, String file, String value) {
    broken(id, value, host -> host.with("/proc/sys/" + file, value));
  }

  private void limits() {
    String limits = "/proc/" + PID + "/limits";
    broken(
        "limits.memlock",
        "8 MiB",
        host ->
            host.replace(
                limits, "locked memory         unlimited", "locked memory         8388608"));
    broken(
        "limits.rtprio",
        "0",
        host -> host.replace(limits, "realtime priority     99", "realtime priority     0 "));
    broken(
        "limits.nofile",
        "1024",
        host ->
            host.replace(limits, "open files            1048576", "open files            1024"));
    broken(
        "limits.shm",
        "a container's 64 MiB",
        host -> host.replace("/proc/self/mounts", "size=16777216k", "size=65536k"));
  }

  private void services() {
    broken("services.irqbalance", "runs", host -> HealthyTasks.process(host, 800, "irqbalance"));
    broken("services.tuned", "runs", host -> HealthyTasks.process(host, 800, "tuned"));
    broken(
        "services.fwupd",
        "its timer is enabled",
        host ->
            host.withLink(SYSTEM + "timers.target.wants/fwupd-refresh.timer", "/lib/systemd/x"));
    broken(
        "services.upgrades",
        "its timer is enabled",
        host ->
            host.withLink(
                SYSTEM + "timers.target.wants/apt-daily-upgrade.timer", "/lib/systemd/x"));
    broken("services.power", "thermald", host -> HealthyTasks.process(host, 800, "thermald"));
    broken("services.memory", "ksmtuned", host -> HealthyTasks.process(host, 800, "ksmtuned"));
    broken(
        "services.clock",
        "two that steer",
        host -> {
          HealthyTasks.process(host, 800, "chronyd");
          HealthyTasks.process(host, 804, "phc2sys");
        });
    broken(
        "services.phc2sys",
        "Debian 12's",
        host ->
            host.with("/lib/systemd/system/phc2sys@.service", "[Unit]\nRequires=ptp4l.service")
                .withLink(
                    SYSTEM + "multi-user.target.wants/phc2sys@eth2.service", "/lib/systemd/x"));
  }

  private void jvm() {
    flag("jvm.safepoints", "-XX:+UseCountedLoopSafepoints", "-XX:-UseCountedLoopSafepoints");
    flag("jvm.heap", "-Xms1g", "-Xms512m");
    flag("jvm.pretouch", "-XX:+AlwaysPreTouch", "-XX:-AlwaysPreTouch");
    flag("jvm.aot", "-Xms1g", "-XX:AOTCache=/opt/x.aot\0-Xms1g");
    flag("jvm.large_pages", "-XX:+UseLargePages", "-XX:-UseLargePages");
    broken(
        "jvm.hugetlb",
        "the heap fell back to small pages",
        host -> host.replace("/proc/" + PID + "/smaps_rollup", "1114112 kB", "65536 kB"));
  }

  private void flag(String id, String flag, String by) {
    broken(id, by.replace('\0', ' '), host -> host.replace("/proc/" + PID + "/cmdline", flag, by));
  }

  /** With a page plan: reserved pages for the heap, and 8 GiB on /dev/shm. */
  private static WantedHost wanted() {
    WantedHost healthy = HealthyHost.wanted();
    return new WantedHost(
        healthy.layout(),
        Optional.of(HealthyHost.pages()),
        healthy.nics(),
        healthy.pid(),
        healthy.watch());
  }

  private static String text(List<Fact> facts) {
    return facts.stream().map(Fact::toString).collect(Collectors.joining("\n"));
  }
}
