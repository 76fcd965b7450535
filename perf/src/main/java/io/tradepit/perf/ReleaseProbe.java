package io.tradepit.perf;

import io.aeron.archive.ArchiveThreadingMode;
import io.tradepit.journal.Durability;
import io.tradepit.journal.Journal;
import io.tradepit.journal.JournalContext;
import io.tradepit.stream.Log;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHandler;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * From the intended offer of a 160-byte frame to the moment that the release position covers it,
 * with the recorder on the offering thread and on its own.
 *
 * <p>{@code ReleaseProbe DIRECTORY SECONDS [RATE]}: the directory is on the disk that would hold
 * the archive; the paced rate is in commands a second. The offering thread spins in all rows.
 */
public final class ReleaseProbe {
  private static final int FRAME_LENGTH = 160;
  private static final int PENDING = 1 << 20;
  private static final int BATCH = 16;
  private static final LogHandler TAKE = (buffer, offset, length) -> true;

  private final Log log;
  private final Agent recorder;
  private final UnsafeBuffer header = new UnsafeBuffer(new byte[LogFrame.HEADER_LENGTH]);
  private final UnsafeBuffer body =
      new UnsafeBuffer(new byte[FRAME_LENGTH - LogFrame.HEADER_LENGTH]);
  private final long[] positions = new long[PENDING];
  private final long[] intendedNs = new long[PENDING];
  private long offered;
  private long released;

  private ReleaseProbe(Journal journal) {
    log = journal.log();
    recorder = journal.recorder();
  }

  /** Prints one table. */
  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    long runNs = TimeUnit.SECONDS.toNanos(Long.parseLong(args[1]));
    long rate = args.length > 2 ? Long.parseLong(args[2]) : 20_000;
    System.out.printf(
        Locale.ROOT,
        "%-13s %-22s %-10s %10s %9s %9s %9s%n",
        "policy",
        "recorder",
        "offered/s",
        "count",
        "p50 us",
        "p90 us",
        "p99 us");
    for (Layout layout : Layout.values()) {
      for (Policy policy : Policy.values()) {
        measure(directory, policy, layout, rate, runNs);
        measure(directory, policy, layout, 0, runNs);
      }
    }
  }

  private enum Policy {
    RECORDED(Durability.RECORDED, false),
    SYNCED(Durability.SYNCED, true),
    /** Without zeros ahead of the recording. */
    SYNCED_SPARSE(Durability.SYNCED, false);

    private final Durability durability;
    private final boolean zerosAhead;

    Policy(Durability durability, boolean zerosAhead) {
      this.durability = durability;
      this.zerosAhead = zerosAhead;
    }
  }

  private enum Layout {
    OFFERING_THREAD,
    OWN_THREAD_PARKS_50_US,
    OWN_THREAD_YIELDS,
    OWN_THREAD_SPINS;

    ArchiveThreadingMode threading() {
      return this == OFFERING_THREAD ? ArchiveThreadingMode.INVOKER : ArchiveThreadingMode.SHARED;
    }

    /** Null is the journal's own strategy. */
    IdleStrategy idle() {
      return switch (this) {
        case OFFERING_THREAD, OWN_THREAD_PARKS_50_US -> null;
        case OWN_THREAD_YIELDS -> YieldingIdleStrategy.INSTANCE;
        case OWN_THREAD_SPINS -> BusySpinIdleStrategy.INSTANCE;
      };
    }
  }

  private static void measure(Path directory, Policy policy, Layout layout, long rate, long runNs)
      throws Exception {
    Path archive = Files.createTempDirectory(directory, "probe");
    File aeron = new File("/dev/shm/tp-probe-" + ProcessHandle.current().pid());
    JournalContext context =
        new JournalContext()
            .aeronDirectory(aeron)
            .archiveDirectory(archive.toFile())
            .durability(policy.durability)
            .zerosAhead(policy.zerosAhead)
            .recorderThreading(layout.threading())
            .recorderIdleStrategy(layout.idle())
            .stallTimeoutNs(TimeUnit.SECONDS.toNanos(10))
            .errorHandler(Throwable::printStackTrace);
    try (Journal journal = Journal.open(context)) {
      ReleaseProbe probe = new ReleaseProbe(journal);
      probe.run(rate, runNs / 2);
      print(policy, layout, rate, probe.run(rate, runNs));
    }
    delete(archive);
  }

  private static void delete(Path directory) throws IOException {
    IoUtil.delete(directory.toFile(), true);
  }

  private static void print(Policy policy, Layout layout, long rate, Histogram latency) {
    System.out.printf(
        Locale.ROOT,
        "%-13s %-22s %-10s %10d %9.1f %9.1f %9.1f%n",
        policy.name().toLowerCase(Locale.ROOT),
        layout.name().toLowerCase(Locale.ROOT),
        rate == 0 ? "flat out" : Long.toString(rate),
        latency.getTotalCount(),
        latency.getValueAtPercentile(50) / 1e3,
        latency.getValueAtPercentile(90) / 1e3,
        latency.getValueAtPercentile(99) / 1e3);
  }

  /** A rate of 0 offers as fast as the log takes it; the offer then is the intended time. */
  private Histogram run(long rate, long runNs) throws Exception {
    Histogram latency = new Histogram(3);
    long startNs = System.nanoTime();
    long intervalNs = rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / rate;
    long nextNs = startNs;
    long nowNs = startNs;
    while (nowNs - startNs < runNs) {
      nowNs = System.nanoTime();
      for (int i = 0; i < BATCH && nextNs <= nowNs && offer(nextNs); i++) {
        nextNs = rate == 0 ? nowNs : nextNs + intervalNs;
      }
      nextNs = rate == 0 ? nowNs : nextNs;
      collect(latency);
    }
    while (released < offered) {
      collect(latency);
    }
    return latency;
  }

  private boolean offer(long atNs) {
    if (offered - released == PENDING) {
      return false;
    }
    long position = log.offer(header, 0, header.capacity(), body, 0, body.capacity());
    if (position < 0) {
      return false;
    }
    int slot = (int) (offered & (PENDING - 1));
    positions[slot] = position;
    intendedNs[slot] = atNs;
    offered++;
    return true;
  }

  private void collect(Histogram latency) throws Exception {
    if (recorder != null) {
      recorder.doWork();
    }
    log.poll(TAKE, 2 * BATCH);
    long release = log.releasePosition();
    long nowNs = System.nanoTime();
    while (released < offered && positions[(int) (released & (PENDING - 1))] <= release) {
      latency.recordValue(nowNs - intendedNs[(int) (released & (PENDING - 1))]);
      released++;
    }
  }
}
