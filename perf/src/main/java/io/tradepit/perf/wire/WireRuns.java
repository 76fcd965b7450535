package io.tradepit.perf.wire;

import io.tradepit.config.ConfigException;
import io.tradepit.perf.ChildJvm;
import io.tradepit.perf.ThisJvm;
import io.tradepit.perf.openloop.RateFigures;
import io.tradepit.tools.client.Login;
import io.tradepit.tools.client.OrderEntryException;
import io.tradepit.tools.segment.SegmentPlace;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The member's process: with one count of sessions a warm-up, which is the same for all counts and
 * layouts, one order in flight, then the open loop, a rate after the other until two in a row were
 * not kept. Prints a line for each run, and one as it begins. A rate that was not done ends it, and
 * is told by a line of its own: its answers would be counted in the next one.
 *
 * <p>{@code WireRuns DIRECTORY PID ADDRESS PORT} and {@link WireOptions}: the directory is the
 * running segment's, whose files have the logins, the process is its own.
 */
public final class WireRuns {
  static final String BEGUN = "begun ";
  static final String VERSION = "member ";
  static final String GIVEN_UP = "given up ";

  static final long WARMUP_RATE = 20_000;
  static final int WARMUP_ORDERS = 20_000;
  static final int WARMUP_IN_FLIGHT = 5_000;
  static final int MOST_WARMUP_ORDERS = WARMUP_ORDERS + WARMUP_IN_FLIGHT;

  private static final int OWN_ARGUMENTS = 4;
  private static final int LOST_IN_A_ROW = 2;
  private static final long LONGEST_WAIT_NS = TimeUnit.SECONDS.toNanos(5);
  private static final long WARMUP_WAIT_NS = TimeUnit.SECONDS.toNanos(15);
  private static final long WARMUP_IN_FLIGHT_NS = TimeUnit.SECONDS.toNanos(1);

  private final SegmentPlace place;
  private final ProcessorTime segment;
  private final InetSocketAddress address;
  private final WireOptions options;
  private final List<MemberSession> sessions = new ArrayList<>();

  private WireRuns(List<String> arguments) {
    Path directory = Path.of(arguments.get(0));
    place = SegmentPlace.of(directory, directory.resolve("segment.yaml"));
    segment = new ProcessorTime(Long.parseLong(arguments.get(1)));
    address = new InetSocketAddress(arguments.get(2), Integer.parseInt(arguments.get(3)));
    options = WireOptions.parse(arguments.subList(OWN_ARGUMENTS, arguments.size()));
  }

  public static void main(String[] arguments) {
    try {
      new WireRuns(Arrays.asList(arguments)).runAll();
    } catch (WireException | OrderEntryException | ConfigException | UncheckedIOException e) {
      System.out.println(ChildJvm.FAILED + e.getMessage());
      System.exit(1);
    }
  }

  private void runAll() {
    System.out.println(VERSION + ThisJvm.text());
    System.out.println(MemberGaps.look(options.seconds() / 2).line());
    logIn();
    if (isWarm()) {
      oneInFlight();
      openLoop();
    }
    sessions.forEach(MemberSession::close);
  }

  private void logIn() {
    while (sessions.size() < options.mostSessions()) {
      String user = WirePlan.username(sessions.size());
      sessions.add(new MemberSession(address, Login.fromNow(user, place.password(user))));
    }
  }

  /** Returns false, and says so, when the orders were not all answered. */
  private boolean isWarm() {
    begin("warm-up");
    RateFigures figures = openLoop(WARMUP_RATE, WARMUP_ORDERS, WARMUP_WAIT_NS).figures();
    if (figures.isDone()) {
      new OneInFlight(sessions, options.mix()).run(WARMUP_IN_FLIGHT, WARMUP_IN_FLIGHT_NS);
    } else {
      giveUp("warm-up", figures);
    }
    return figures.isDone();
  }

  private void oneInFlight() {
    begin("one order in flight");
    OneInFlight member = new OneInFlight(sessions, options.mix());
    long cpuBefore = segment.ns();
    Histogram roundTrips = member.run(options.orders(), options.limitNs());
    long cpuNs = segment.ns() - cpuBefore;
    print(WireRow.oneInFlight(sessions.size(), cpuNs, roundTrips));
  }

  private void openLoop() {
    boolean isDone = true;
    int lost = 0;
    for (int i = 0; i < options.rates().size() && isDone && lost < LOST_IN_A_ROW; i++) {
      long rate = options.rates().get(i);
      begin(String.format("%,d orders a second", rate));
      WireRow row = openLoop(rate, options.orders(rate), LONGEST_WAIT_NS);
      print(row);
      isDone = row.figures().isDone();
      lost = row.figures().isKept() ? 0 : lost + 1;
      if (!isDone) {
        giveUp(Long.toString(rate), row.figures());
      }
    }
  }

  private WireRow openLoop(long rate, int orders, long longestWaitNs) {
    OpenLoop loop = new OpenLoop(sessions, options.mix(), rate, orders, longestWaitNs);
    long cpuBefore = segment.ns();
    RateFigures figures = loop.run();
    long cpuNs = segment.ns() - cpuBefore;
    return new WireRow(sessions.size(), figures, cpuNs);
  }

  private void giveUp(String at, RateFigures figures) {
    System.out.println(
        "%ssessions=%d at=%s accepted=%d"
            .formatted(GIVEN_UP, sessions.size(), at, figures.commands()));
  }

  private void begin(String what) {
    System.out.println(BEGUN + WireTable.counted(sessions.size()) + ", " + what);
  }

  private void print(WireRow row) {
    if (row.figures().isDone()) {
      sessions.forEach(session -> session.ledger().requireAllAnswered());
    }
    System.out.println(row.line());
  }
}
