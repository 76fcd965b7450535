package io.tradepit.host.preflight;

import static io.tradepit.host.preflight.HealthyCard.NET;
import static io.tradepit.host.preflight.HealthyCard.NODE;
import static io.tradepit.host.preflight.HealthyCard.NUMA_MAPS;
import static io.tradepit.host.preflight.HealthyCard.PAGES;
import static io.tradepit.host.preflight.HealthyCard.PAGES_FILE;
import static io.tradepit.host.preflight.HealthyCard.PCI;
import static io.tradepit.host.preflight.HealthyCard.POOL;
import static io.tradepit.host.preflight.HealthyCard.SMAPS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.host.preflight.CoreSpin.Gaps;
import io.tradepit.host.preflight.Fact.Status;
import io.tradepit.host.preflight.WantedHost.Nic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Pages, nodes, card, bus, time and noise of a healthy machine; one thing of them is broken, and
 * preflight names that fact and no other.
 */
@Timeout(60)
class BrokenPagesAndCardsTest {
  private static final String SHMEM = "/sys/kernel/mm/transparent_hugepage/shmem_enabled";

  private record Broken(String id, String how, WantedHost wanted, Consumer<FakeHost> breaking) {}

  private final List<Broken> hosts = new ArrayList<>();

  @Test
  void shouldFindNothingOnAHealthyMachine() {
    for (WantedHost wanted : List.of(HealthyCard.wanted(), HealthyCard.wantedBeforeTheStart())) {
      FakeHost host = HealthyCard.machine();
      if (wanted.pid().isEmpty()) {
        host.with(POOL + "free_hugepages", "704");
      }
      Findings findings = preflight(Map.of()).check(host, wanted);
      assertEquals("", text(findings.failures()));
      assertTrue(findings.count(Status.PASS) >= 50, text(findings.facts()));
    }
  }

  @Test
  void shouldNameTheOneThingThatIsBroken() {
    reservedPages();
    mounts();
    nodes();
    card();
    settings();
    time();
    List<String> wrong = new ArrayList<>();
    for (Broken broken : hosts) {
      FakeHost host = HealthyCard.machine();
      broken.breaking.accept(host);
      Findings findings = preflight(Map.of()).check(host, broken.wanted);
      String failed = findings.failures().stream().map(Fact::id).collect(Collectors.joining(" "));
      if (!failed.equals(broken.id)) {
        wrong.add(broken.id + " (" + broken.how + ") found " + failed);
      } else if (findings.failures().getFirst().mend().isBlank()) {
        wrong.add(broken.id + " (" + broken.how + ") does not say how to mend it");
      }
    }
    assertEquals("", String.join("\n", wrong));
    long facts = hosts.stream().map(Broken::id).distinct().count();
    Tier.ran("broken pages, cards and clocks", "hosts=" + hosts.size() + " facts=" + facts);
  }

  private static Preflight preflight(Map<Integer, Gaps> noise) {
    return new Preflight(
        List.of(
            new HugePageSource(),
            new NumaSource(),
            new NicSource(),
            new PcieSource(),
            new PtpSource(),
            new NoiseSource((cores, duration) -> gaps(cores, noise), Optional.of("boot"))));
  }

  private static Map<Integer, Gaps> gaps(List<Integer> cores, Map<Integer, Gaps> noise) {
    Map<Integer, Gaps> gaps = new TreeMap<>();
    cores.forEach(core -> gaps.put(core, noise.getOrDefault(core, quiet())));
    return gaps;
  }

  private static Gaps quiet() {
    return new Gaps(5_000_000_000L, 3, 0, 14_000, 60_000, "");
  }

  private static String text(List<Fact> facts) {
    return facts.stream().map(Fact::toString).collect(Collectors.joining("\n"));
  }

  private void broken(String id, String how, Consumer<FakeHost> breaking) {
    hosts.add(new Broken(id, how, HealthyCard.wanted(), breaking));
  }

  private void brokenBeforeTheStart(String id, String how, Consumer<FakeHost> breaking) {
    hosts.add(
        new Broken(
            id,
            how,
            HealthyCard.wantedBeforeTheStart(),
            host -> {
              host.with(POOL + "free_hugepages", "704");
              breaking.accept(host);
            }));
  }

  private void reservedPages() {
    broken("hugepages.boot", "not written", host -> host.without(PAGES_FILE));
    broken(
        "hugepages.boot",
        "without a node",
        host -> host.replace(PAGES_FILE, "hugepages=0:704", "hugepages=704"));
    broken(
        "hugepages.boot",
        "another number",
        host -> host.replace(PAGES_FILE, "hugepages=0:704", "hugepages=0:512"));
    broken("hugepages.running", "not rebooted", host -> host.replace("/proc/cmdline", PAGES, ""));
    broken(
        "hugepages.running",
        "a size that is none",
        host -> host.replace("/proc/cmdline", " hugepagesz=2M", " hugepagesz=2X"));
    broken(
        "hugepages.running",
        "a size beyond all processors",
        host -> host.replace("/proc/cmdline", " hugepagesz=2M", " hugepagesz=999999999g"));
    broken(
        "hugepages.reserved-node0-2048kB",
        "memory was in pieces",
        host -> host.with(POOL + "nr_hugepages", "700"));
    broken(
        "hugepages.free-node0-2048kB",
        "someone else has them",
        host -> host.with(POOL + "free_hugepages", "100"));
    brokenBeforeTheStart(
        "hugepages.free-node0-2048kB",
        "promised to someone else",
        host -> host.with("/sys/kernel/mm/hugepages/hugepages-2048kB/resv_hugepages", "50"));
    brokenBeforeTheStart(
        "hugepages.memory-node0",
        "the node is full",
        host ->
            host.replace(NODE + "/meminfo", "100000000", "1000")
                .replace(NODE + "/meminfo", "500000", "500"));
  }

  private void mounts() {
    String state = "tmpfs /mnt/tradepit/state tmpfs";
    broken(
        "hugepages.mount-matching-state",
        "not mounted",
        host -> host.replace("/proc/mounts", state, "tmpfs /mnt/tradepit/elsewhere tmpfs"));
    mount("without huge pages", "huge=always,", "");
    mount("too small", "size=491520k", "size=204800k");
    mount("open to others", "mode=750,", "mode=755,");
    mount("on any node", ",mpol=bind:0", "");
    mount("another file system", state, "none /mnt/tradepit/state ramfs");
    broken(
        "hugepages.shmem",
        "huge pages of files are forbidden",
        host -> host.with(SHMEM, "always within_size advise never [deny] force"));
    broken(
        "hugepages.matching-state",
        "the mount gave small pages",
        host -> host.replace(SMAPS, "ShmemPmdMapped:   346112", "ShmemPmdMapped:   196608"));
  }

  /** Of the state's line only. */
  private void mount(String how, String part, String by) {
    broken(
        "hugepages.mount-matching-state",
        how,
        host -> {
          String mounts = host.text("/proc/mounts").orElseThrow();
          int begin = mounts.indexOf("tmpfs /mnt/tradepit/state");
          int end = mounts.indexOf("\n", begin);
          String line = mounts.substring(begin, end).replace(part, by);
          host.with("/proc/mounts", mounts.substring(0, begin) + line + mounts.substring(end));
        });
  }

  private void nodes() {
    broken(
        "numa.nodes",
        "two nodes in place of one",
        host -> host.with("/sys/devices/system/node/has_memory", "0-1"));
    broken(
        "numa.order-path",
        "the matcher's core is at another node",
        host ->
            host.with(NODE + "/cpulist", "0-5,7-15")
                .with("/sys/devices/system/node/node1/cpulist", "6"));
    broken(
        "numa.mapped-matching-state",
        "a part of the state is far away",
        host -> host.replace(NUMA_MAPS, "N0=86528", "N0=86000 N1=528"));
    broken(
        "numa.eth2",
        "the card is in the other socket's slot",
        host -> host.with(NET + "/device/numa_node", "1"));
  }

  private void card() {
    broken("nic.eth2.there", "no such interface", host -> host.without(NET));
    broken(
        "nic.eth2.there",
        "bound to vfio-pci",
        host ->
            host.without(NET)
                .with("/sys/bus/pci/drivers/vfio-pci/0000:41:00.0/vendor", "0x8086")
                .with("/sys/bus/pci/drivers/vfio-pci/0000:41:00.0/device", "0x159b"));
    broken("nic.eth2.card", "an X710", host -> host.with(PCI + "/device", "0x1572"));
    broken(
        "nic.eth2.driver",
        "another driver",
        host -> host.withLink(NET + "/device/driver", "../../../../bus/pci/drivers/ice_sw"));
    broken("nic.eth2.carrier", "no cable", host -> host.with(NET + "/carrier", "0"));
    broken("nic.eth2.carrier", "never set up", host -> host.unreadable(NET + "/carrier"));
    broken("nic.eth2.link.speed", "a slow module", host -> host.with(NET + "/speed", "1000"));
    broken("nic.eth2.link.mtu", "jumbo frames", host -> host.with(NET + "/mtu", "9000"));
    broken(
        "nic.eth2.interrupts",
        "a queue's interrupt on the matcher's core",
        host -> host.with("/proc/irq/25/effective_affinity_list", "6"));
    broken(
        "pcie.eth2.speed",
        "a slot of the generation before",
        host -> host.with(PCI + "/current_link_speed", "8.0 GT/s PCIe"));
    broken("pcie.eth2.width", "half seated", host -> host.with(PCI + "/current_link_width", "8"));
    broken("pcie.eth2.aspm", "the bus sleeps", host -> host.with(PCI + "/link/l1_aspm", "1"));
    broken(
        "pcie.eth2.errors",
        "packets of the bus are lost",
        host -> host.with(PCI + "/aer_dev_nonfatal", "TLP 3\nTOTAL_ERR_NONFATAL 3"));
  }

  private void settings() {
    setting("link.fec", "--show-fec", "encoding: None", "encoding: RS");
    setting("link.eee", "--show-eee", "not supported", "enabled - active");
    setting("link.lldp-agent", "--show-priv-flags", "agent          : off", "agent : on");
    setting("queues.combined", "-l", "Combined:\t2", "Combined:\t16");
    setting("rings.rx", "-g", "RX:\t\t1024", "RX:\t\t2048");
    setting("rings.tx", "-g", "TX:\t\t512", "TX:\t\t256");
    setting("coalescing.adaptive-rx", "-c", "RX: off  TX: off", "RX: on  TX: off");
    setting("coalescing.adaptive-tx", "-c", "RX: off  TX: off", "RX: off  TX: on");
    setting("coalescing.rx-usecs", "-c", "rx-usecs: 0", "rx-usecs: 50");
    setting("offloads.gro", "-k", "receive-offload: off\nlarge", "receive-offload: on\nlarge");
    setting("offloads.tso", "-k", "tcp-segmentation-offload: off", "tcp-segmentation-offload: on");
    setting("offloads.ntuple", "-k", "ntuple-filters: on", "ntuple-filters: off [fixed]");
    setting("pause.rx", "-a", "RX:\t\toff", "RX:\t\ton");
    setting("steering.order-port", "-n", "queue 1", "queue 0");
    setting("steering.order-port", "-n", "port: 9001", "port: 23");
    setting("steering.order-port", "-n", "port: 9002", "port: 9003");
    setting("steering.order-port", "-n", "9001 mask: 0x0", "9001 mask: 0xff");
    setting("steering.order-port", "-n", "TCP over", "UDP over");
    setting("steering.order-port", "-n", "port: 22", "port: 9001");
    setting("steering.rss", "-x", " 0:      0     0", " 0:      0     1");
    setting("steering.rss", "-x", " 8:      0     0", " 8:      0     1");
    setting("timestamping.rx", "-T", "\thardware-receive\n", "");
    setting("timestamping.clock", "-T", "PTP Hardware Clock: 0", "PTP Hardware Clock: none");
    broken(
        "nic.eth2.steering.order-port",
        "no rule",
        host -> host.withOutput("2 RX rings available\nTotal 0 rules", "ethtool", "-n", "eth2"));
  }

  private void setting(String id, String flag, String part, String by) {
    broken("nic.eth2." + id, by.strip(), host -> HealthyCard.change(host, flag, part, by));
  }

  private void time() {
    broken("ptp.ptp4l", "it does not run", host -> host.without("/run/ptp4l"));
    broken(
        "ptp.ptp4l",
        "it does not answer",
        host -> host.withOutput("sending: GET", HealthyCard.PMC));
    clock("ptp.grandmaster", "gmPresent                  true", "gmPresent   false");
    clock("ptp.offset", "master_offset              -79", "master_offset   -4100");
    clock("ptp.port", "portState               SLAVE", "portState    MASTER");
    clock("ptp.port", "portState               SLAVE", "portState    FAULTY");
    clock("ptp.client-only", "slaveOnly               1", "slaveOnly    0");
    clock("ptp.clock-class", "gm.ClockClass                         6", "gm.ClockClass 7");
    clock("ptp.sync", "1795673265761198801", "1795673255761198741");
    broken("ptp.phc2sys", "it does not run", host -> host.with("/proc/711/comm", "sshd"));
  }

  private void clock(String id, String part, String by) {
    broken(id, by, host -> HealthyCard.changeTime(host, part, by));
  }

  @Test
  void shouldNameTheRuleThatIsMissingAndAskForNoneWithoutAPort() {
    FakeHost host = HealthyCard.machine();
    HealthyCard.change(host, "-n", "port: 9002", "port: 9003");
    Fact fact = steering(host, HealthyCard.wanted());
    assertEquals("9001: Direct to queue 1, 9002: no rule", fact.found());
    assertTrue(
        fact.mend().startsWith("ethtool -N eth2 flow-type tcp4 dst-port 9002 action 1;"),
        fact.mend());

    WantedHost wanted = HealthyCard.wanted();
    Nic unknown = new Nic("eth2", wanted.nics().getFirst().profile());
    Fact skipped =
        steering(
            host,
            new WantedHost(
                wanted.layout(), wanted.pages(), List.of(unknown), wanted.pid(), wanted.watch()));
    assertEquals(Status.SKIP, skipped.status());
    assertTrue(skipped.found().startsWith("no port of a gateway is known"), skipped.found());
  }

  /** What starts the segment is no user who may ask ptp4l of linuxptp 3.1. */
  @Test
  void shouldSkipAPtp4lThatMayNotBeAsked() {
    FakeHost host =
        HealthyCard.machine()
            .withoutOutput(HealthyCard.PMC)
            .withOutput("", "test", "!", "-w", "/run/ptp4l");
    List<Fact> facts = new PtpSource().facts(host, HealthyCard.wanted());

    assertEquals(
        List.of("ptp.ptp4l SKIP", "ptp.phc2sys PASS"),
        facts.stream().map(fact -> fact.id() + " " + fact.status()).toList());
    assertTrue(facts.getFirst().found().startsWith("/run/ptp4l is not for this user: "));
    assertTrue(facts.getFirst().found().contains("uds_ro_address"));
  }

  @Test
  void shouldAskThePmcOfACopyOfAnotherMachine() {
    FakeHost host = HealthyCard.machine();
    String answer = host.output(HealthyCard.PMC).orElseThrow();
    host.withoutOutput(HealthyCard.PMC)
        .withOutput(
            answer,
            Stream.of(HealthyCard.PMC)
                .filter(word -> !List.of("-i", PtpSource.OWN_SOCKET).contains(word))
                .toArray(String[]::new));
    Fact fact = new PtpSource().facts(host, HealthyCard.wanted()).getFirst();

    assertEquals(Status.PASS, fact.status(), fact.toString());
  }

  private static Fact steering(FakeHost host, WantedHost wanted) {
    return new NicSource()
        .facts(host, wanted).stream()
            .filter(fact -> fact.id().equals("nic.eth2.steering.order-port"))
            .findFirst()
            .orElseThrow();
  }

  /** The kernel counts promises of all nodes together. */
  @Test
  void shouldTakePromisedPagesOffOneNodeOnlyWhenTheOthersHaveNoRoomForThem() {
    for (int elsewhere : new int[] {500, 10}) {
      FakeHost host =
          HealthyCard.machine()
              .with("/sys/kernel/mm/hugepages/hugepages-2048kB/resv_hugepages", "50")
              .with(POOL + "free_hugepages", "704")
              .with(POOL.replace("node0", "node1") + "free_hugepages", Integer.toString(elsewhere));
      Fact fact =
          new HugePageSource()
              .facts(host, HealthyCard.wantedBeforeTheStart()).stream()
                  .filter(found -> found.id().equals("hugepages.free-node0-2048kB"))
                  .findFirst()
                  .orElseThrow();

      assertEquals(elsewhere == 500 ? Status.PASS : Status.FAIL, fact.status());
      assertEquals(
          elsewhere == 500
              ? "704 free, up to 50 of them promised, here or at another node"
              : "664 free, up to 10 of them promised, here or at another node",
          fact.found());
    }
  }

  /** Its heap stands on reserved pages before it can ask; code is promised its pages. */
  @Test
  void shouldCountWhatAStartingSegmentHasAlready() {
    FakeHost host =
        HealthyCard.machine()
            .with("/sys/kernel/mm/hugepages/hugepages-2048kB/resv_hugepages", "30")
            .with(POOL + "free_hugepages", "190");
    host.with("/proc/self/smaps", host.text(SMAPS).orElseThrow().replace(" 65536 kB", " 4096 kB"));
    Findings findings = preflight(Map.of()).check(host, HealthyCard.wantedBeforeTheStart());

    assertEquals("", text(findings.failures()));
  }

  @Test
  void shouldNameTheCoreThatIsTakenAway() {
    Map<String, Gaps> noises =
        Map.of(
            "longer than 100 us", new Gaps(5_000_000_000L, 3, 1, 140_000, 160_000, ""),
            "more than one a second", new Gaps(5_000_000_000L, 6, 0, 14_000, 90_000, ""),
            "a part of the time", new Gaps(5_000_000_000L, 0, 0, 9_000, 600_000, ""));
    noises.forEach((how, noise) -> {
      FakeHost host = withoutSegment().with("/proc/sys/kernel/random/boot_id", "boot");
      Findings findings =
          preflight(Map.of(6, noise))
              .check(host.with(POOL + "free_hugepages", "704"), HealthyCard.wantedBeforeTheStart());
      assertEquals(List.of("noise.cpu6"), findings.failures().stream().map(Fact::id).toList(), how);
    });
  }

  /** The table is in the form of rtla-osnoise-top(1); this kernel has no such tracer. */
  @Test
  void shouldTakeTheKernelsOwnMeasureWhereItHasOne() {
    FakeHost host =
        withoutSegment()
            .with("/proc/sys/kernel/random/boot_id", "boot")
            .with(POOL + "free_hugepages", "704")
            .with("/sys/kernel/tracing/available_tracers", "timerlat osnoise hwlat function nop");
    StringBuilder table =
        new StringBuilder("                  Operating System Noise\n")
            .append("duration:   0 00:00:05 | time is in us\n")
            .append("CPU Period       Runtime        Noise  % CPU Aval   Max Noise   Max Single")
            .append("          HW          NMI          IRQ      Softirq       Thread\n");
    for (int cpu = 4; cpu < 16; cpu++) {
      table
          .append(
              "%3d #5          5000000           49    99.99999          14     %8d"
                  .formatted(cpu, cpu == 9 ? 140 : 3))
          .append("    0      0      106     0      0\n");
    }
    host.withOutput(
        table.toString(), "rtla", "osnoise", "top", "-q", "-T", "1", "-c", "4-15", "-d", "5s");
    Findings findings =
        preflight(Map.of(6, new Gaps(1, 9, 9, 9, 1, "")))
            .check(host, HealthyCard.wantedBeforeTheStart());

    assertEquals(List.of("noise.cpu9"), findings.failures().stream().map(Fact::id).toList());
    assertTrue(findings.failures().getFirst().found().contains("interrupts 106"));
  }

  @Test
  void shouldMeasureNoNoiseBesideASegmentOrOfAnotherMachine() {
    Fact beside = gapsOf(HealthyCard.wanted(), "boot");
    Fact another = gapsOf(HealthyCard.wantedBeforeTheStart(), "another");
    assertEquals(Status.SKIP, beside.status());
    assertTrue(beside.found().startsWith("the segment runs"), beside.found());
    assertEquals(Status.SKIP, another.status());
    assertTrue(another.found().startsWith("these are not the files"), another.found());
  }

  private static FakeHost withoutSegment() {
    return HealthyCard.machine().without("/proc/" + HealthyHost.PID);
  }

  private static Fact gapsOf(WantedHost wanted, String boot) {
    FakeHost host = HealthyCard.machine().with("/proc/sys/kernel/random/boot_id", boot);
    return preflight(Map.of()).check(host, wanted).facts().stream()
        .filter(fact -> fact.id().equals("noise.gaps"))
        .findFirst()
        .orElseThrow();
  }
}
