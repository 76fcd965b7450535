package io.tradepit.main;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One fault of the disk, as the library of {@code src/test/c/diskfault.c} makes it.
 *
 * @param call "write" or "sync"
 * @param kind EIO, ENOSPC, EROFS, SHORT, HALF or UNLINK
 * @param first which call on a file of a recording has it first, from 1
 * @param times calls in a row that have it; 0 = all from then on
 * @param stamp file that tells when it happened
 */
record DiskFault(String call, String kind, int first, int times, Path stamp) {
  private static final Path SOURCE = Path.of("src/test/c/diskfault.c");

  /** Makes the library; a test without a C compiler is skipped. */
  static Path compile(Path directory) throws IOException, InterruptedException {
    assumeTrue(hasCompiler(), "no C compiler: cc is not in PATH");
    Path library = directory.resolve("diskfault.so");
    Process compiler =
        new ProcessBuilder(
                "cc",
                "-shared",
                "-fPIC",
                "-O1",
                "-Wall",
                "-o",
                library.toString(),
                SOURCE.toString(),
                "-ldl")
            .redirectErrorStream(true)
            .start();
    String output = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (compiler.waitFor() != 0) {
      throw new AssertionError("the C compiler failed:\n" + output);
    }
    return library;
  }

  private static boolean hasCompiler() {
    for (String place : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(place, "cc"))) {
        return true;
      }
    }
    return false;
  }

  Map<String, String> environment(Path library) {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "DISKFAULT",
        String.join(":", call, kind, Integer.toString(first), Integer.toString(times)),
        "DISKFAULT_STAMP",
        stamp.toString());
  }

  boolean happened() {
    return Files.exists(stamp);
  }

  /** When it happened first, ms since the Unix epoch. */
  long atMs() throws IOException {
    String line = Files.readString(stamp);
    return TimeUnit.NANOSECONDS.toMillis(Long.parseLong(line.substring(0, line.indexOf(' '))));
  }

  @Override
  public String toString() {
    return call + " " + kind + " n=" + first + " times=" + times;
  }
}
