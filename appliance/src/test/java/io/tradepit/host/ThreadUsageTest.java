package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ThreadUsageTest {
  private static final int NO_SUCH_THREAD = 1 << 30;

  @TempDir private Path proc;

  @Test
  void shouldReadWhatTheKernelCounts() throws Exception {
    Path task = Files.createDirectories(proc.resolve("self/task/7"));
    Files.writeString(
        task.resolve("status"),
        "Name:\ttp-seq\nvoluntary_ctxt_switches:\t11\nnonvoluntary_ctxt_switches:\t12\n");
    Files.writeString(task.resolve("stat"), "7 (tp ) S) S 1 2 3 4 5 6 13 15 14 16 0 0\n");

    assertEquals(new ThreadUsage(11, 12, 13, 14), ThreadUsage.of(proc, 7));
  }

  @Test
  void shouldCountTheWaitsOfThisThread() throws Exception {
    List<String> status = Files.readAllLines(Path.of("/proc/thread-self/status"));
    long self = Long.parseLong(Machine.value(status, "Pid", ""));

    long before = ThreadUsage.of(self).voluntarySwitches();
    for (int i = 0; i < 10; i++) {
      LockSupport.parkNanos(1_000_000);
    }

    ThreadUsage after = ThreadUsage.of(self);
    assertTrue(after.voluntarySwitches() >= before + 10, before + " and then " + after);
    assertTrue(after.minorFaults() > 0);
  }

  @Test
  void shouldBeNothingWhenTheThreadHasEnded() {
    assertEquals(new ThreadUsage(0, 0, 0, 0), ThreadUsage.of(NO_SUCH_THREAD));
  }
}
