package io.tradepit.tools.demo;

import io.tradepit.config.ExitCode;
import io.tradepit.tools.segment.ChildSegment;
import io.tradepit.tools.terminal.Display;
import io.tradepit.tools.terminal.TerminalStyle;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the demo: a segment in a directory of its own that is gone afterwards, members on it, and
 * the screen. On the starting thread.
 */
public final class DemoTool {
  private static final long FRAME_MS = 200;
  private static final long BLOCK_NS = TimeUnit.SECONDS.toNanos(5);
  private static final long ROTATION_NS = TimeUnit.SECONDS.toNanos(6);
  private static final long LONGEST_STOP_S = 40;
  // The segment gets Ctrl-C as well and may be gone a moment before this process hears of it.
  private static final long SIGNAL_NS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final List<String> KEYS =
      List.of("n next", "p previous", "r rotate by itself", "q quit");

  private final TerminalStyle style;
  private final PrintStream out;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopping;
  private volatile int exitCode = ExitCode.OTHER.number();

  /**
   * @param style how frames look; one that is not rewritable prints a block every few seconds
   * @param out for what is no frame
   */
  public DemoTool(TerminalStyle style, PrintStream out) {
    this.style = style;
    this.out = out;
  }

  /**
   * Runs until a key, a signal or the time ends it, and prints what came of it.
   *
   * @param limit how long to trade, or null for no end
   * @param rate requests a second, of all members together; above 0
   * @return an exit code
   */
  public int run(Duration limit, long seed, double rate) {
    Thread hook = new Thread(this::onSignal, "tp-demo-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      exitCode = trade(limit, new Roster(seed), rate);
      return exitCode;
    } finally {
      ended.countDown();
    }
  }

  private int trade(Duration limit, Roster roster, double rate) {
    say("starting a segment");
    try (ChildSegment segment = ChildSegment.startTemporary(roster.plan())) {
      say("segment in " + segment.directory() + ", gone at the end; members log in");
      TradingFloor floor = new TradingFloor(segment.place(), roster, rate);
      try (floor;
          Display display = Display.open(style, out)) {
        show(floor, display, limit);
      }
      return ended(floor);
    }
  }

  private int ended(TradingFloor floor) {
    if (!floor.failure().isEmpty() && !stopping) {
      LockSupport.parkNanos(SIGNAL_NS);
    }
    say(floor.summary().text().stripTrailing());
    if (!floor.failure().isEmpty() && !stopping) {
      say("failed: " + floor.failure());
      return ExitCode.OTHER.number();
    }
    return ExitCode.OK.number();
  }

  private void show(TradingFloor floor, Display display, Duration limit) {
    FloorFrame frame = new FloorFrame(display.style().glyphs());
    long startNs = System.nanoTime();
    long nextTurnNs = startNs + ROTATION_NS;
    long nextFrameNs = startNs + (display.isLive() ? 0 : Math.min(BLOCK_NS, halfOf(limit)));
    boolean rotating = true;
    while (!stopping && floor.failure().isEmpty()) {
      long nowNs = System.nanoTime();
      if (limit != null && nowNs - startNs >= limit.toNanos()) {
        return;
      }
      if (rotating && nowNs - nextTurnNs >= 0) {
        floor.select(floor.selected() + 1);
        nextTurnNs = nowNs + ROTATION_NS;
      }
      if (nowNs - nextFrameNs >= 0) {
        List<String> keys = display.isLive() ? KEYS : List.of();
        display.show(frame.draw(display.columns(), display.rows(), floor.picture(), keys));
        nextFrameNs = nowNs + (display.isLive() ? 0 : BLOCK_NS);
      }
      int key = display.key(FRAME_MS);
      rotating = isRotating(key, rotating);
      obey(key, floor);
    }
  }

  private static boolean isRotating(int key, boolean before) {
    return switch (key) {
      case 'n', 'p' -> false;
      case 'r' -> true;
      default -> before;
    };
  }

  private void obey(int key, TradingFloor floor) {
    switch (key) {
      case 'n' -> floor.select(floor.selected() + 1);
      case 'p' -> floor.select(floor.selected() - 1);
      case 'q', Display.END -> stopping = true;
      default -> {
        // No key, or one without a meaning.
      }
    }
  }

  private static long halfOf(Duration limit) {
    return limit == null ? BLOCK_NS : limit.toNanos() / 2;
  }

  private void say(String text) {
    out.println(text);
    out.flush();
  }

  // Without the halt a process that was stopped by a signal, as asked, would end with 130 or 143.
  private void onSignal() {
    if (ended.getCount() == 0) {
      return;
    }
    stopping = true;
    try {
      if (ended.await(LONGEST_STOP_S, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(exitCode);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
