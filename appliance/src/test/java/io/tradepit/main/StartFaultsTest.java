package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
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
          "archiveDirectory="
              + directory.resolve("data/archive")
              + " is in use by another running segment",
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
    assertEquals(ExitCode.CONFIGURATION, refused.exitCode());
  }

  @Test
  void shouldRefuseACoreForAThreadOfAeron() throws IOException {
    TestSegment plan = new TestSegment(directory);
    plan.threads = plan.threads.replace("recorder], core: any", "recorder], core: 0");
    assertRefused(
        ExitCode.CONFIGURATION,
        "thread=tp-archive core=0: allowed any; a thread of Aeron's own is not pinned yet",
        config(plan.write()));
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
