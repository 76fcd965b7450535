package io.tradepit.tools.nic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.NicProfile;
import io.tradepit.config.NicReader;
import io.tradepit.host.preflight.RunningHost;
import io.tradepit.main.Tradepit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NicToolTest {
  private static final Path HOME = Path.of("").toAbsolutePath().getParent();
  private static final String CARD = "sys/bus/pci/devices/0000:17:00.1/";

  @TempDir private Path root;

  @Test
  void shouldShowACardThatTheKernelHasNoMore() throws IOException {
    write(CARD + "class", "0x020000");
    write(CARD + "vendor", "0x8086");
    write(CARD + "device", "0x1593");
    write(CARD + "numa_node", "1");
    link(CARD + "driver", "../../../bus/pci/drivers/vfio-pci");
    assertEquals(
        "{name=0000:17:00.1, address=0000:17:00.1, pciId=8086:1593, driver=vfio-pci, node=1,"
            + " link=not the kernel's, stamps=none, steering=no,"
            + " pastTheKernel=vfio-pci, profile intel-e810.yaml}",
        only().fields().toString());
  }

  @Test
  void shouldShowWhatTheKernelSaysOfAnInterface() throws IOException {
    write("sys/class/net/v0/ifindex", "7");
    write("sys/class/net/v0/operstate", "up");
    write("sys/class/net/v0/speed", "10000");
    write("commands/ethtool -i v0", "driver: veth\nversion: 1.0");
    write("commands/ethtool -T v0", "Capabilities:\n\tsoftware-receive\n");
    write("commands/ethtool -k v0", "ntuple-filters: off [fixed]\n");
    assertEquals(
        "{name=v0, address=, pciId=, driver=veth, node=, link=up 10000 Mb/s, stamps=software,"
            + " steering=no, pastTheKernel=net_af_packet net_af_xdp net_pcap, profile virtual.yaml}",
        only().fields().toString());
  }

  private Device only() {
    List<NicProfile> profiles =
        List.of("intel-e810", "virtual").stream()
            .map(name -> NicReader.read(HOME.resolve("nic-config").resolve(name + ".yaml")))
            .toList();
    List<Device> devices = new DeviceReader(new RunningHost(root), profiles).devices();
    assertEquals(1, devices.size(), devices.toString());
    return devices.getFirst();
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text + "\n");
  }

  private void link(String file, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(file), Path.of(target));
  }

  @Test
  void shouldProbeAPortInAProcessOfItsOwn() throws IOException, InterruptedException {
    Process process = tradepit("nic", "probe", "none", "--driver", "net_ring", "--polls", "6400");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertTrue(said.matches("(?s)device +none\ndriver +net_ring\n.*empty poll +p50 \\d+.*"), said);
  }

  @Test
  void shouldNameTheDriversOfTheProfile() throws IOException, InterruptedException {
    Process process = tradepit("nic", "probe", "lo", "--driver", "net_af_packet_none");
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, process.waitFor(), said);
    assertTrue(said.startsWith("tradepit: --driver=net_af_packet_none: allowed net_"), said);
  }

  private static Process tradepit(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dtradepit.shims=" + System.getProperty("tradepit.shims"),
            "-Dtradepit.home=" + HOME,
            "-cp",
            System.getProperty("java.class.path"),
            Tradepit.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
