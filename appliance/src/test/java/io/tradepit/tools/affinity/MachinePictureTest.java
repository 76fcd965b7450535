package io.tradepit.tools.affinity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityReader;
import io.tradepit.host.preflight.FakeHost;
import io.tradepit.host.topology.FakeMachines;
import io.tradepit.host.topology.Topology;
import io.tradepit.tools.terminal.Glyphs;
import io.tradepit.tools.terminal.Palette;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole pictures, compared with those of the folder {@code pictures} of the test resources. */
@Timeout(30)
class MachinePictureTest {
  private static final String ISOLATED = "/sys/devices/system/cpu/isolated";
  private static final Path PICTURES =
      Path.of("src/test/resources/io/tradepit/tools/affinity/pictures");

  private static final Path LAYOUTS = Path.of("..", "affinity-config");

  @Test
  void shouldDrawSiblingsAsOneCore() throws IOException {
    assertPicture("smt-no-layout", FakeMachines.oneSocket16(true), null);
  }

  @Test
  void shouldDrawTheShippedLayoutsOnTheirMachines() throws IOException {
    assertPicture(
        "one-socket-16", FakeMachines.oneSocket16(false).with(ISOLATED, "4-15"), "one-socket-16");
    assertPicture("two-socket-64", FakeMachines.twoSockets64(), "two-socket-64");
    assertPicture("amd-ccx", FakeMachines.amd32().with(ISOLATED, "8-31"), "amd-ccx");
    assertPicture("virtual-2", FakeMachines.virtual2(), "embedded");
  }

  @Test
  void shouldNameCoresThatAreNotThereAndHousekeepingThatIsIsolated() throws IOException {
    FakeHost host =
        FakeMachines.oneSocket16(false)
            .with("/sys/devices/system/cpu/online", "0-5")
            .with(ISOLATED, "3-5")
            .with("/proc/self/cgroup", "0::/box")
            .with("/sys/fs/cgroup/box/cpuset.cpus.effective", "0-4");
    assertPicture("another-machine", host, "one-socket-16");
  }

  @Test
  void shouldFitSixtyFourCoresIntoEightyColumns() {
    Topology machine = Topology.read(FakeMachines.twoSockets64());
    AffinityLayout layout = AffinityReader.read(LAYOUTS.resolve("two-socket-64.yaml"));
    MachinePicture picture = new MachinePicture(machine, Optional.of(layout), Glyphs.UNICODE, 80);

    String plain = picture.draw().text();
    assertTrue(plain.lines().allMatch(line -> line.length() <= 80), plain);
  }

  @Test
  void shouldColourOnlyWhereColoursAreOn() {
    Topology machine = Topology.read(FakeMachines.virtual2());
    MachinePicture picture = new MachinePicture(machine, Optional.empty(), Glyphs.UNICODE, 80);

    String coloured = picture.draw().text(Palette.BASIC);

    assertTrue(coloured.contains("\u001b["));
    assertTrue(
        new MachinePicture(machine, Optional.empty(), Glyphs.ASCII, 80)
            .draw()
            .text()
            .chars()
            .allMatch(character -> character < 128));
  }

  private static void assertPicture(String name, FakeHost host, String layout) throws IOException {
    Optional<AffinityLayout> read =
        Optional.ofNullable(layout)
            .map(file -> AffinityReader.read(LAYOUTS.resolve(file + ".yaml")));
    MachinePicture picture = new MachinePicture(Topology.read(host), read, Glyphs.ASCII, 80);

    assertEquals(golden(name), picture.draw().text());
  }

  private static String golden(String name) throws IOException {
    return Files.readString(PICTURES.resolve(name + ".txt"));
  }
}
