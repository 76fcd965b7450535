package io.tradepit.main;

import io.tradepit.cli.SegmentRunner;
import io.tradepit.cli.StartTable;
import io.tradepit.cli.StatusLine;
import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.dpdk.DpdkEnvironment;
import io.tradepit.telemetry.LogFileAppender;
import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a segment in this process, day after day: table, status line, clean stop on Ctrl-C and
 * SIGTERM.
 */
final class SegmentRun implements SegmentRunner {
  /** Begins the line that says that members may log in. */
  static final String READY = "ready";

  /** How long a clean stop may take; the unit's TimeoutStopSec is above it. */
  static final int STOP_LIMIT_S = 30;

  private static final Logger LOGGER = LoggerFactory.getLogger(SegmentRun.class);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile Segment running;
  private volatile boolean stopAsked;
  private boolean rolls;
  private volatile int code = ExitCode.OTHER.number();

  @Override
  public int run(SegmentConfig config, PrintStream out) {
    try (LogFileAppender log = new LogFileAppender(config.log())) {
      Objects.requireNonNull(log);
      code = loggedRun(config, out);
      out.println(code == ExitCode.OK.number() ? "stopped" : "stopped after a failure");
      out.flush();
      return code;
    } finally {
      stopped.countDown();
    }
  }

  private int loggedRun(SegmentConfig config, PrintStream out) {
    try {
      int ended = runDays(config, out);
      LOGGER.info("segment={} stopped exitCode={}", config.name(), ended);
      return ended;
    } catch (RuntimeException e) {
      LOGGER.error("segment={} not started: {}", config.name(), e.getMessage(), e);
      throw e;
    } finally {
      stopDpdk();
    }
  }

  private static void stopDpdk() {
    int left = DpdkEnvironment.stop();
    if (left != 0) {
      LOGGER.warn("dpdk=stop errno={}", -left);
    }
  }

  // One segment for each trading day, until someone stops one or one fails.
  private int runDays(SegmentConfig config, PrintStream out) {
    try (SegmentPorts ports = new SegmentPorts(config)) {
      int ended = runSegment(Segment.start(config, ports), out);
      while (rolls) {
        ended = runSegment(Segment.startNextDay(config, ports), out);
      }
      return ended;
    }
  }

  private int runSegment(Segment started, PrintStream out) {
    try (Segment segment = started) {
      stopOnSignal(segment);
      LOGGER.info("segment={} started day={}", segment.config.name(), segment.day.journal.day());
      show(segment, out);
      int ended = exitCode(segment, out);
      rolls = segment.faults.isRolling() && !stopAsked;
      return ended;
    }
  }

  private void stopOnSignal(Segment segment) {
    boolean isFirst = running == null;
    running = segment;
    if (isFirst) {
      Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "tp-stop"));
    } else if (stopAsked) { // while it started
      segment.faults.stop();
    }
  }

  // Without the halt a process that was asked by SIGTERM to stop, and did, would end with 143.
  private void onSignal() {
    if (stopped.getCount() == 0) {
      return;
    }
    stopAsked = true;
    running.faults.stop();
    try {
      if (stopped.await(STOP_LIMIT_S, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(code);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void show(Segment segment, PrintStream out) {
    boolean colour = StartTable.colourOn(System.getenv(), isTerminal());
    out.print(new SegmentTable(segment).table().render(colour));
    out.println(READY + ": members may log in; Ctrl-C stops");
    out.flush();
  }

  private static int exitCode(Segment segment, PrintStream out) {
    boolean rewritable = isTerminal() && !"dumb".equals(terminalKind());
    StatusLine line = new StatusLine(out, rewritable);
    SegmentStatus status = new SegmentStatus(segment);
    try {
      while (!segment.faults.awaitStop(1, TimeUnit.SECONDS)) {
        line.update(status.line(), System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    line.end();
    ExitCode code = segment.faults.exitCode();
    if (code != ExitCode.OK) {
      out.println("failed: " + segment.faults.reason());
    }
    return code.number();
  }

  // The launcher looks: System.console() is of no use where only one of the streams is redirected.
  private static boolean isTerminal() {
    return Boolean.getBoolean("tradepit.terminal");
  }

  private static String terminalKind() {
    return System.getenv().getOrDefault("TERM", "dumb");
  }
}
