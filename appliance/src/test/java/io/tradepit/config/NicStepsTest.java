package io.tradepit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.config.NicProfile.Step;
import io.tradepit.config.NicProfile.VirtualDevice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who follows a checklist of nic-config/ finds its commands. */
@Timeout(120)
class NicStepsTest {
  private static final Path FOLDER = Path.of("").toAbsolutePath().getParent().resolve("nic-config");
  private static final String VENDOR = "vendor";

  @Test
  void shouldHaveStepsForEveryCardAndDevicesForWhatIsNone() throws IOException {
    for (NicProfile profile : profiles()) {
      boolean isCard = !profile.pciIds().isEmpty();
      assertEquals(isCard, !profile.bringUp().isEmpty(), profile.file().toString());
      assertEquals(isCard, profile.virtualDevices().isEmpty(), profile.file().toString());
      boolean isBound = profile.binding().bypass().equals("vfio-pci");
      assertEquals(
          isBound,
          profile.bringUp().stream().anyMatch(step -> step.command().contains("set-override")),
          profile.file().toString());
    }
  }

  @Test
  void shouldDriveAnInterfaceByEachVirtualDeviceThatHasOne() throws IOException {
    for (NicProfile profile : profiles()) {
      for (VirtualDevice device : profile.virtualDevices()) {
        assertEquals(
            !device.driver().equals("net_ring"),
            device.arguments().startsWith("iface={interface}"),
            device.toString());
      }
    }
  }

  /** By what dpkg knows of packages that are installed here. */
  @Test
  void shouldNameTheInstalledPackageOfACommand() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-query")), "skipped: no dpkg here");
    int found = 0;
    for (Step step : steps()) {
      String listed = output("dpkg-query", "--listfiles", step.source());
      if (!listed.isEmpty()) {
        assertTrue(hasCommand(listed, step), step.toString());
        found++;
      }
    }
    assertTrue(found > 0, "no package of any step is installed here");
    Tier.ran("checklists, installed packages", "steps=" + found + " of=" + steps().size());
  }

  /** By the packages themselves, as the distribution has them. */
  @Test
  void shouldNameThePackageOfEveryCommand(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Tier.isLong(), "packages are fetched: long tier only");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/apt-get")), "skipped: no apt here");
    List<Step> steps =
        steps().stream().filter(step -> !step.source().equals(VENDOR)).distinct().toList();
    for (String name : steps.stream().map(Step::source).distinct().toList()) {
      output("sh", "-c", "cd " + folder + " && apt-get -q download " + name);
      String listed =
          output("sh", "-c", "dpkg-deb --contents " + folder + "/" + name + "_*.deb; true");
      for (Step step : steps) {
        assertTrue(!step.source().equals(name) || hasCommand(listed, step), step.toString());
      }
    }
    Tier.ran("checklists, packages of the distribution", "steps=" + steps.size());
  }

  private static boolean hasCommand(String listed, Step step) {
    String command = step.command().split(" ", 2)[0];
    return listed.lines().anyMatch(line -> line.matches(".*/s?bin/" + command + "( ->.*)?"));
  }

  private static List<Step> steps() throws IOException {
    return profiles().stream().flatMap(profile -> profile.bringUp().stream()).toList();
  }

  private static List<NicProfile> profiles() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return new ArrayList<>(
          files.filter(file -> file.toString().endsWith(".yaml")).map(NicReader::read).toList());
    }
  }

  /** What a command printed, nothing when it ended with another code than 0. */
  private static String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), String.join(" ", command));
    return process.exitValue() == 0 ? said : "";
  }
}
