package io.tradepit.main;

import io.tradepit.cli.SegmentRunner;
import io.tradepit.cli.StartTable;
import io.tradepit.cli.StatusLine;
import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.stream.LogFailedException;
import io.tradepit.telemetry.LogFileAppender;
import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Runs one segment in this process: table, status line, clean stop on Ctrl-C and SIGTERM. */
final class SegmentRun implements SegmentRunner {
  /** Begins the line that says that members may log in. */
  static final String READY = "ready";

  @Override
  public int run(SegmentConfig config, PrintStream out) {
    CountDownLatch stopped = new CountDownLatch(1);
    try (LogFileAppender log = new LogFileAppender(config.log())) {
      Objects.requireNonNull(log);
      int code = runSegment(config, out, stopped);
      out.println(code == ExitCode.OK.number() ? "stopped" : "stopped after a failure");
      out.flush();
      return code;
    } finally {
      stopped.countDown();
    }
  }

  private static int runSegment(SegmentConfig config, PrintStream out, CountDownLatch stopped) {
    try (Segment segment = Segment.start(config)) {
      Thread hook = new Thread(() -> stopAndWait(segment, stopped), "tp-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      show(segment, out);
      return exitCode(segment, out);
    }
  }

  // The process ends when the hook returns: only after the segment has closed.
  private static void stopAndWait(Segment segment, CountDownLatch stopped) {
    segment.faults.stop();
    try {
      stopped.await(30, TimeUnit.SECONDS);
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
    return codeOf(segment.faults.cause(), out);
  }

  // The launcher looks: System.console() is of no use where only one of the streams is redirected.
  private static boolean isTerminal() {
    return Boolean.getBoolean("tradepit.terminal");
  }

  private static String terminalKind() {
    return System.getenv().getOrDefault("TERM", "dumb");
  }

  private static int codeOf(Throwable cause, PrintStream out) {
    if (cause == null) {
      return ExitCode.OK.number();
    }
    out.println("failed: " + cause.getMessage());
    return (cause instanceof LogFailedException ? ExitCode.STORAGE : ExitCode.OTHER).number();
  }
}
