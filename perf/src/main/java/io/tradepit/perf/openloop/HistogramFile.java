package io.tradepit.perf.openloop;

import io.tradepit.tools.report.ReportFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Latencies of a run as an {@code .hgrm} file, for the process that compares. */
public final class HistogramFile {
  private HistogramFile() {}

  /**
   * Writes those of a run that was done, in ns; of another one nothing.
   *
   * @throws UncheckedIOException naming the file
   */
  public static void save(RateFigures run, Path file) {
    if (run.isDone()) {
      try {
        ReportFiles.writePercentiles(run.latencies(), file);
      } catch (IOException e) {
        throw new UncheckedIOException("file=" + file + ": cannot be written", e);
      }
    }
  }
}
