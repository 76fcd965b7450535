package io.tradepit.host.preflight;

import static io.tradepit.host.preflight.HealthyHost.CPUS;
import static io.tradepit.host.preflight.HealthyHost.HOUSEKEEPING;
import static io.tradepit.host.preflight.HealthyHost.ISOLATED;

/** Boot file, command line, settings, interrupts and memory of the healthy machine. */
final class HealthyKernel {
  static final String GRUB = "/etc/default/grub.d/99-tradepit.cfg";
  static final String ARGUMENTS =
      "isolcpus=managed_irq,domain,4-15 nohz_full=4-15 rcu_nocbs=4-15 rcu_nocb_poll"
          + " irqaffinity=0-1 nosmt skew_tick=1 tsc=reliable nosoftlockup nmi_watchdog=0"
          + " processor.max_cstate=1 intel_idle.max_cstate=0 idle=poll"
          + " cpufreq.default_governor=performance transparent_hugepage=madvise iommu=pt"
          + " intel_iommu=on rcupdate.rcu_normal_after_boot=1 systemd.cpu_affinity=0-3";

  /** The interrupt of the disk's queue of CPU 0. */
  static final int NVME_QUEUES = 40;

  private static final String HOUSEKEEPING_MASK = "000f";
  private static final String EVERYWHERE = "ffff";

  private HealthyKernel() {}

  static void addTo(FakeHost host) {
    boot(host);
    sysctl(host);
    interrupts(host);
    workqueues(host);
    memory(host);
  }

  private static void boot(FakeHost host) {
    host.with(
        "/etc/default/grub",
        """
        # If you change this file, run 'update-grub' afterwards.
        GRUB_DEFAULT=0
        GRUB_TIMEOUT=5
        GRUB_CMDLINE_LINUX_DEFAULT="quiet"
        GRUB_CMDLINE_LINUX=\"\"\
        """);
    host.with(GRUB, "GRUB_CMDLINE_LINUX_DEFAULT=\"$GRUB_CMDLINE_LINUX_DEFAULT " + ARGUMENTS + "\"");
    host.with(
        "/proc/cmdline",
        "BOOT_IMAGE=/boot/vmlinuz-6.1.0-40-amd64 root=UUID=aaaa-bbbb ro quiet " + ARGUMENTS);
    host.with("/proc/version", "Linux version 6.1.0-40-amd64 (debian-kernel@lists.debian.org)");
    host.with("/proc/sys/kernel/osrelease", "6.1.0-40-amd64");
    host.with("/etc/hostname", "box1");
    host.with("/etc/os-release", "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian 12\"");
    host.with("/proc/uptime", "8640.00 138240.00");
  }

  private static void sysctl(FakeHost host) {
    host.withAll(
        "/proc/sys/kernel",
        "nmi_watchdog",
        "0",
        "watchdog",
        "0",
        "soft_watchdog",
        "0",
        "watchdog_cpumask",
        HOUSEKEEPING,
        "timer_migration",
        "0",
        "sched_rt_runtime_us",
        "-1",
        "sched_rt_period_us",
        "1000000",
        "numa_balancing",
        "0",
        "hung_task_timeout_secs",
        "600");
    host.withAll(
        "/proc/sys/vm",
        "stat_interval",
        "10",
        "swappiness",
        "1",
        "overcommit_memory",
        "0",
        "zone_reclaim_mode",
        "0",
        "nr_hugepages",
        "0");
    host.withAll(
        "/sys/devices/system/clocksource/clocksource0",
        "current_clocksource",
        "tsc",
        "available_clocksource",
        "tsc hpet acpi_pm");
  }

  private static void interrupts(FakeHost host) {
    host.with("/proc/interrupts", interrupts("", 0, 0));
    host.with("/proc/softirqs", softirqs("", 0, 0));
    host.with("/proc/irq/default_smp_affinity", "0003");
    for (int irq : new int[] {24, 25}) {
      host.withAll(
          "/proc/irq/" + irq,
          "smp_affinity_list",
          "0-1",
          "effective_affinity_list",
          Integer.toString(irq - 24));
    }
    // A queue of the disk for each CPU: managed, and silent where no one reads or writes.
    for (int cpu = 0; cpu < CPUS; cpu++) {
      String irq = Integer.toString(NVME_QUEUES + cpu);
      host.withAll(
          "/proc/irq/" + irq,
          "smp_affinity_list",
          Integer.toString(cpu),
          "effective_affinity_list",
          Integer.toString(cpu));
      host.with("/sys/kernel/irq/" + irq + "/actions", "nvme0q" + (cpu + 1));
    }
    host.with("/sys/kernel/irq/24/actions", "nvme0q0");
    host.with("/sys/kernel/irq/25/actions", "ice-eth2-TxRx-0");
  }

  /** The table of interrupts, one row of it with more on one CPU. */
  static String interrupts(String row, int cpu, int more) {
    return interrupts(new Table(row, cpu, more));
  }

  /** As a kernel of x86 counts TLB shootdowns: as function calls too. */
  static String shootdowns(int cpu, int more) {
    return interrupts(new Table("CAL", cpu, more).andRow("TLB"));
  }

  private static String interrupts(Table table) {
    table.row("24", "PCI-MSI 0-edge      nvme0q0", 5000, 0);
    table.row("25", "PCI-MSI 1-edge      ice-eth2-TxRx-0", 70000, 0);
    for (int cpu = 0; cpu < CPUS; cpu++) {
      table.only(Integer.toString(NVME_QUEUES + cpu), "PCI-MSI edge      nvme0q" + (cpu + 1), cpu);
    }
    table.row("NMI", "Non-maskable interrupts", 0, 0);
    table.row("LOC", "Local timer interrupts", 900000, 8000);
    table.row("RES", "Rescheduling interrupts", 9000, 12);
    table.row("CAL", "Function call interrupts", 3000, 40);
    table.row("TLB", "TLB shootdowns", 200, 3);
    table.row("MCP", "Machine check polls", 90, 90);
    return table.text + "\n ERR:          0\n MIS:          0";
  }

  /** The table of softirqs, one row of it with more on one CPU. */
  static String softirqs(String row, int cpu, int more) {
    Table table = new Table(row, cpu, more);
    for (String name : new String[] {"HI", "TIMER", "NET_TX", "NET_RX", "BLOCK", "SCHED", "RCU"}) {
      table.row(name, "", 40000, 25);
    }
    return table.text.toString();
  }

  private static final class Table {
    private final StringBuilder text = new StringBuilder("    ");
    private final String moreRow;
    private final int moreCpu;
    private final int more;
    private String moreRowToo = "";

    Table(String moreRow, int moreCpu, int more) {
      this.moreRow = moreRow;
      this.moreCpu = moreCpu;
      this.more = more;
      for (int cpu = 0; cpu < CPUS; cpu++) {
        text.append("       CPU").append(cpu);
      }
    }

    Table andRow(String row) {
      moreRowToo = row;
      return this;
    }

    private int added(String name, int cpu) {
      return cpu == moreCpu && (name.equals(moreRow) || name.equals(moreRowToo)) ? more : 0;
    }

    void row(String name, String words, int housekeeping, int isolated) {
      text.append('\n').append("%4s:".formatted(name));
      for (int cpu = 0; cpu < CPUS; cpu++) {
        text.append("%11d".formatted((cpu < 4 ? housekeeping : isolated) + added(name, cpu)));
      }
      text.append(words.isEmpty() ? "" : "  " + words);
    }

    /** A row of one CPU. */
    void only(String name, String words, int only) {
      text.append('\n').append("%4s:".formatted(name));
      for (int cpu = 0; cpu < CPUS; cpu++) {
        text.append("%11d".formatted((cpu == only && cpu < 4 ? 300 : 0) + added(name, cpu)));
      }
      text.append("  ").append(words);
    }
  }

  private static void workqueues(FakeHost host) {
    host.withAll(
        "/sys/devices/virtual/workqueue",
        "cpumask",
        HOUSEKEEPING_MASK,
        "writeback/cpumask",
        EVERYWHERE,
        "scsi_tmf_0/cpumask",
        EVERYWHERE);
    host.with("/sys/bus/workqueue/devices/writeback/cpumask", EVERYWHERE);
  }

  private static void memory(FakeHost host) {
    host.with(
        "/proc/meminfo",
        """
        MemTotal:       131072000 kB
        MemFree:        100000000 kB
        MemAvailable:   110000000 kB
        SwapTotal:             0 kB
        SwapFree:              0 kB
        HugePages_Total:       0
        HugePages_Free:        0
        Hugepagesize:       2048 kB\
        """);
    host.with("/proc/swaps", "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority");
    host.withAll(
        "/sys/kernel/mm/transparent_hugepage",
        "enabled",
        "always [madvise] never",
        "defrag",
        "always defer defer+madvise [madvise] never",
        "shmem_enabled",
        "always within_size advise [never] deny force",
        "khugepaged/defrag",
        "0");
    host.with("/sys/kernel/mm/ksm/run", "0");
    String mounts =
        """
        proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0
        sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0
        /dev/nvme0n1p2 / ext4 rw,relatime 0 0
        tmpfs /dev/shm tmpfs rw,nosuid,nodev,size=16777216k 0 0
        cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nodev,noexec,relatime 0 0\
        """;
    host.with("/proc/mounts", mounts);
    host.with("/proc/self/mounts", mounts);
    host.with("/sys/fs/cgroup/cpuset.cpus.isolated", ISOLATED);
  }
}
