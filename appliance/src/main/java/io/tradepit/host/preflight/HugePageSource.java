package io.tradepit.host.preflight;

import io.tradepit.config.BootPages;
import io.tradepit.config.BootPages.NodePages;
import io.tradepit.config.HugePagePlan;
import io.tradepit.config.HugePagePlan.Reserved;
import io.tradepit.config.HugePagePlan.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reserved pages in three places (boot files, running kernel, each node), whether they are enough
 * for who is still to come, and the file systems that users of huge pages need.
 */
final class HugePageSource implements FactSource {
  private static final String FILE = KernelArguments.GRUB_DIRECTORY + "/98-tradepit-hugepages.cfg";
  private static final String SHMEM = "/sys/kernel/mm/transparent_hugepage/shmem_enabled";
  private static final int SMALL_KB = 2048;
  private static final String NODES = "/sys/devices/system/node/node";

  @Override
  public String group() {
    return "hugepages";
  }

  @Override
  public List<Fact> facts(HostView host, WantedHost wanted) {
    FactSheet sheet = new FactSheet(group(), true);
    wanted.pages().ifPresent(plan -> facts(sheet, host, wanted, plan));
    return sheet.facts();
  }

  private static void facts(FactSheet sheet, HostView host, WantedHost wanted, HugePagePlan plan) {
    plan.boot()
        .ifPresent(boot -> {
          String line = String.join(" ", boot.arguments());
          String mend =
              FILE
                  + ": GRUB_CMDLINE_LINUX_DEFAULT=\"$GRUB_CMDLINE_LINUX_DEFAULT "
                  + line
                  + "\"; update-grub;"
                  + " reboot";
          arguments(sheet, "boot", KernelArguments.bootFiles(host), "no boot files", plan, mend);
          arguments(
              sheet,
              "running",
              KernelArguments.running(host),
              "/proc/cmdline cannot be read",
              plan,
              "reboot; or, when the boot files lack it, " + mend);
        });
    Optional<ProcessPages> process = ProcessPages.of(host, wanted.pid());
    // A segment that is starting asks for itself, and has its heap already.
    ProcessPages holder = process.orElseGet(() -> ProcessPages.self(host));
    for (Reserved reserved : plan.reserved()) {
      live(sheet, host, reserved);
      free(sheet, host, plan, reserved, holder);
    }
    shmem(sheet, host, plan);
    MountedFiles mounts = MountedFiles.read(host);
    for (User user : plan.users()) {
      user.mount().ifPresent(mount -> mounts.judge(sheet, "mount-" + user.user(), mount));
    }
    process.ifPresent(pages -> pages.judge(sheet, plan));
    if (process.isEmpty()) {
      memory(sheet, host, plan);
    }
  }

  private static void arguments(
      FactSheet sheet,
      String name,
      Optional<KernelArguments> arguments,
      String reason,
      HugePagePlan plan,
      String mend) {
    Map<NodePages, Long> wanted = new TreeMap<>();
    for (Reserved reserved : plan.reserved()) {
      wanted.put(new NodePages(reserved.node(), reserved.pageKb()), (long) reserved.pages());
    }
    if (arguments.isEmpty()) {
      sheet.skip(name, shown(wanted), reason);
      return;
    }
    try {
      Map<NodePages, Long> found = BootPages.of(arguments.get().words()).pages();
      sheet.judge(name, found.equals(wanted), shown(wanted), shown(found), mend);
    } catch (IllegalArgumentException e) {
      sheet.judge(name, false, shown(wanted), e.getMessage(), mend);
    }
  }

  private static String shown(Map<NodePages, Long> pages) {
    return pages.isEmpty()
        ? "none"
        : pages.entrySet().stream()
            .map(entry ->
                entry.getValue()
                    + " of "
                    + entry.getKey().pageKb()
                    + " kB "
                    + (entry.getKey().node() == BootPages.ANY_NODE
                        ? "on any node"
                        : "on node " + entry.getKey().node()))
            .collect(Collectors.joining(", "));
  }

  private static String name(Reserved reserved) {
    return "node" + reserved.node() + "-" + reserved.pageKb() + "kB";
  }

  private static String directory(Reserved reserved) {
    return NODES + reserved.node() + "/hugepages/hugepages-" + reserved.pageKb() + "kB/";
  }

  private static void live(FactSheet sheet, HostView host, Reserved reserved) {
    Optional<String> text = host.text(directory(reserved) + "nr_hugepages");
    sheet.judge(
        "reserved-" + name(reserved),
        text.filter(pages -> number(pages) >= reserved.pages()).isPresent(),
        reserved.pages() + " or more",
        text.orElse("the node has no pages of this size"),
        mend(reserved));
  }

  private static String mend(Reserved reserved) {
    String boot = "reboot with the arguments of the plan";
    return reserved.pageKb() == SMALL_KB
        ? boot
            + "; now, while memory is in one piece: echo "
            + reserved.pages()
            + " > "
            + directory(reserved)
            + "nr_hugepages"
        : boot;
  }

  /** What a running segment holds of them is not missing. */
  private static void free(
      FactSheet sheet, HostView host, HugePagePlan plan, Reserved reserved, ProcessPages holder) {
    long needed = plan.pagesNeeded(reserved.node(), reserved.pageKb());
    Optional<String> free = host.text(directory(reserved) + "free_hugepages");
    String name = "free-" + name(reserved);
    String expected = needed + " for " + users(plan, reserved);
    if (free.isEmpty()) {
      sheet.skip(name, expected, "the node does not say");
      return;
    }
    long held = holder.heldPages(reserved.pageKb());
    // Promised by a mapping and not yet touched; they count as free until they are. Those of the
    // segment itself are among what it needs.
    long promised = held > 0 ? 0 : promised(host, reserved);
    long certain = Math.max(0, promised - freeElsewhere(host, reserved));
    long left = number(free.get()) - certain;
    sheet.judge(
        name,
        left + held >= needed,
        expected,
        left
            + " free"
            + (held > 0 ? ", " + held + " held by the segment" : "")
            + (promised > certain
                ? ", up to " + (promised - certain) + " of them promised, here or at another node"
                : ""),
        "end who holds them (grep Hugetlb /proc/*/smaps_rollup; ls /dev/hugepages), or reserve"
            + " more");
  }

  private static long promised(HostView host, Reserved reserved) {
    return host.text(
            "/sys/kernel/mm/hugepages/hugepages-" + reserved.pageKb() + "kB/resv_hugepages")
        .map(HugePageSource::number)
        .orElse(0L);
  }

  // The kernel counts promises of all nodes together: only what the others have no room for is
  // here.
  private static long freeElsewhere(HostView host, Reserved reserved) {
    return host.names("/sys/devices/system/node").stream()
        .filter(name -> name.matches("node\\d+") && !name.equals("node" + reserved.node()))
        .map(name -> Integer.parseInt(name.substring("node".length())))
        .map(node -> new Reserved(node, reserved.pageKb(), reserved.pages(), reserved.why()))
        .flatMap(other -> host.text(directory(other) + "free_hugepages").stream())
        .mapToLong(HugePageSource::number)
        .sum();
  }

  private static String users(HugePagePlan plan, Reserved reserved) {
    return plan.users().stream()
        .filter(User::isHugetlb)
        .filter(user -> user.pageKb() == reserved.pageKb())
        .filter(user -> user.node().orElse(0) == reserved.node())
        .map(User::user)
        .collect(Collectors.joining(", "));
  }

  private static void shmem(FactSheet sheet, HostView host, HugePagePlan plan) {
    if (plan.users().stream().anyMatch(user -> user.pages().equals("huge-tmpfs"))) {
      sheet.file(
          host,
          "shmem",
          SHMEM,
          "not deny: else no mount gives huge pages",
          text -> !text.contains("[deny]"),
          "echo never > " + SHMEM);
    }
  }

  /** A tmpfs reserves nothing: what its users will write must be free where they are bound to. */
  private static void memory(FactSheet sheet, HostView host, HugePagePlan plan) {
    TreeMap<Integer, Long> needed = new TreeMap<>();
    for (User user : plan.users()) {
      if (user.node().isPresent() && user.bytes().isPresent() && !user.isHugetlb()) {
        needed.merge(user.node().getAsInt(), user.bytes().getAsLong() >> 10, Long::sum);
      }
    }
    needed.forEach((node, kb) -> {
      Optional<String> text = host.text(NODES + node + "/meminfo");
      String expected = kb + " kB for files on huge pages";
      if (text.isEmpty()) {
        sheet.skip("memory-node" + node, expected, "the node does not say");
      } else {
        // Huge pages of a tmpfs are the files of the last run, which are taken over or replaced.
        long free =
            kb(text.get(), "MemFree")
                + kb(text.get(), "Inactive(file)")
                + kb(text.get(), "ShmemHugePages");
        sheet.judge(
            "memory-node" + node,
            free >= kb,
            expected,
            free + " kB free, in the page cache or of the last run",
            "end what fills the node, or lower capacities; numactl -H shows the nodes");
      }
    });
  }

  // "Node 0 MemFree:  123 kB"
  private static long kb(String meminfo, String name) {
    return meminfo
        .lines()
        .filter(line -> line.contains(" " + name + ":"))
        .mapToLong(line -> number(line.replaceAll(".*:\\s*|\\s*kB$", "")))
        .findFirst()
        .orElse(0);
  }

  private static long number(String text) {
    return FactSheet.number(text).orElse(0);
  }
}
