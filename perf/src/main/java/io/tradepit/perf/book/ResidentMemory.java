package io.tradepit.perf.book;

import io.tradepit.perf.ProcLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much of this process is in memory, as the kernel counts it. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String FIELD = "VmRSS:";

  private ResidentMemory() {}

  /** Bytes. */
  static long ofThisProcess() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith(FIELD)) {
          return ProcLine.bytes(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("file=" + STATUS, e);
    }
    throw new IllegalStateException("file=" + STATUS + " field=" + FIELD + " missing");
  }
}
