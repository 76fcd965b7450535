package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A segment of the release archive as a service of a real systemd; {@code src/test/systemd} has
 * what runs there.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ServiceTest {
  private static final Path TARGET = Path.of("target");
  private static final Path SCRIPTS = Path.of("src/test/systemd");
  private static final String LIMIT_S = "180";

  @Test
  void shouldBeReadyPinnedAndRestartedAsTheUnitSays() throws Exception {
    assumeTrue(Tier.isLong(), "boots a Debian with systemd: long tier only");
    assumeTrue("root".equals(System.getProperty("user.name")), "namespaces need root");
    require("debootstrap", "unshare", "nsenter");
    assumeTrue(Files.readString(Path.of("/proc/mounts")).contains(" cgroup2 "), "no cgroup2");
    Optional<Path> release = release();
    assumeTrue(release.isPresent(), "no archive in appliance/target: ./tradepit release makes it");

    Path work = Files.createDirectories(TARGET.resolve("service-test"));
    long ok = facts(SCRIPTS.resolve("container"), release.get(), work);

    Tier.ran("service under systemd in a container", "facts=" + ok);
  }

  // Each fact is a line; the script ends with 1 when one of them failed.
  private static long facts(Path script, Path release, Path work) throws Exception {
    Process process =
        new ProcessBuilder("bash", script.toString(), release.toString(), work.toString(), LIMIT_S)
            .redirectErrorStream(true)
            .start();
    long ok = 0;
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println("  " + line);
        output.append(line).append('\n');
        ok += line.startsWith("ok ") ? 1 : 0;
      }
      assertEquals(0, process.waitFor(), output::toString);
    } finally {
      process.destroy(); // its trap removes what it made
      process.waitFor();
    }
    return ok;
  }

  private static Optional<Path> release() throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      return files
          .filter(file -> file.getFileName().toString().matches("tradepit-.*-linux-.*\\.tar\\.gz"))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
    }
  }

  private static void require(String... commands) {
    List<String> folders = Arrays.asList(System.getenv("PATH").split(":", -1));
    for (String command : commands) {
      assumeTrue(
          folders.stream().anyMatch(folder -> Files.isExecutable(Path.of(folder, command))),
          command + " is missing");
    }
  }
}
