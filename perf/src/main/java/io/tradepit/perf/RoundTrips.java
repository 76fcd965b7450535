package io.tradepit.perf;

import io.tradepit.host.StatLine;
import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.ouch.OuchRequestEncoder;
import io.tradepit.telemetry.GapProbe;
import io.tradepit.telemetry.LatencyLog;
import io.tradepit.tools.client.Login;
import io.tradepit.tools.client.OrderEntryClient;
import io.tradepit.tools.segment.SegmentPlace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A member that waits: one order at a time, immediate-or-cancel and far from the market, over its
 * sessions in turn. The round trip is from before the write to the socket to after the read of
 * Accepted, on one thread that spins, over kernel TCP.
 *
 * <p>{@code RoundTrips DIRECTORY PID ADDRESS SESSIONS ORDERS}: the directory is the running
 * segment's, whose files have the logins, the process is its own. Prints one line of {@code
 * name=value}. Beside the orders it reports how long its own thread was away while it only spun,
 * two seconds before them.
 */
public final class RoundTrips {
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long GAPS_NS = TimeUnit.SECONDS.toNanos(2);
  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int USER_TICKS = 14;
  private static final int SYSTEM_TICKS = 15;
  private static final byte ACCEPTED = 'A';
  private static final byte CANCELED = 'C';
  private static final long QUANTITY = 100;
  private static final long PRICE4 = 10_000;

  private final List<OrderEntryClient> sessions = new ArrayList<>();
  private final OuchRequestEncoder request = new OuchRequestEncoder();
  private final UnsafeBuffer message = new UnsafeBuffer(new byte[OuchRequestEncoder.MAX_LENGTH]);
  private final long symbol = ItchText.symbol("ALDER");
  private final Histogram roundTrips = new Histogram(LatencyLog.MAX_VALUE_NS, 3);
  private boolean isAccepted;
  private boolean isCanceled;
  private byte other;

  private RoundTrips() {}

  /** Warms up with as many orders as it measures. */
  public static void main(String[] args) throws IOException {
    SegmentPlace place = SegmentPlace.of(Path.of(args[0]), Path.of(args[0], "segment.yaml"));
    Path stat = Path.of("/proc", args[1], "stat");
    InetSocketAddress address = new InetSocketAddress(args[2], TransportComparison.PORT);
    int count = Integer.parseInt(args[3]);
    int orders = Integer.parseInt(args[4]);
    RoundTrips member = new RoundTrips();
    Histogram gaps = gaps();
    for (int i = 0; i < count; i++) {
      member.logIn(address, TransportComparison.username(i), place);
    }
    // Numbers of a session only grow, also from one call of this program to the next.
    long firstNumber = (long) count * 2 * orders;
    member.run(firstNumber, orders);
    member.roundTrips.reset();
    long cpuBefore = cpuNs(stat);
    member.run(firstNumber + orders, orders);
    long cpuNs = cpuNs(stat) - cpuBefore;
    member.sessions.forEach(OrderEntryClient::close);
    member.print(cpuNs, gaps);
  }

  private void logIn(InetSocketAddress address, String user, SegmentPlace place) {
    Login login = Login.fromNow(user, place.password(user));
    sessions.add(OrderEntryClient.login(address, login, this::onMessage));
  }

  private void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
    byte type = buffer.getByte(offset);
    switch (type) {
      case ACCEPTED -> isAccepted = true;
      case CANCELED -> isCanceled = true;
      default -> other = type;
    }
  }

  private void run(long firstNumber, int orders) {
    for (int i = 0; i < orders; i++) {
      // Each session numbers its own orders; a number may be left out, never used again.
      order(sessions.get(i % sessions.size()), firstNumber + i);
      if (i % 1024 == 0) {
        sessions.forEach(OrderEntryClient::poll);
      }
    }
  }

  private void order(OrderEntryClient session, long number) {
    request
        .wrap(message, 0)
        .enter(number, (byte) 'B', QUANTITY, symbol, PRICE4, OuchRequestEncoder.IOC);
    isAccepted = false;
    isCanceled = false;
    long begunNs = System.nanoTime();
    session.send(message, 0, request.length());
    while (!isAccepted) {
      poll(session, begunNs);
    }
    roundTrips.recordValue(System.nanoTime() - begunNs);
    while (!isCanceled) {
      poll(session, begunNs);
    }
  }

  private void poll(OrderEntryClient session, long begunNs) {
    int messages = session.poll();
    if (messages == OrderEntryClient.CLOSED || other != 0) {
      throw new IllegalStateException("answer=" + (char) other + " " + session.closeReason());
    }
    if (messages == 0 && System.nanoTime() - begunNs > LIMIT_NS) {
      throw new IllegalStateException("answer=none limitS=10");
    }
  }

  /** Processor time of all threads, user and system, in steps of a hundredth of a second. */
  private static long cpuNs(Path stat) throws IOException {
    StatLine line = StatLine.parse(Files.readString(stat));
    return (line.number(USER_TICKS) + line.number(SYSTEM_TICKS)) * TICK_NS;
  }

  private static Histogram gaps() {
    SingleWriterRecorder recorder = new SingleWriterRecorder(LatencyLog.MAX_VALUE_NS, 3);
    long spunNs =
        new GapProbe(System::nanoTime, TimeUnit.MICROSECONDS.toNanos(10)).run(GAPS_NS, recorder);
    Histogram gaps = recorder.getIntervalHistogram();
    gaps.setEndTimeStamp(spunNs);
    return gaps;
  }

  private void print(long cpuNs, Histogram gaps) {
    System.out.printf(
        Locale.ROOT,
        "sessions=%d orders=%d p50Us=%.1f p90Us=%.1f p99Us=%.1f maxUs=%.0f cpuUsOfOrder=%.1f"
            + " gapsOver10UsOfSecond=%.0f longestGapUs=%.0f%n",
        sessions.size(),
        roundTrips.getTotalCount(),
        us(50),
        us(90),
        us(99),
        us(100),
        cpuNs / 1e3 / roundTrips.getTotalCount(),
        gaps.getTotalCount() * 1e9 / gaps.getEndTimeStamp(),
        gaps.getMaxValue() / 1e3);
  }

  private double us(double percentile) {
    return roundTrips.getValueAtPercentile(percentile) / 1e3;
  }
}
