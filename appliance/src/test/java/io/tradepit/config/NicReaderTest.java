package io.tradepit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.NicProfile.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The profiles of nic-config/, and what is wrong in broken ones. */
@Timeout(30)
class NicReaderTest {
  private static final Path FOLDER = Path.of("").toAbsolutePath().getParent().resolve("nic-config");

  @Test
  void shouldReadEveryShippedProfile() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      List<NicProfile> profiles =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .sorted()
              .map(NicReader::read)
              .toList();
      assertEquals(
          List.of(
              List.of("e1000e"),
              List.of("ice"),
              List.of("mlx5_core"),
              List.of("sfc"),
              List.of("virtio_net", "veth", "tun")),
          profiles.stream().map(NicProfile::driver).toList());
      // Each card is of one profile.
      List<String> ids = profiles.stream().flatMap(profile -> profile.pciIds().stream()).toList();
      assertEquals(ids.size(), ids.stream().distinct().count());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ptp: hardware | ptp: gps | ptp=gps: allowed one of hardware, software, none",
        "name: Intel | nom: Intel | nom=Intel Ethernet E810: unknown key",
        "8086:1591 | 8086:159 | pciIds[0]=8086:159: allowed VENDOR:DEVICE",
        "driver: [ice] | driver: [] | driver=[0 elements]: allowed a list of 1 to 8",
        "bypass: vfio-pci | bypas: vfio-pci | binding.bypas=vfio-pci: unknown key",
        "id: link.mtu | id: mtu | settings[1].id=mtu: allowed GROUP.NAME",
        "id: link.mtu | id: link.speed | settings[1].id=link.speed: allowed each id once",
        "cat /sys/class/net/{interface}/mtu | cat /etc/shadow | settings[1].readBack=cat /etc/shadow",
        "{interface}/mtu | {interface}/../eth1/mtu | readBack=cat /sys/class/net/{interface}/../eth1",
        "cat /sys/class/net/{interface}/mtu | cat /sys/../etc/shadow | readBack=cat /sys/../etc/sha",
        "cat /sys/class/net/{interface}/mtu | cat /proc/kmsg | readBack=cat /proc/kmsg: allowed",
        "cat /sys/class/net/{interface}/mtu | cat /sys/class/net/eth1/mtu | readBack=cat /sys/class",
        "ethtool -k {interface} | ethtool -K {interface} gro on | readBack=ethtool -K {interface} gro",
        "source: pciutils | source: Vendor's | bringUp[1].source=Vendor's: allowed a package of the",
        "shows: \"0\" | shown: \"0\" | bringUp[0].shown=0: unknown key",
        "bringUp: | virtualDevices: | virtualDevices[0].driver=(missing): allowed a virtual device",
        "expected: \"1500\" | expected: \">= many\" | settings[1].expected=>= many: allowed a value",
      })
  void shouldNameWhatIsWrongInAProfile(String part, String by, String problem) throws IOException {
    String text = Files.readString(FOLDER.resolve("intel-e810.yaml"));
    String broken = text.replaceFirst(Pattern.quote(part), Matcher.quoteReplacement(by));
    assertFalse(broken.equals(text), part);
    ConfigException refused =
        assertThrows(ConfigException.class, () -> NicReader.readText(Path.of("nic.yaml"), broken));
    assertTrue(
        refused.problems().stream()
            .anyMatch(line -> line.matches("nic\\.yaml:\\d+: .*") && line.contains(problem)),
        refused.problems().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "eth2, true", "enp65s0f0np0, true", "eth0.100, true", "--version, false", "-i, false",
    "., false", ".., false", "a/b, false", "eth0:1, false", "sixteen-bytes-xx, false"
  })
  void shouldTakeNamesOfInterfacesThatNoCommandTakesForAnOption(String name, boolean isAllowed) {
    assertEquals(isAllowed, NicProfile.INTERFACE.matcher(name).matches());
  }

  /** Composing calls itself for each level, and a device has no end. */
  @Test
  void shouldRefuseAFileThatIsTooDeepOrTooLong() {
    String deep = "name: " + "[".repeat(20_000) + "]".repeat(20_000);
    assertEquals(
        List.of("nic.yaml:1: file=nic.yaml: allowed at most 32 levels of lists and keys"),
        assertThrows(ConfigException.class, () -> NicReader.readText(Path.of("nic.yaml"), deep))
            .problems());
    Path endless = Path.of("/dev/zero");
    assertEquals(
        List.of("/dev/zero:0: file=/dev/zero: allowed at most 1048576 bytes"),
        assertThrows(ConfigException.class, () -> NicReader.read(endless)).problems());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "off; off; true", "off; on; false", "Off|None; None; true", "Off|None; RS; false",
        ">= 10000; 25000; true", ">= 10000; 1000; false", ">= 0; none; false", "*; any; true"
      })
  void shouldCompareAsTheProfileSays(String expected, String found, boolean isMet) {
    Setting setting = new Setting("a.b", expected, "set", "cat /sys/x", "", "why");
    assertEquals(isMet, setting.isMetBy(found));
  }
}
