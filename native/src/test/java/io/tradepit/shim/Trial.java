package io.tradepit.shim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of {@code src/test/c} that tries a shim out: it says on one line what ran, and ends
 * with another code than 0 when something broke.
 */
public final class Trial {
  /** Whether counts are those of the long tier. */
  public static final boolean IS_LONG = "long".equals(System.getProperty("tradepit.tier"));

  private static final Path SHIMS = Path.of(System.getProperty("tradepit.shims", "target/shims"));
  private static final Path SOURCES = SHIMS.resolve("../../src/main/c").normalize();

  private final String program;

  /**
   * @param program below the build's folder, such as {@code lwip-own/stack-trial}
   */
  public Trial(String program) {
    this.program = program;
  }

  /** Builds all of them; without the sources the tests are skipped. */
  public static void build() throws Exception {
    assumeTrue(Files.isDirectory(SOURCES), "skipped: no C sources here");
    Process make =
        new ProcessBuilder("make", "--silent", "-C", SOURCES.toString(), "trials", "OUT=" + SHIMS)
            .inheritIO()
            .start();
    assertTrue(make.waitFor(300, TimeUnit.SECONDS), "make still runs after 300 s");
    assertEquals(0, make.exitValue());
  }

  /** Runs it, asserts that it ends with 0, and returns its line. */
  public String run(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(SHIMS.resolveSibling(program).toString());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("trial", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        assertTrue(process.waitFor(600, TimeUnit.SECONDS), command + " still runs after 600 s");
      } finally {
        process.destroyForcibly();
      }
      return checked(Files.readString(output), process.exitValue());
    } finally {
      Files.delete(output);
    }
  }

  private String checked(String output, int code) {
    assertEquals(0, code, output);
    assertEquals(1, output.lines().count(), output);
    System.out.print("[" + (IS_LONG ? "long" : "short") + "] " + program + " " + output);
    return output;
  }
}
