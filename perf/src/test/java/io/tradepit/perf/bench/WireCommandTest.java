package io.tradepit.perf.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as it is typed, against a real segment. */
@Timeout(120)
class WireCommandTest {
  private static final int ORDERS = 10;
  private static final int RATE = 1_000;
  private static final int OFFERED = 800;

  @TempDir private Path directory;
  private final StringWriter table = new StringWriter();

  private int run(Writer progress, String... arguments) {
    return new CommandLine(new WireCommand())
        .setOut(new PrintWriter(table))
        .setErr(new PrintWriter(progress, true))
        .execute(arguments);
  }

  /** Stops the member's process for a while, right as its open loop begins. */
  private static final class StallingWriter extends StringWriter {
    // Begun before, so that it is there at once.
    private final Process shell = start();
    private boolean isDone;

    private static Process start() {
      try {
        return new ProcessBuilder(
                "sh", "-c", "read pid; kill -STOP $pid; sleep 0.3; kill -CONT $pid")
            .inheritIO()
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void flush() {
      if (!isDone && toString().contains("orders a second")) {
        isDone = true;
        ProcessHandle.current()
            .descendants()
            .filter(StallingWriter::isMember)
            .forEach(member -> stall(member.pid()));
      }
    }

    // The command line that Java tells of a process ends within a long class path.
    private static boolean isMember(ProcessHandle process) {
      try {
        Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        return Files.readString(line).contains("io.tradepit.perf.wire.WireRuns");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void stall(long pid) {
      try (Writer input = shell.outputWriter()) {
        input.write(pid + "\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void shouldCountEachOrderOnceAndFromItsDueTime() throws IOException {
    Path json = directory.resolve("wire.json");
    Path html = directory.resolve("wire.html");
    StringWriter progress = new StallingWriter();
    int exitCode =
        run(
            progress,
            ("--rounds 1 --transport epoll --threads spinning --sessions 2 --seconds 0.8 --rates "
                    + RATE
                    + " --orders "
                    + ORDERS
                    + " --journal "
                    + directory
                    + " --histograms "
                    + directory
                    + " --json "
                    + json
                    + " --html "
                    + html)
                .split(" ", -1));
    assertEquals(0, exitCode, progress::toString);
    String figures = Files.readString(json);
    assertEquals(ORDERS, number(figures, "oneInFlight", "orders"));
    assertEquals(OFFERED, number(figures, "openLoop", "orders"));
    // Of 800 orders 300 were due while the member stood still for 300 ms: the first 80 of them
    // waited for 220 ms at least, whenever they were sent.
    assertTrue(number(figures, "openLoop", "p90") > 200_000_000, figures);
    assertTrue(
        Files.readString(directory.resolve("epoll-spinning-2-sessions-1000-1.hgrm"))
            .contains("Total count    =          800]"));
    assertTrue(table.toString().contains("Open loop, 2 sessions, 1,000 orders a second"));
    assertTrue(Files.readString(html).contains("</svg>"));
  }

  private static long number(String json, String array, String name) {
    Matcher matcher =
        Pattern.compile("\"" + array + "\": \\[.*?\"" + name + "\": (\\d+)", Pattern.DOTALL)
            .matcher(json);
    assertTrue(matcher.find(), json);
    return Long.parseLong(matcher.group(1));
  }

  @Test
  void shouldRefuseInOneLine() throws IOException {
    assertRefused("--transport=bypass: allowed io_uring, epoll", "--transport", "bypass");
    assertRefused("--seconds=0.0: allowed 0.1..60.0", "--seconds", "0");
    assertRefused("--seconds=NaN: allowed 0.1..60.0", "--seconds", "NaN");
    assertRefused("--rates=9000000000: allowed 1..10000000", "--rates", "9000000000");
    Path file = Files.createFile(directory.resolve("file"));
    Path below = file.resolve("wire.json");
    assertRefused(
        "--json=" + below + ": allowed a file that can be written", "--json", below.toString());
    assertRefused("--journal=" + file + ": allowed a directory", "--journal", file.toString());
  }

  private void assertRefused(String line, String... arguments) {
    StringWriter said = new StringWriter();
    assertEquals(2, run(said, arguments));
    assertEquals(line, said.toString().lines().findFirst().orElse(""));
  }
}
