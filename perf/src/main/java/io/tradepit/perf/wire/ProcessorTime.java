package io.tradepit.perf.wire;

import io.tradepit.host.StatLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What a process has taken of the processor: all its threads, user and system. */
final class ProcessorTime {
  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int USER_TICKS = 14;
  private static final int SYSTEM_TICKS = 15;

  private final Path stat;

  ProcessorTime(long pid) {
    stat = Path.of("/proc", Long.toString(pid), "stat");
  }

  /** In steps of a hundredth of a second. */
  long ns() {
    try {
      StatLine line = StatLine.parse(Files.readString(stat));
      return (line.number(USER_TICKS) + line.number(SYSTEM_TICKS)) * TICK_NS;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "file=" + stat + ": cannot be read; has the segment ended?", e);
    }
  }
}
