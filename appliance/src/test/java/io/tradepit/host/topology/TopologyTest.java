package io.tradepit.host.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.host.CpuList;
import io.tradepit.host.Machine;
import io.tradepit.host.preflight.FakeHost;
import io.tradepit.host.preflight.HealthyHost;
import io.tradepit.host.preflight.RunningHost;
import io.tradepit.host.topology.Topology.Nic;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Machines of several makes, as they show themselves in /sys. */
@Timeout(30)
class TopologyTest {
  private static final String CPU = "/sys/devices/system/cpu";

  @Test
  void shouldReadOneSocketWithTwoThreadsACore() {
    Topology machine = Topology.read(FakeMachines.oneSocket16(true));

    assertEquals("Intel(R) Xeon(R) Gold 6426Y", machine.model());
    assertEquals(32, machine.cpus().size());
    assertEquals(16, machine.cores());
    assertTrue(machine.hasSiblings());
    assertEquals(List.of(5, 21), machine.cpu(21).orElseThrow().siblings());
    assertEquals(1, machine.l3Groups().size());
    assertEquals(
        List.of(new Nic("eth2", "0000:41:00.0", "ice", OptionalInt.of(0))), machine.nics());
  }

  @Test
  void shouldReadTwoSocketsWithANodeEach() {
    Topology machine = Topology.read(FakeMachines.twoSockets64());

    assertEquals(List.of(0, 1), machine.sockets());
    assertEquals(List.of(0, 1), machine.memoryNodes());
    assertEquals("32-63", CpuList.text(machine.cpusOfNode(1)));
    assertEquals(OptionalInt.of(1), machine.l3Of(40));
    assertFalse(machine.hasSiblings());
    assertEquals(OptionalInt.of(1), machine.nic("eth2").orElseThrow().node());
    assertEquals("eno1", machine.nic("0000:04:00.0").orElseThrow().name());
  }

  @Test
  void shouldReadFourCachesInOneSocket() {
    Topology machine = Topology.read(FakeMachines.amd32());

    assertEquals(
        List.of("0-7", "8-15", "16-23", "24-31"),
        machine.l3Groups().stream().map(CpuList::text).toList());
    assertEquals(List.of(0), machine.memoryNodes());
  }

  @Test
  void shouldSayNothingOfCachesThatAVirtualMachineDoesNotShow() {
    Topology machine = Topology.read(FakeMachines.virtual2());

    assertEquals(List.of(0, 1), machine.online());
    assertEquals(List.of(), machine.l3Groups());
    assertEquals(OptionalInt.empty(), machine.l3Of(0));
    assertEquals(List.of(0, 1), machine.allowed());
    assertEquals(
        List.of(new Nic("eth0", "0000:00:03.0", "virtio_net", OptionalInt.empty())),
        machine.nics());
  }

  @Test
  void shouldReadTheHealthyMachineOfPreflight() {
    Topology machine = Topology.read(HealthyHost.machine());

    assertEquals(HealthyHost.ISOLATED, CpuList.text(machine.isolated()));
    assertEquals("0-15", CpuList.text(machine.allowed()));
    assertEquals("eth2", machine.nics().getFirst().name());
  }

  @Test
  void shouldLeaveOutWhatIsOfflineOrForbidden() {
    FakeHost host =
        FakeMachines.oneSocket16(true)
            .with(CPU + "/online", "0-15,17")
            .with("/proc/self/cgroup", "0::/system.slice/tradepit.service")
            .with("/sys/fs/cgroup/system.slice/cpuset.cpus.effective", "4-20");
    Topology machine = Topology.read(host);

    assertEquals(List.of(0), machine.cpu(0).orElseThrow().siblings());
    assertEquals(List.of(1, 17), machine.cpu(1).orElseThrow().siblings());
    assertEquals("0-15,17", CpuList.text(machine.l3Groups().getFirst()));
    assertEquals("4-15,17", CpuList.text(machine.allowed()));
  }

  @Test
  void shouldNameByItsAddressACardThatADriverOfProgramsHas() {
    String device = "/sys/bus/pci/devices/0000:81:00.1";
    FakeHost host =
        FakeMachines.amd32()
            .with(device + "/class", "0x020000")
            .with(device + "/numa_node", "-1")
            .withLink(device + "/driver", "../../../bus/pci/drivers/vfio-pci")
            .with("/sys/bus/pci/devices/0000:00:01.0/class", "0x060400");

    assertEquals(
        List.of(
            new Nic("0000:81:00.1", "0000:81:00.1", "vfio-pci", OptionalInt.empty()),
            new Nic("eth2", "0000:41:00.0", "sfc", OptionalInt.of(0))),
        Topology.read(host).nics());
  }

  @Test
  void shouldReadAMachineThatSaysAlmostNothing() {
    Topology machine = Topology.read(new FakeHost().with(CPU + "/cpu0/uevent", ""));

    assertEquals(List.of(0), machine.online());
    assertEquals("unknown", machine.model());
    assertEquals(List.of(0), machine.memoryNodes());
    assertEquals(List.of(0), machine.allowed());
    assertEquals(List.of(), machine.nics());
  }

  @Test
  void shouldReadThisMachine() {
    Topology machine = Topology.read(new RunningHost());

    assertEquals(Machine.read().onlineCpus(), machine.online());
    assertTrue(machine.allowed().containsAll(Machine.read().allowedCpus()), machine.toString());
  }
}
