package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each profile's JVM flags start a JVM that says nothing on stderr. */
@Timeout(120)
class JvmFlagsTest {
  private static final Path FLAGS = Path.of("src/main/jvm").toAbsolutePath();
  private static final int BOX_PAGES = (1024 + 64) / 2;
  private static final List<String> ALL_TOUCHED =
      List.of(
          "agrona=true",
          "crc32c=true",
          "aeron=true",
          "chronicle=true",
          "clock=true",
          "affinity=true",
          "ioUring=true",
          "epoll=true");

  @TempDir private Path temporary;
  private Path shm;

  @BeforeEach
  void makeDirectory() throws IOException {
    shm = Files.createTempDirectory(Path.of("/dev/shm"), "tradepit-test-");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    Files.delete(shm);
  }

  @Test
  void shouldStartSilentlyInTheEmbeddedProfile() throws Exception {
    assertSilent(FLAGS.resolve("embedded.flags"));
  }

  @Test
  void shouldStartSilentlyInTheBoxProfile() throws Exception {
    assumeTrue(
        freeHugePages() >= BOX_PAGES, "needs " + BOX_PAGES + " reserved huge pages of 2 MiB");
    assertSilent(FLAGS.resolve("box.flags"));
  }

  @Test
  void shouldStartSilentlyInTheBoxProfileButForReservedPages() throws Exception {
    List<String> flags = new ArrayList<>(Files.readAllLines(FLAGS.resolve("box.flags")));
    assertTrue(flags.remove("-XX:+UseLargePages"));

    assertSilent(Files.write(temporary.resolve("box-without-reserved-pages.flags"), flags));
  }

  @Test
  void shouldNoticeAJvmThatIsNotSilent() throws Exception {
    List<String> flags = new ArrayList<>(Files.readAllLines(FLAGS.resolve("embedded.flags")));
    assertTrue(flags.remove("--enable-native-access=ALL-UNNAMED"));
    Path file = Files.write(temporary.resolve("without-native-access.flags"), flags);

    assertTrue(run(file).errors().contains("WARNING: A restricted method in"));
  }

  private void assertSilent(Path flags) throws Exception {
    Run run = run(flags);

    assertEquals("", run.errors());
    assertEquals(ALL_TOUCHED, run.output());
    Tier.ran("jvm flags", flags.getFileName() + " touched " + run.output().size() + ", silent");
  }

  private Run run(Path flags) throws Exception {
    Path output = temporary.resolve("output");
    Path errors = temporary.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + flags,
                "-cp",
                classPath(),
                SilentStart.class.getName(),
                shm.resolve("run").toString())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    boolean hasEnded = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    Files.deleteIfExists(shm.resolve("run"));
    assertTrue(hasEnded, "still running after 60 s");
    return new Run(Files.readAllLines(output), Files.readString(errors));
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private static long freeHugePages() throws IOException {
    Path free = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages");
    return Files.exists(free) ? Long.parseLong(Files.readString(free).strip()) : 0;
  }

  private record Run(List<String> output, String errors) {}
}
