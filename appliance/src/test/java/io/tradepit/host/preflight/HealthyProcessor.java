package io.tradepit.host.preflight;

import static io.tradepit.host.preflight.HealthyHost.CPUS;
import static io.tradepit.host.preflight.HealthyHost.ISOLATED;

/** Processor, caches, memory node and power of the healthy machine. */
final class HealthyProcessor {
  private static final String CPU = "/sys/devices/system/cpu";
  private static final String FLAGS =
      "fpu vme tsc msr ht constant_tsc arch_perfmon nonstop_tsc tsc_deadline_timer avx2 pdpe1gb";

  private HealthyProcessor() {}

  static void addTo(FakeHost host) {
    StringBuilder cpuinfo = new StringBuilder();
    for (int cpu = 0; cpu < CPUS; cpu++) {
      core(host, cpu);
      cpuinfo.append(
          """
          processor\t: %d
          vendor_id\t: GenuineIntel
          model name\t: Intel(R) Xeon(R) Gold 6426Y
          microcode\t: 0x2b000603
          flags\t\t: %s

          """
              .formatted(cpu, FLAGS));
    }
    host.with("/proc/cpuinfo", cpuinfo.toString().stripTrailing());
    host.withAll(
        CPU,
        "online",
        "0-15",
        "present",
        "0-15",
        "possible",
        "0-15",
        "offline",
        "",
        "kernel_max",
        "8191",
        "isolated",
        ISOLATED,
        "nohz_full",
        ISOLATED,
        "smt/control",
        "off",
        "smt/active",
        "0",
        "intel_pstate/no_turbo",
        "0",
        "intel_pstate/status",
        "active");
    host.withAll(
        CPU + "/vulnerabilities",
        "spectre_v2",
        "Mitigation: Enhanced / Automatic IBRS",
        "meltdown",
        "Not affected");
    host.withAll(
        "/sys/devices/system/node",
        "online",
        "0",
        "has_memory",
        "0",
        "node0/cpulist",
        "0-15",
        "node0/meminfo",
        "Node 0 MemTotal:       131072000 kB\nNode 0 MemFree:        100000000 kB",
        "node0/distance",
        "10",
        "node0/hugepages/hugepages-2048kB/nr_hugepages",
        "544",
        "node0/hugepages/hugepages-2048kB/free_hugepages",
        "544");
  }

  private static void core(FakeHost host, int cpu) {
    String directory = CPU + "/cpu" + cpu;
    host.withAll(
        directory + "/topology",
        "physical_package_id",
        "0",
        "core_id",
        Integer.toString(cpu),
        "die_id",
        "0",
        "thread_siblings_list",
        Integer.toString(cpu),
        "core_siblings_list",
        "0-15",
        "package_cpus_list",
        "0-15");
    host.withAll(
        directory + "/cache",
        "index0/level",
        "1",
        "index0/type",
        "Data",
        "index0/shared_cpu_list",
        Integer.toString(cpu),
        "index0/size",
        "48K",
        "index1/level",
        "2",
        "index1/type",
        "Unified",
        "index1/shared_cpu_list",
        Integer.toString(cpu),
        "index1/size",
        "2048K",
        "index3/level",
        "3",
        "index3/type",
        "Unified",
        "index3/shared_cpu_list",
        "0-15",
        "index3/size",
        "38400K",
        "index3/id",
        "0");
    host.withAll(
        directory + "/cpufreq",
        "scaling_governor",
        "performance",
        "scaling_driver",
        "intel_pstate",
        "scaling_cur_freq",
        "3300000",
        "scaling_min_freq",
        "3300000",
        "scaling_max_freq",
        "3300000",
        "cpuinfo_max_freq",
        "4100000");
    host.withAll(
        directory + "/cpuidle",
        "state0/name",
        "POLL",
        "state0/usage",
        "1000",
        "state0/latency",
        "0",
        "state0/disable",
        "0",
        "state1/name",
        "C1",
        "state1/usage",
        "9000",
        "state1/latency",
        "1",
        "state1/disable",
        "0");
    host.withLink(directory + "/node0", "../../node/node0");
    if (cpu > 0) {
      host.with(directory + "/online", "1");
    }
  }
}
