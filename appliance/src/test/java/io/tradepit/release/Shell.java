package io.tradepit.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands that end, with what they printed. */
final class Shell {
  /** How a command ended; output and errors together. */
  record Result(int exitCode, String output) {}

  private Shell() {}

  /** Runs a command in a directory; one that goes on beyond the limit is an error. */
  static Result run(Path directory, Duration limit, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("tradepit-command-", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
        throw new AssertionError(command + " beyond " + limit + ":\n" + Files.readString(output));
      }
      return new Result(process.exitValue(), Files.readString(output));
    } finally {
      Files.delete(output);
    }
  }

  /** Runs a command that has to end with 0, and returns what it printed. */
  static String succeed(Path directory, Duration limit, String... command)
      throws IOException, InterruptedException {
    Result result = run(directory, limit, Arrays.asList(command));
    if (result.exitCode() != 0) {
      throw new AssertionError(List.of(command) + " ended with " + result);
    }
    return result.output();
  }
}
