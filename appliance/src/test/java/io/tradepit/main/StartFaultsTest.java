package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import io.tradepit.host.CpuList;
import io.tradepit.host.Machine;
import io.tradepit.host.ThreadPlacement.Placement;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A segment that can't start says so with its exit code, and leaves nothing in memory. */
@Timeout(60)
class StartFaultsTest {
  @TempDir Path directory;

  @Test
  void shouldLeaveNothingInMemoryWhenItStops() throws IOException {
    SegmentConfig config = config(new TestSegment(directory).write());
    Path own = SegmentPaths.of(config).aeron().getParent();

    try (Segment segment = Segment.start(config)) {
      assertFalse(segment.faults.isStopping());
      assertRefused(
          ExitCode.ALREADY_RUNNING,
          "directory="
              + directory.resolve("data")
              + " pid="
              + ProcessHandle.current().pid()
              + ": a segment already runs here; stop it or use another --dir",
          config);
      assertTrue(Files.exists(own));
    }

    assertFalse(Files.exists(own), own.toString());
  }

  @Test
  void shouldLeaveNothingInMemoryWhenItsPortIsTaken() throws IOException {
    TestSegment plan = new TestSegment(directory).write();
    SegmentConfig config = config(plan);
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(plan.orderEntry);
      assertRefused(
          ExitCode.PORT_IN_USE,
          "address=127.0.0.1 port=" + taken.getLocalPort() + " cause=Address already in use",
          config);
    }

    Path own = SegmentPaths.of(config).aeron().getParent();
    assertFalse(Files.exists(own), own.toString());
  }

  @Test
  void shouldNameTheCoreThatIsNotThere() throws IOException {
    TestSegment plan = new TestSegment(directory);
    plan.threads = plan.threads.replace("matcher], core: any", "matcher], core: 1000");
    SegmentConfig config = config(plan.write());

    StartException refused = assertThrows(StartException.class, () -> Segment.start(config));

    assertTrue(refused.getMessage().startsWith("thread=tp-seq core=1000: not obtained"));
    assertEquals(ExitCode.HOST, refused.exitCode());
  }

  @Test
  void shouldPutTheThreadsOfAeronOnTheirCoresToo() throws IOException {
    int core = Machine.read().allowedCpus().getLast();
    TestSegment plan = new TestSegment(directory);
    plan.threads =
        plan.threads
            .replace("recorder], core: any", "recorder], core: " + core)
            .replace("media], core: any", "media], core: " + core);

    try (Segment segment = Segment.start(config(plan.write()))) {
      for (String thread : List.of("tp-archive", "tp-media")) {
        Placement placement = segment.threads.obtained().get(thread);
        assertEquals(List.of(core), placement.cpus(), thread);
        assertTrue(placement.isPinned());
        assertEquals(List.of(core), cpusOf(placement.threadId()), thread);
        assertEquals(thread, placement.threadName());
      }
      awaitVoluntarySwitches(segment, "tp-media");
      awaitVoluntarySwitches(segment, "tp-seq");
      assertEquals(Machine.read().allowedCpus(), cpusOf("tp-login"));
    }
  }

  // A thread that backs off parks sooner or later.
  private static void awaitVoluntarySwitches(Segment segment, String thread) {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (voluntarySwitches(segment, thread) == 0) {
      assertTrue(System.nanoTime() - deadlineNs < 0, thread);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static double voluntarySwitches(Segment segment, String thread) {
    return segment.counters.collect().stream()
        .filter(
            family -> "tradepit_thread_voluntary_switches".equals(family.getMetadata().getName()))
        .flatMap(family -> family.getDataPoints().stream())
        .filter(point -> thread.equals(point.getLabels().get("thread")))
        .mapToDouble(point -> ((CounterDataPointSnapshot) point).getValue())
        .findFirst()
        .orElseThrow();
  }

  private static List<Integer> cpusOf(String thread) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      for (Path task : tasks.toList()) {
        if (thread.equals(Files.readString(task.resolve("comm")).strip())) {
          return cpusOf(Long.parseLong(task.getFileName().toString()));
        }
      }
    }
    throw new AssertionError("thread=" + thread + ": does not run");
  }

  private static List<Integer> cpusOf(long threadId) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/task/" + threadId + "/status")).stream()
        .filter(line -> line.startsWith("Cpus_allowed_list:"))
        .map(line -> CpuList.parse(line.substring(line.indexOf(':') + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(ExitCode code, String message, SegmentConfig config) {
    StartException refused = assertThrows(StartException.class, () -> Segment.start(config));
    assertEquals(message, refused.getMessage());
    assertEquals(code, refused.exitCode());
  }

  private SegmentConfig config(TestSegment plan) {
    return SegmentConfigReader.read(plan.file, directory);
  }
}
