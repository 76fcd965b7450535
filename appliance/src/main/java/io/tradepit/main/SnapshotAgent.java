package io.tradepit.main;

import io.tradepit.config.SegmentConfig;
import io.tradepit.kernel.Libc;
import io.tradepit.matching.Matcher;
import io.tradepit.publication.ImageExchange;
import io.tradepit.recovery.SnapshotDirectory;
import io.tradepit.stream.LogFailedException;
import io.tradepit.telemetry.CounterFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.status.AtomicCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes after the live matcher with a {@link Replica} and writes a snapshot at each mark in the log;
 * asks for a mark when one is due. Images of the books for GLIMPSE are made of the replica too.
 *
 * <p>Thread {@code tp-snap}, of low priority; the live matcher has no part in it. A snapshot that
 * can't be written is counted, and the next one is taken when it is due; a replica that differs
 * from the live matcher is the end of this agent, not of the segment, and makes it unhealthy.
 */
final class SnapshotAgent implements Agent {
  /** Steps of the replica in a duty cycle. */
  private static final int STEPS = 256;

  private static final int NICE = 10;
  private static final int QUIET_INTERVAL_S = 10;
  private static final long FINISH_LIMIT_NS = TimeUnit.SECONDS.toNanos(3);
  private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotAgent.class);

  /**
   * A snapshot that was taken.
   *
   * @param bytes of the file
   * @param tookNs to write it
   */
  record Taken(long sequence, long bytes, long tookNs, long atNs) {}

  private final TradingDay day;
  private final SegmentConfig.Snapshots plan;
  private final Libc libc;
  private final MarkCommands marks;
  private final Optional<ImageExchange> images;
  private final NanoClock nanoClock;
  private final SnapshotDirectory directory;
  private final AtomicCounter taken;
  private final AtomicCounter failed;
  private Replica replica;
  private int cycles;
  private long lastNs;
  private long lastMark;
  private boolean isImageWanted;
  private long imageFrom;
  private volatile long replicaSequence;
  private volatile boolean isWanted;
  private volatile Taken newest;
  private volatile String defect;

  SnapshotAgent(
      TradingDay day,
      SegmentConfig.Snapshots plan,
      Libc libc,
      MarkCommands marks,
      Optional<ImageExchange> images,
      NanoClock nanoClock,
      CounterFactory counters) {
    this.day = day;
    this.plan = plan;
    this.libc = libc;
    this.marks = marks;
    this.images = images;
    this.nanoClock = nanoClock;
    directory = day.snapshots();
    taken = counters.counter("snapshots_taken_total", "Snapshots written");
    failed = counters.counter("snapshots_failed_total", "Snapshots that could not be written");
    lastNs = nanoClock.nanoTime();
    lastMark = day.matcher.lastSequence();
  }

  @Override
  public void onStart() {
    int errno = -libc.setThreadNice(NICE);
    if (errno != 0) {
      LOGGER.warn("thread=tp-snap nice={} errno={}: of normal priority", NICE, errno);
    }
  }

  @Override
  public int doWork() {
    // The segment is ready before the replica is loaded.
    if (defect != null || cycles < 2) {
      cycles = Math.min(cycles + 1, 2);
      return 0;
    }
    try {
      return work();
    } catch (LogFailedException e) {
      LOGGER.debug("the replica ends with the recording: {}", e.getMessage());
      end(e);
    } catch (RuntimeException | OutOfMemoryError | InternalError e) {
      // The last is a page of a recording that the disk does not give.
      LOGGER.error("the replica of the matching state failed: {}", e.getMessage(), e);
      end(e);
    }
    return 0;
  }

  private void end(Throwable cause) {
    defect = "no snapshots: " + cause.getMessage();
    images.ifPresent(ImageExchange::end);
  }

  private int work() {
    if (replica == null) {
      replica = day.newReplica(libc);
      return 1;
    }
    int steps = 0;
    while (steps < STEPS && !replica.isAtMark() && replica.step()) {
      steps++;
    }
    if (replica.isAtMark()) {
      take();
    }
    images.ifPresent(this::serve);
    replicaSequence = replica.matcher.lastSequence();
    markWhenDue();
    return steps;
  }

  // An image is of a moment behind its request, however far the replica was behind then.
  private void serve(ImageExchange exchange) {
    if (!isImageWanted && exchange.takeRequest()) {
      isImageWanted = true;
      imageFrom = day.matcher.lastSequence();
    }
    if (isImageWanted
        && replica.matcher.lastSequence() >= imageFrom
        && replica.follower.isBetweenCommands()) {
      isImageWanted = false;
      replica.writeImage(exchange);
    }
  }

  private void take() {
    replica.passMark();
    long started = nanoClock.nanoTime();
    try {
      write(started, replica.matcher);
    } catch (IOException e) {
      failed.incrementRelease();
      LOGGER.error("snapshot={} not written: {}", replica.matcher.lastSequence(), e.toString());
    }
    lastNs = nanoClock.nanoTime();
  }

  private void write(long started, Matcher source) throws IOException {
    long sequence = replica.matcher.lastSequence();
    Path file = directory.file(day.journal.day(), sequence);
    long bytes =
        replica.write(
            file,
            day.journal.day(),
            day.journal.logRecordingId(),
            day.journal.eventRecordingId(),
            source);
    long now = nanoClock.nanoTime();
    newest = new Taken(sequence, bytes, now - started, now);
    lastMark = sequence;
    taken.incrementRelease();
    if (plan.everyS() >= QUIET_INTERVAL_S || plan.everyS() == 0) {
      LOGGER.info("snapshot={} bytes={} ms={}", file, bytes, (now - started) / 1_000_000);
    }
    directory.prune(day.journal.day(), plan.keep());
  }

  // Nothing new, no snapshot: a quiet segment writes none.
  private void markWhenDue() {
    long now = nanoClock.nanoTime();
    boolean due =
        plan.everyS() > 0
            && now - lastNs >= TimeUnit.SECONDS.toNanos(plan.everyS())
            && replica.matcher.lastSequence() > lastMark;
    if ((due || isWanted) && marks.mark()) {
      isWanted = false;
      lastNs = now;
    }
  }

  /** Asks for a snapshot now; any thread. */
  void want() {
    isWanted = true;
  }

  /** Snapshots taken in this run; any thread. */
  long taken() {
    return taken.get();
  }

  /** Snapshots that could not be written; any thread. */
  long failed() {
    return failed.get();
  }

  /** Commands that the live matcher is ahead by; any thread. */
  long behind() {
    return Math.max(0, day.matcher.lastSequence() - replicaSequence);
  }

  /** The newest snapshot of this run, or null; any thread. */
  Taken newest() {
    return newest;
  }

  /** Why no more snapshots are taken, or null; any thread. */
  String defect() {
    return defect;
  }

  @Override
  public String roleName() {
    return "tp-snap";
  }

  /**
   * The segment has stopped cleanly: the live matcher writes its state, if the replica comes to the
   * same one. After every agent has ended; may wait.
   */
  void finish() {
    if (defect != null) {
      return;
    }
    try {
      day.drain();
      if (day.matcher.isContinuing()) {
        return;
      }
      if (replica == null) {
        replica = day.newReplica(libc);
      }
      catchUp();
      requireEqual();
      long started = nanoClock.nanoTime();
      write(started, day.matcher);
    } catch (IOException | RuntimeException e) {
      LOGGER.error("no snapshot at the stop: {}", e.getMessage(), e);
    }
  }

  private void catchUp() {
    long deadline = nanoClock.nanoTime() + FINISH_LIMIT_NS;
    while (replica.matcher.lastSequence() < day.matcher.lastSequence()
        || !replica.follower.isBetweenCommands()) {
      replica.step(); // false where only padding was read
      if (nanoClock.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "sequence="
                + replica.matcher.lastSequence()
                + " live="
                + day.matcher.lastSequence()
                + ": the replica is behind");
      }
    }
  }

  private void requireEqual() {
    if (replica.matcher.stateHash() != day.matcher.stateHash()
        || replica.matcher.logHash() != day.matcher.logHash()) {
      throw new IllegalStateException(
          "sequence=" + day.matcher.lastSequence() + ": replica and live matcher differ");
    }
  }

  /** Gives the replica's memory back; after the agent has ended. */
  void release() {
    CloseHelper.quietClose(replica);
  }
}
