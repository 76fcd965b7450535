package io.tradepit.perf.wire;

import io.tradepit.perf.ChildJvm;
import io.tradepit.perf.ThisJvm;
import io.tradepit.perf.pipeline.RateFigures;
import io.tradepit.tools.client.Login;
import io.tradepit.tools.client.OrderEntryException;
import io.tradepit.tools.segment.SegmentPlace;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The member's process: for each count of sessions one order in flight, then the open loop, a rate
 * after the other until two in a row were not kept. Prints a line for each run, and one as it
 * begins.
 *
 * <p>{@code WireRuns DIRECTORY PID ADDRESS PORT} and {@link WireOptions}: the directory is the
 * running segment's, whose files have the logins, the process is its own.
 */
public final class WireRuns {
  static final String BEGUN = "begun ";
  static final String VERSION = "member ";

  private static final int OWN_ARGUMENTS = 4;
  private static final int LOST_IN_A_ROW = 2;
  static final long WARMUP_RATE = 20_000;

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
    } catch (WireException | OrderEntryException e) {
      System.out.println(ChildJvm.FAILED + e.getMessage());
      System.exit(1);
    }
  }

  private void runAll() {
    System.out.println(VERSION + ThisJvm.text());
    System.out.println(MemberGaps.look(options.seconds() / 2).line());
    boolean isDone = true;
    for (int i = 0; i < options.sessions().size() && isDone; i++) {
      logIn(options.sessions().get(i));
      oneInFlight();
      isDone = options.rates().isEmpty() || openLoop();
    }
    sessions.forEach(MemberSession::close);
  }

  /** More sessions, up to a count: no others are connected while it is measured. */
  private void logIn(int count) {
    while (sessions.size() < count) {
      String user = WirePlan.username(sessions.size());
      sessions.add(new MemberSession(address, Login.fromNow(user, place.password(user))));
    }
  }

  private void oneInFlight() {
    begin("one order in flight");
    OneInFlight member = new OneInFlight(sessions, options.mix());
    member.run(options.orders());
    long cpuBefore = segment.ns();
    Histogram roundTrips = member.run(options.orders());
    long cpuNs = segment.ns() - cpuBefore;
    print(WireRow.oneInFlight(sessions.size(), cpuNs, roundTrips));
  }

  /** Returns whether all orders were answered. */
  private boolean openLoop() {
    boolean isDone = openLoop(WARMUP_RATE, options.orders()).figures().isDone();
    int lost = 0;
    for (int i = 0; i < options.rates().size() && isDone && lost < LOST_IN_A_ROW; i++) {
      long rate = options.rates().get(i);
      begin(String.format("%,d orders a second", rate));
      WireRow row = openLoop(rate, options.orders(rate));
      print(row);
      isDone = row.figures().isDone();
      lost = row.figures().isKept() ? 0 : lost + 1;
    }
    return isDone;
  }

  private WireRow openLoop(long rate, int orders) {
    OpenLoop loop = new OpenLoop(sessions, options.mix(), rate, orders);
    long cpuBefore = segment.ns();
    RateFigures figures = loop.run();
    long cpuNs = segment.ns() - cpuBefore;
    return new WireRow(sessions.size(), figures, cpuNs);
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
