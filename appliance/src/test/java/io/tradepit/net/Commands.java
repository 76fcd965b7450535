package io.tradepit.net;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short commands that end by themselves and print little. */
final class Commands {
  private static final int LIMIT_SECONDS = 20;

  private Commands() {}

  /**
   * Runs one to its end.
   *
   * @return what it printed, output and errors together
   * @throws IOException it is not on this machine, ended with another code than 0, or went on
   *     beyond 20 s
   */
  static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("command=" + String.join(" ", command) + " seconds=" + LIMIT_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted=" + String.join(" ", command), e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException(
          "command=" + String.join(" ", command) + " exit=" + process.exitValue() + " " + said);
    }
    return said;
  }
}
