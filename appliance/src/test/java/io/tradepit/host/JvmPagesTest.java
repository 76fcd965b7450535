package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.kernel.FfmLibc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What pages a JVM has, by the kernel's account and not by the JVM's. */
@Timeout(120)
class JvmPagesTest {
  private static final Path RESERVED =
      Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages");

  /** Heap of 64 MiB, code of 64 MiB, and some to spare. */
  private static final int ENOUGH_PAGES = 80;

  @TempDir private Path directory;

  @Test
  void shouldFindHeapAndCodeOfThisJvm() {
    JvmPages pages = JvmPages.read(new FfmLibc());

    assertEquals("", pages.heap().path());
    assertTrue(pages.heap().sizeBytes() > 1 << 20, pages.toString());
    assertTrue(pages.code().sizeBytes() > 1 << 20, pages.toString());
    assertTrue(pages.code().start() != pages.heap().start());
  }

  /** Reserves pages on the machine for a moment, so in the long tier only. */
  @Test
  void shouldTellAJvmWithHugePagesFromOneThatFellBack() throws Exception {
    assumeTrue(Tier.isLong(), "changes nr_hugepages: long tier only");
    assumeTrue(Files.isWritable(RESERVED), "needs root, to reserve huge pages");
    String before = Files.readString(RESERVED).strip();
    assumeTrue("0".equals(before), "huge pages are reserved by someone else: " + before);
    for (String collector : List.of("Serial", "Parallel", "G1")) {
      assertEquals("heap=4 code=4", child(collector));
    }
    try {
      Files.writeString(RESERVED, Integer.toString(ENOUGH_PAGES));
      assumeTrue(
          Files.readString(RESERVED).strip().equals(Integer.toString(ENOUGH_PAGES)),
          "memory is in pieces");
      for (String collector : List.of("Serial", "Parallel", "G1")) {
        assertEquals("heap=2048 code=2048", child(collector), collector);
      }
    } finally {
      Files.writeString(RESERVED, before);
    }
    Tier.ran("jvm pages", "Serial, Parallel and G1 with and without reserved pages");
  }

  private String child(String collector) throws IOException, InterruptedException {
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:+UseLargePages",
                "-XX:+Use" + collector + "GC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Child.class.getName())
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue());
    List<String> lines = Files.readAllLines(output);
    return lines.getLast();
  }

  /** A JVM that says what it has. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      JvmPages pages = JvmPages.read(new FfmLibc());
      System.out.println(
          String.format(
              Locale.ROOT,
              "heap=%d code=%d",
              pages.heap().pageBytesObtained() >> 10,
              pages.code().pageBytesObtained() >> 10));
    }
  }
}
