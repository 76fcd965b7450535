package io.tradepit.host.preflight;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityLayout.CpuPart;
import io.tradepit.config.AffinityLayout.MachineModel;
import io.tradepit.config.AffinityLayout.PlacedThread;
import io.tradepit.config.AffinityLayout.Smt;
import io.tradepit.config.HugePagePlan;
import io.tradepit.config.SegmentConfig.Idle;
import io.tradepit.config.SegmentConfig.Profile;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A machine with nothing wrong: one socket, 16 cores without SMT, one L3, one NUMA node, a network
 * card eth2 at 0000:41:00.0 on it, Debian 12; CPUs 0 to 3 do the housekeeping, a segment runs as
 * process 4242.
 */
public final class HealthyHost {
  /** CPUs 4 to 15. */
  public static final String ISOLATED = "4-15";

  /** CPUs 0 to 3. */
  public static final String HOUSEKEEPING = "0-3";

  /** The process of the segment. */
  public static final long PID = 4242;

  public static final int CPUS = 16;

  private static final FakeHost MACHINE = made();

  private HealthyHost() {}

  /** What is wanted of it: its layout, no pages, no card, its segment, watched for ten seconds. */
  public static WantedHost wanted() {
    return new WantedHost(
        Optional.of(layout()),
        Optional.empty(),
        List.of(),
        OptionalLong.of(PID),
        Duration.ofSeconds(10));
  }

  /** The layout that fits it; gateway, sequencer and matcher ask for SCHED_FIFO. */
  public static AffinityLayout layout() {
    return new AffinityLayout(
        Path.of("/healthy/one-socket-16.yaml"),
        Profile.BOX,
        new MachineModel(
            "one socket of 16 cores",
            CPUS,
            1,
            1,
            List.of(IntStream.range(0, CPUS).boxed().toList()),
            Smt.OFF,
            OptionalInt.of(0)),
        new CpuPart(List.of(0, 1, 2, 3), "the kernel and the JVM's own threads"),
        new CpuPart(List.of(0, 1), "interrupts of everything"),
        List.of(
            placed("tp-gw-1", 4, Idle.BUSY_SPIN, 50, "gateway-1"),
            placed("tp-seq", 5, Idle.BUSY_SPIN, 50, "sequencer"),
            placed("tp-match", 6, Idle.BUSY_SPIN, 50, "matcher"),
            placed("tp-archive", 7, Idle.BUSY_SPIN, 0, "recorder"),
            placed("tp-pub", 8, Idle.BUSY_SPIN, 0, "publisher"),
            placed("tp-media", 9, Idle.YIELD, 0, "media"),
            placed("tp-feedrec", 2, Idle.BACKOFF, 0, "feed-recovery"),
            placed("tp-admin", -1, Idle.BACKOFF, 0, "admin")));
  }

  /** Reserved pages for heap and code of the JVM, 8 GiB on /dev/shm. */
  public static HugePagePlan pages() {
    return new HugePagePlan(
        Path.of("/healthy/box.yaml"),
        Profile.BOX,
        Optional.empty(),
        List.of(new HugePagePlan.Reserved(0, 2048, 544, "heap and code of the JVM")),
        List.of(
            new HugePagePlan.User(
                "java-heap",
                "hugetlb",
                2048,
                "1g",
                Optional.empty(),
                OptionalInt.of(0),
                "Private_Hugetlb",
                "no walk of the page table"),
            new HugePagePlan.User(
                "matching-state",
                "collapse",
                2048,
                "8g",
                Optional.of(
                    new HugePagePlan.Mount(
                        Path.of("/dev/shm"), "tmpfs", List.of(), Optional.empty())),
                OptionalInt.empty(),
                "ShmemPmdMapped",
                "books and orders")));
  }

  private static PlacedThread placed(String name, int core, Idle idle, int fifo, String... roles) {
    return new PlacedThread(
        new ThreadPlan(
            name,
            List.of(roles),
            core < 0 ? OptionalInt.empty() : OptionalInt.of(core),
            idle,
            fifo == 0 ? OptionalInt.empty() : OptionalInt.of(fifo)),
        "reason of " + name);
  }

  /** The machine, to break. */
  public static FakeHost machine() {
    return MACHINE.copy();
  }

  private static FakeHost made() {
    FakeHost host = new FakeHost();
    HealthyProcessor.addTo(host);
    HealthyKernel.addTo(host);
    HealthyTasks.addTo(host);
    card(host);
    return host;
  }

  private static void card(FakeHost host) {
    String pci = "/sys/bus/pci/devices/0000:41:00.0";
    host.withAll(
        pci,
        "vendor",
        "0x8086",
        "device",
        "0x159b",
        "numa_node",
        "0",
        "local_cpulist",
        "0-15",
        "current_link_speed",
        "16.0 GT/s PCIe",
        "max_link_speed",
        "16.0 GT/s PCIe",
        "current_link_width",
        "16",
        "max_link_width",
        "16",
        "class",
        "0x020000");
    host.withAll(
        "/sys/class/net/eth2",
        "operstate",
        "up",
        "mtu",
        "1500",
        "device/numa_node",
        "0",
        "device/vendor",
        "0x8086",
        "device/device",
        "0x159b");
    host.withLink("/sys/class/net/eth2/device", "../../../0000:41:00.0");
    host.withLink("/sys/class/net/eth2/device/driver", "../../../../bus/pci/drivers/ice");
    host.withLink(pci + "/driver", "../../../../bus/pci/drivers/ice");
    host.withAll("/sys/class/net/lo", "operstate", "unknown", "mtu", "65536");
  }
}
