package io.tradepit.tools.report;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The files of a report: {@code report.html}, a {@code TAG.hgrm} for each leg, and the {@code
 * .hlog} files when the folder is not that of the results.
 */
public final class ReportFiles {
  private static final double NANOSECONDS = 1.0;
  private static final int TICKS_OF_A_HALF = 5;

  private ReportFiles() {}

  /** The report as text for a terminal. */
  public static String text(LatencyReport report) {
    return TextReport.of(report);
  }

  /** The figures as JSON. */
  public static String json(LatencyReport report) {
    return JsonReport.of(report);
  }

  /**
   * Writes the files; older ones of the same names are replaced.
   *
   * @return the files that were written
   * @throws UncheckedIOException naming the folder
   */
  public static List<Path> write(LatencyReport report, Path folder) {
    List<Path> written = new ArrayList<>();
    try {
      Files.createDirectories(folder);
      Path page = folder.resolve("report.html");
      Files.writeString(page, HtmlReport.of(report));
      written.add(page);
      for (LegFigures leg : report.results().legs()) {
        Path percentiles = folder.resolve(name(leg) + ".hgrm");
        writePercentiles(leg.total(), percentiles);
        written.add(percentiles);
      }
      if (!Files.isSameFile(folder, report.results().folder())) {
        for (Path log : Results.logs(report.results().folder())) {
          Path copy = folder.resolve(log.getFileName());
          Files.copy(log, copy, StandardCopyOption.REPLACE_EXISTING);
          written.add(copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("folder=" + folder + ": cannot be written", e);
    }
    return written;
  }

  // A tag of someone else's log may hold what a file's name must not.
  private static String name(LegFigures leg) {
    return leg.tag().replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /**
   * Writes latencies as an {@code .hgrm} file, in nanoseconds.
   *
   * @throws IOException naming the file
   */
  public static void writePercentiles(Histogram latencies, Path file) throws IOException {
    try (PrintStream out =
        new PrintStream(Files.newOutputStream(file), false, StandardCharsets.UTF_8)) {
      latencies.outputPercentileDistribution(out, TICKS_OF_A_HALF, NANOSECONDS);
      if (out.checkError()) {
        throw new IOException("file=" + file);
      }
    }
  }
}
