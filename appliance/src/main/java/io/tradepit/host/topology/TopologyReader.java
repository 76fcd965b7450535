package io.tradepit.host.topology;

import io.tradepit.host.CpuList;
import io.tradepit.host.preflight.HostView;
import io.tradepit.host.preflight.ProcessorText;
import io.tradepit.host.topology.Topology.Cpu;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads processors, caches and nodes; sysfs paths as in the kernel's ABI/stable/sysfs-devices-*.
 */
final class TopologyReader {
  private static final String CPU = "/sys/devices/system/cpu";
  private static final String NODE = "/sys/devices/system/node";
  private static final String THIRD_LEVEL = "3";

  private final HostView host;
  private final List<Integer> online;

  TopologyReader(HostView host) {
    this.host = host;
    online = online();
  }

  private List<Integer> online() {
    return cpus(CPU + "/online")
        .orElseGet(() ->
            host.names(CPU).stream()
                .filter(name -> name.matches("cpu\\d+"))
                .map(name -> Integer.parseInt(name.substring("cpu".length())))
                .sorted()
                .toList());
  }

  Topology topology() {
    Map<Integer, Integer> nodes = nodesOfCpus();
    return new Topology(
        ProcessorText.of(host).model(),
        online.stream().map(id -> cpu(id, nodes.getOrDefault(id, 0))).toList(),
        l3Groups(),
        memoryNodes(),
        new CardReader(host).nics(),
        cpus(CPU + "/isolated").orElse(List.of()),
        allowed());
  }

  private Cpu cpu(int id, int node) {
    String topology = CPU + "/cpu" + id + "/topology/";
    // -1 where the firmware says nothing.
    int socket = Math.max(0, number(topology + "physical_package_id"));
    return new Cpu(id, socket, node, siblings(id, topology));
  }

  private List<Integer> siblings(int id, String topology) {
    return cpus(topology + "thread_siblings_list")
        .or(() -> cpus(topology + "core_cpus_list"))
        .map(this::onlineOf)
        .filter(siblings -> siblings.contains(id))
        .orElse(List.of(id));
  }

  private List<List<Integer>> l3Groups() {
    List<List<Integer>> groups = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (int cpu : online) {
      l3Group(cpu).filter(group -> seen.addAll(group)).ifPresent(groups::add);
    }
    groups.sort(Comparator.comparing(List::getFirst));
    return groups;
  }

  private Optional<List<Integer>> l3Group(int cpu) {
    String caches = CPU + "/cpu" + cpu + "/cache";
    return host.names(caches).stream()
        .map(index -> caches + "/" + index)
        .filter(cache -> host.text(cache + "/level").filter(THIRD_LEVEL::equals).isPresent())
        .findFirst()
        .flatMap(cache -> cpus(cache + "/shared_cpu_list"))
        .map(this::onlineOf)
        .filter(group -> group.contains(cpu));
  }

  private Map<Integer, Integer> nodesOfCpus() {
    Map<Integer, Integer> nodes = new HashMap<>();
    for (int node : cpus(NODE + "/online").orElse(List.of())) {
      cpus(NODE + "/node" + node + "/cpulist")
          .ifPresent(cpus -> cpus.forEach(cpu -> nodes.put(cpu, node)));
    }
    return nodes;
  }

  private List<Integer> memoryNodes() {
    return cpus(NODE + "/has_memory")
        .or(() -> cpus(NODE + "/online"))
        .filter(Predicate.not(List::isEmpty))
        .orElse(List.of(0));
  }

  // The affinity of the process says where it is, not where it may go: an isolated CPU is not in
  // it. What may not be left is the cpuset (cpuset(7), cgroup v2's admin guide).
  private List<Integer> allowed() {
    List<String> groups = host.text("/proc/self/cgroup").stream().flatMap(String::lines).toList();
    return first(groups, ":cpuset:")
        .flatMap(path -> cpusOfGroup("/sys/fs/cgroup/cpuset", path, "cpuset.effective_cpus"))
        .or(() ->
            first(groups, "0::")
                .flatMap(path -> cpusOfGroup("/sys/fs/cgroup", path, "cpuset.cpus.effective")))
        .map(this::onlineOf)
        .orElse(online);
  }

  private static Optional<String> first(List<String> groups, String controller) {
    return groups.stream()
        .filter(line ->
            controller.startsWith("0") ? line.startsWith(controller) : line.contains(controller))
        .map(line -> line.substring(line.indexOf(controller) + controller.length()))
        .findFirst();
  }

  // A group without the file has what its parent has.
  private Optional<List<Integer>> cpusOfGroup(String mount, String path, String file) {
    for (String group = path; group.startsWith("/"); group = parent(group)) {
      Optional<List<Integer>> cpus = cpus(mount + (group.length() == 1 ? "" : group) + "/" + file);
      if (cpus.isPresent() || group.length() == 1) {
        return cpus;
      }
    }
    return Optional.empty();
  }

  private static String parent(String group) {
    return group.substring(0, Math.max(1, group.lastIndexOf('/')));
  }

  private List<Integer> onlineOf(List<Integer> cpus) {
    return cpus.stream().filter(online::contains).sorted().toList();
  }

  private int number(String file) {
    return host.text(file)
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::parseInt)
        .orElse(-1);
  }

  /** The CPUs, or nodes, of a file; empty when it is not there or holds something else. */
  private Optional<List<Integer>> cpus(String file) {
    return host.text(file)
        .map(String::strip)
        .flatMap(text -> text.isEmpty() ? Optional.of(List.of()) : CpuList.written(text));
  }
}
