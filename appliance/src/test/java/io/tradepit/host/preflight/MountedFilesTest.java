package io.tradepit.host.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.config.HugePagePlan;
import io.tradepit.config.HugePagePlan.Mount;
import io.tradepit.config.HugePageReader;
import io.tradepit.host.preflight.Fact.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The mounts of a shipped plan, made by mount(8) with their own options and found right in {@code
 * /proc/mounts}. On node 0 and with pages of 2 MiB, which every machine has.
 */
@Timeout(20)
class MountedFilesTest {
  private static final Path PLANS = Path.of("").toAbsolutePath().getParent().resolve("hugepages");

  @TempDir private Path directory;
  private final List<Path> mounted = new ArrayList<>();

  @BeforeEach
  void requireRoot() {
    assumeTrue(Files.isWritable(Path.of("/etc/shadow")), "no mounts without root: not run");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    for (Path mount : mounted) {
      assertEquals(0, run("umount", mount.toString()));
    }
  }

  /** The one with a mount of each kind. */
  @Test
  void shouldFindWhatAPlanMounts() throws IOException, InterruptedException {
    HugePagePlan plan = HugePageReader.read(PLANS.resolve("two-socket-64.yaml"));
    for (HugePagePlan.User user : plan.users()) {
      if (user.mount().isPresent()) {
        Mount mount = here(user.mount().get(), user.user());
        assertEquals(0, mount(mount, mount.options()), mount.toString());
        assertEquals(Status.PASS, judged(mount).status(), judged(mount).toString());
        assertFoundWrongWithoutEach(mount);
      }
    }
  }

  private Mount here(Mount mount, String name) throws IOException {
    return new Mount(
        Files.createDirectory(directory.resolve(name)),
        mount.type(),
        mount.options().stream()
            .map(option -> option.replaceFirst("mpol=bind:\\d+", "mpol=bind:0"))
            .map(option -> option.replaceFirst("pagesize=1G", "pagesize=2M"))
            .toList(),
        mount.unit());
  }

  /** What is missing is named. Without a size it is half of all memory, which is enough. */
  private void assertFoundWrongWithoutEach(Mount mount) throws IOException, InterruptedException {
    for (String option : mount.options()) {
      List<String> others = mount.options().stream().filter(o -> !o.equals(option)).toList();
      if (List.of("huge=always", "mpol=bind:0", "mode=0750", "noexec").contains(option)) {
        assertEquals(0, mount(mount, others));
        Fact fact = judged(mount);
        assertEquals(Status.FAIL, fact.status(), fact.toString());
        assertTrue(fact.found().endsWith("; not " + option), fact.toString());
      }
    }
  }

  @Test
  void shouldNotBeMountedOnANodeThatIsNotThere() throws IOException, InterruptedException {
    Mount mount =
        new Mount(directory, "tmpfs", List.of("size=1m", "mpol=bind:1023"), Optional.empty());

    assertTrue(mount(mount, mount.options()) != 0);
  }

  private int mount(Mount mount, List<String> options) throws IOException, InterruptedException {
    int result =
        run(
            "mount",
            "-t",
            mount.type(),
            "-o",
            String.join(",", options),
            "none",
            mount.directory().toString());
    if (result == 0) {
      mounted.add(mount.directory());
    }
    return result;
  }

  private static Fact judged(Mount mount) {
    FactSheet sheet = new FactSheet("hugepages", true);
    MountedFiles.read(new RunningHost()).judge(sheet, "mount", mount);
    return sheet.facts().getFirst();
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(5, TimeUnit.SECONDS), String.join(" ", command) + ": " + said);
    return process.exitValue();
  }
}
