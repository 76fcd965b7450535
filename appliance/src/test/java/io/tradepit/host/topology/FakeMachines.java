package io.tradepit.host.topology;

import io.tradepit.host.CpuList;
import io.tradepit.host.preflight.FakeHost;
import java.util.List;
import java.util.stream.IntStream;

/** Trees of /sys and /proc of machines of several makes. */
public final class FakeMachines {
  private static final String CPU = "/sys/devices/system/cpu";
  private static final String NODE = "/sys/devices/system/node";

  private FakeMachines() {}

  /** One socket of 16 cores, one L3; with SMT CPUs 16 to 31 are their second threads. */
  public static FakeHost oneSocket16(boolean smt) {
    int cpus = smt ? 32 : 16;
    FakeHost host = machine("Intel(R) Xeon(R) Gold 6426Y", cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      String siblings = smt ? cpu % 16 + "," + (cpu % 16 + 16) : Integer.toString(cpu);
      cpu(host, cpu, 0, siblings, "0-" + (cpus - 1));
    }
    node(host, 0, "0-" + (cpus - 1));
    return card(host, "eth2", "0000:41:00.0", "ice", 0);
  }

  /** Two sockets of 32 cores, a node and an L3 each; the card of the members is at node 1. */
  public static FakeHost twoSockets64() {
    FakeHost host = machine("Intel(R) Xeon(R) Gold 6448Y", 64);
    for (int cpu = 0; cpu < 64; cpu++) {
      cpu(host, cpu, cpu / 32, Integer.toString(cpu), cpu < 32 ? "0-31" : "32-63");
    }
    node(host, 0, "0-31");
    node(host, 1, "32-63");
    card(host, "eno1", "0000:04:00.0", "tg3", 0);
    return card(host, "eth2", "0000:c1:00.0", "mlx5_core", 1);
  }

  /** One socket of 32 cores in four groups of eight, an L3 each. */
  public static FakeHost amd32() {
    FakeHost host = machine("AMD EPYC 9334 32-Core Processor", 32);
    for (int cpu = 0; cpu < 32; cpu++) {
      int first = cpu / 8 * 8;
      cpu(host, cpu, 0, Integer.toString(cpu), first + "-" + (first + 7));
    }
    node(host, 0, "0-31");
    return card(host, "eth2", "0000:41:00.0", "sfc", 0);
  }

  /** One socket of cores in groups with an L3 each: 24 in threes is an EPYC 7402. */
  public static FakeHost amd(int cpus, int group) {
    FakeHost host = machine("AMD EPYC 7402 24-Core Processor", cpus);
    for (int cpu = 0; cpu < cpus; cpu++) {
      int first = cpu / group * group;
      cpu(host, cpu, 0, Integer.toString(cpu), first + "-" + (first + group - 1));
    }
    node(host, 0, "0-" + (cpus - 1));
    return card(host, "eth2", "0000:41:00.0", "sfc", 0);
  }

  /** A virtual machine of two CPUs that says nothing of caches, as Firecracker's. */
  public static FakeHost virtual2() {
    FakeHost host = machine("AMD EPYC", 2);
    for (int cpu = 0; cpu < 2; cpu++) {
      cpu(host, cpu, 0, Integer.toString(cpu), null);
    }
    node(host, 0, "0-1");
    host.with("/proc/self/cgroup", "3:cpuset:/\n0::/");
    host.with("/sys/fs/cgroup/cpuset/cpuset.effective_cpus", "0-1");
    host.withLink("/sys/class/net/eth0", "../../devices/pci0000:00/0000:00:03.0/virtio2/net/eth0");
    host.withLink("/sys/class/net/eth0/device", "../../../virtio2");
    host.withLink("/sys/class/net/eth0/device/driver", "../../../../bus/virtio/drivers/virtio_net");
    return host.withLink("/sys/class/net/lo", "../../devices/virtual/net/lo");
  }

  private static FakeHost machine(String model, int cpus) {
    String all = CpuList.text(IntStream.range(0, cpus).boxed().toList());
    return new FakeHost()
        .with("/proc/cpuinfo", "processor\t: 0\nmodel name\t: " + model)
        .with("/proc/self/status", "Name:\tjava\nCpus_allowed_list:\t" + all)
        .with(CPU + "/online", all)
        .with(CPU + "/isolated", "");
  }

  private static void cpu(FakeHost host, int cpu, int socket, String siblings, String l3) {
    String directory = CPU + "/cpu" + cpu;
    host.withAll(
        directory + "/topology",
        "physical_package_id",
        Integer.toString(socket),
        "thread_siblings_list",
        siblings);
    if (l3 != null) {
      host.withAll(directory + "/cache", "index2/level", "2", "index2/shared_cpu_list", siblings);
      host.withAll(directory + "/cache", "index3/level", "3", "index3/shared_cpu_list", l3);
    }
  }

  private static void node(FakeHost host, int node, String cpus) {
    List<String> before = host.text(NODE + "/online").stream().toList();
    String nodes = before.isEmpty() ? "0" : before.getFirst() + "," + node;
    host.withAll(NODE, "online", nodes, "has_memory", nodes, "node" + node + "/cpulist", cpus);
  }

  private static FakeHost card(
      FakeHost host, String name, String address, String driver, int node) {
    String device = "/sys/bus/pci/devices/" + address;
    host.with(device + "/class", "0x020000").with(device + "/numa_node", Integer.toString(node));
    return host.withLink("/sys/class/net/" + name + "/device", "../../../" + address)
        .withLink(
            "/sys/class/net/" + name + "/device/driver", "../../../bus/pci/drivers/" + driver);
  }
}
