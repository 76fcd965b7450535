package io.tradepit.tools.replay;

import io.tradepit.telemetry.GapProbe;
import io.tradepit.telemetry.LatencyLog;
import io.tradepit.telemetry.RunDescription.Load;
import io.tradepit.tools.client.FeedReceiverContext;
import io.tradepit.tools.client.Login;
import io.tradepit.tools.segment.SegmentPlace;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One play of a file into a segment that serves: the two threads, their progress, their figures.
 * The calling thread waits and shows. Single use.
 */
final class ReplayRun implements AutoCloseable {
  private static final Duration FIRST_PACKET_LIMIT = Duration.ofSeconds(10);
  private static final Duration FEED_STALL_LIMIT = Duration.ofSeconds(10);
  private static final long LOOK_INTERVAL_MS = 100;
  private static final long LATENCY_INTERVAL_MS = 1_000;
  // Where sender and segment share two cores, a sender is away for a time slice now and then; the
  // median of its lag is not.
  private static final long SEND_LAG_LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ReplayContext context;
  private final LoadedFile file;
  private final ReplayFlow flow;
  private final LatencyLog log;
  private final Findings findings = new Findings();
  private final Progress progress;
  private final SendTimes times;
  private final AnswerTracker tracker;
  private final SegmentLook look;
  private final BookCheck check;
  private final Player player;
  private final ProgressText text;

  private long intervalStartMs;
  private String failure = "";

  /**
   * Maps the segment's state, joins the feed and logs in.
   *
   * @throws io.tradepit.config.StartException when one of them is refused
   */
  ReplayRun(
      ReplayContext context, LoadedFile file, SegmentPlace place, String user, LatencyLog log) {
    this.context = context;
    this.file = file;
    this.log = log;
    flow = file.flow();
    progress = new Progress(flow.size());
    text = new ProgressText(flow.size(), file.books() != null);
    times = new SendTimes(flow.size(), log);
    tracker = new AnswerTracker(flow, progress, findings, times);
    look = new SegmentLook(place, flow, file.books(), findings);
    look.requireEmpty();
    check =
        new BookCheck(
            flow,
            progress,
            new FeedReceiverContext().feed(place.config().feed()),
            instrumentOfLocate(place),
            file.books(),
            findings);
    String password = context.password() == null ? place.password(user) : context.password();
    player =
        new Player(
            flow,
            context.pace(),
            tracker,
            times,
            look,
            this::unseenFeedMessages,
            place.orderEntry(user),
            Login.fromNow(user, password));
  }

  /** Plays and waits until all is compared, or until nothing moves any more. */
  void run() {
    if (context.gapProbeMs() > 0) {
      GapProbe.record(log, TimeUnit.MILLISECONDS.toNanos(context.gapProbeMs()));
    }
    Worker feed = Worker.start("replay-feed", check);
    try {
      awaitFirstPacket(feed);
      Worker orders = Worker.start("replay-orders", player);
      intervalStartMs = System.currentTimeMillis();
      awaitOrders(orders, feed);
      awaitFeed(feed);
      writeInterval(0);
      failure = failureOf(orders, feed);
    } finally {
      player.stop();
      check.stop();
      feed.join();
    }
    if (failure.isEmpty() && !check.isBlind()) {
      for (int i = 0; i < flow.symbols().size(); i++) {
        look.atEnd(i, check.book(i));
      }
    }
  }

  @Override
  public void close() {
    look.close();
  }

  /** Why it was not carried through; empty when it was. */
  String failure() {
    return failure;
  }

  Findings findings() {
    return findings;
  }

  /** Whether all was answered, seen in the feed and as the file says. */
  boolean isOk() {
    long books = file.figures().getOrDefault("booksExpected", 0L);
    boolean complete =
        progress.finished() == flow.size()
            && check.checked() == flow.size()
            && check.received() == progress.feedMessages(flow.size() - 1);
    return failure.isEmpty()
        && complete
        && findings.count() == 0
        && check.booksEqual() == books
        && (!flow.expectsFills() || tracker.counts().fillsExact == tracker.counts().aggressive);
  }

  Load load() {
    if (!failure.isEmpty()) {
      return new Load(0, 0, false, "carried through", failure);
    }
    double achieved = progress.finished() / Math.max(player.durationS(), 1e-9);
    if (!context.pace().isScheduled()) {
      double taken = progress.sent() / Math.max(player.sendingS(), 1e-9);
      return new Load(taken, achieved, true, "none: " + context.pace(), "");
    }
    double offered = context.pace().offeredRate(flow);
    return Load.judged(offered, achieved, times.medianLagNs(), SEND_LAG_LIMIT_NS);
  }

  double durationS() {
    return player.durationS();
  }

  /** Name and number, in the order in which they are shown. */
  Map<String, Long> figures() {
    AnswerTracker.Counts counts = tracker.counts();
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("commands", (long) flow.size());
    figures.put("answered", (long) progress.finished());
    figures.put("aggressive", counts.aggressive);
    figures.put("fillsExact", counts.fillsExact);
    figures.put("booksChecked", check.booksChecked());
    figures.put("booksEqual", check.booksEqual());
    figures.put("booksCheckedInSegment", look.checked());
    figures.put("booksEqualInSegment", look.equal());
    figures.put("levels", file.books() == null ? 0L : file.books().levels());
    figures.put("executions", counts.executions);
    figures.put("accepted", counts.accepted);
    figures.put("replaced", counts.replaced);
    figures.put("canceled", counts.canceled);
    figures.put("rejected", counts.rejected);
    figures.put("unanswered", counts.silent);
    figures.put("crossedByNewOrders", counts.crossed);
    figures.put("differences", counts.differences);
    figures.put("feedMessages", check.received());
    figures.put("restingOrders", (long) check.restingOrders());
    figures.putAll(file.figures());
    return figures;
  }

  private long unseenFeedMessages() {
    int finished = progress.finished();
    return finished == 0 || check.isBlind()
        ? 0
        : progress.feedMessages(finished - 1) - check.received();
  }

  private void awaitFirstPacket(Worker feed) {
    long deadlineNs = System.nanoTime() + FIRST_PACKET_LIMIT.toNanos();
    while (!check.hasHeard()) {
      if (feed.isDone() || System.nanoTime() - deadlineNs > 0) {
        throw new ReplayFailedException(
            "feed=silent limitS=%d: no packet came on line A or B"
                .formatted(FIRST_PACKET_LIMIT.toSeconds()));
      }
      pause();
    }
  }

  private void awaitOrders(Worker orders, Worker feed) {
    while (!orders.isDone()) {
      pause();
      show();
      writeInterval(LATENCY_INTERVAL_MS);
      if (feed.isDone()) {
        player.stop();
      }
    }
    orders.join();
  }

  private void awaitFeed(Worker feed) {
    int last = -1;
    long deadlineNs = 0;
    while (!feed.isDone() && !check.isBlind() && check.checked() < progress.finished()) {
      if (check.checked() != last) {
        last = check.checked();
        deadlineNs = System.nanoTime() + FEED_STALL_LIMIT.toNanos();
      } else if (System.nanoTime() - deadlineNs > 0) {
        addFeedBehind(last);
        return;
      }
      pause();
      show();
    }
  }

  private void addFeedBehind(int command) {
    findings.add(
        "feed=behind n=%d messages=%d expected=%d limitS=%d: books after it are not compared"
            .formatted(
                flow.number(command),
                check.received(),
                progress.feedMessages(command),
                FEED_STALL_LIMIT.toSeconds()));
  }

  private static String failureOf(Worker orders, Worker feed) {
    RuntimeException failed = feed.failure() == null ? orders.failure() : feed.failure();
    return failed == null ? "" : String.valueOf(failed.getMessage());
  }

  private void show() {
    context.progress().accept(text.of(progress.finished(), check.booksChecked()));
  }

  private void writeInterval(long afterMs) {
    long nowMs = System.currentTimeMillis();
    if (nowMs - intervalStartMs >= afterMs) {
      log.write(intervalStartMs, nowMs);
      intervalStartMs = nowMs;
    }
  }

  private int[] instrumentOfLocate(SegmentPlace place) {
    int[] instruments = new int[place.config().instruments().size() + 1];
    Arrays.fill(instruments, -1);
    for (int i = 0; i < flow.symbols().size(); i++) {
      instruments[place.stockLocate(flow.symbols().get(i))] = i;
    }
    return instruments;
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK_INTERVAL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReplayFailedException("replay=interrupted");
    }
  }
}
