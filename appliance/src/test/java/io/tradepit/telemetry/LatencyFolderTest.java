package io.tradepit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LatencyFolderTest {
  private static final Instant START = Instant.parse("2026-11-20T09:30:00Z");

  @TempDir private Path parent;

  @Test
  void shouldNameAFolderByItsDayAndStart() {
    Path folder = LatencyFolder.make(parent, 12, START.plusMillis(7));

    assertEquals("0012-20261120T093000007Z", folder.getFileName().toString());
    assertTrue(Files.isDirectory(folder));
  }

  @Test
  void shouldKeepTheNewestAndLeaveOthersAlone() throws IOException {
    Path own = Files.createDirectory(parent.resolve("results-of-mine"));
    for (int i = 0; i < LatencyFolder.KEPT + 3; i++) {
      Path folder = LatencyFolder.make(parent, 10_000 - i, START.plusSeconds(i));
      Files.createFile(folder.resolve("latency.hlog"));
    }

    List<Path> kept = LatencyFolder.all(parent);

    assertEquals(LatencyFolder.KEPT, kept.size());
    assertEquals("9997-20261120T093003000Z", kept.getFirst().getFileName().toString());
    assertEquals("9978-20261120T093022000Z", kept.getLast().getFileName().toString());
    assertTrue(Files.exists(own));
    assertFalse(Files.exists(parent.resolve("10000-20261120T093000000Z")));
  }

  @Test
  void shouldFindNoneWhereNothingIs() {
    assertEquals(List.of(), LatencyFolder.all(parent.resolve("absent")));
  }
}
