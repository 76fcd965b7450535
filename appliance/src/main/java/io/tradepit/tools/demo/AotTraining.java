package io.tradepit.tools.demo;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import io.tradepit.tools.segment.ChildSegment;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Has the JVM make an AOT cache: a segment in a directory of its own records the classes that it
 * loads and the profiles of its methods while the demo's members trade on it over TCP, and its JVM
 * writes the cache when it ends. On the calling thread.
 *
 * <p>The segment has this process's JVM flags and class path. The JVM takes the cache for those
 * only (JEP 483, 514, 515).
 */
public final class AotTraining {
  // The JVM starts a second one at its end, which writes the cache.
  private static final Duration WRITE_LIMIT = Duration.ofMinutes(5);
  private static final int REQUESTS_PER_SECOND = 2_000;
  private static final long SEED = 1;

  private AotTraining() {}

  /**
   * Trains until the cache is written.
   *
   * @param cache the file to write
   * @param length how long to trade
   * @param out what it does, a line a step
   * @throws StartException when there is no cache at the end, with what the segment said
   */
  public static void run(Path cache, Duration length, PrintWriter out) {
    Roster roster = new Roster(SEED);
    say(out, "starting a segment that records");
    try (ChildSegment segment =
        ChildSegment.startTemporary(roster.plan(), "-XX:AOTCacheOutput=" + cache)) {
      say(out, "trading for " + length.toSeconds() + " s");
      say(out, trade(segment, roster, length).text().stripTrailing());
      say(out, "writing the cache");
      boolean ended = segment.stop(WRITE_LIMIT);
      if (!ended || !Files.isRegularFile(cache)) {
        throw new StartException(
            ExitCode.OTHER,
            "aot=%s: not written ended=%b said=%s".formatted(cache, ended, lastLine(segment)));
      }
    }
  }

  private static DemoSummary trade(ChildSegment segment, Roster roster, Duration length) {
    TradingFloor floor = new TradingFloor(segment.place(), roster, REQUESTS_PER_SECOND);
    long deadlineNs = System.nanoTime() + length.toNanos();
    try (floor) {
      for (long left = length.toNanos(); left > 0 && floor.failure().isEmpty(); ) {
        LockSupport.parkNanos(left);
        left = deadlineNs - System.nanoTime();
      }
    }
    if (!floor.failure().isEmpty()) {
      throw new StartException(ExitCode.OTHER, "aot: members stopped trading: " + floor.failure());
    }
    return floor.summary();
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private static String lastLine(ChildSegment segment) {
    return segment.output().lines().reduce("", (before, line) -> line);
  }
}
