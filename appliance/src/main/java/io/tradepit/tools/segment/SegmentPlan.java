package io.tradepit.tools.segment;

import io.tradepit.config.Price4;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a fresh segment of a tool is to have: instruments, sessions, capacities. The rest is the
 * embedded profile on loopback, at ports that were free a moment ago.
 *
 * <p>Capacities grow to what the segment's configuration allows at least.
 */
public final class SegmentPlan {
  private static final int MIN_ORDERS = 1_000;
  private static final int MIN_LEVELS = 1_000;
  private static final int MIN_OPEN_ORDERS = 16;

  private final StringBuilder instruments = new StringBuilder();
  private final StringBuilder members = new StringBuilder();
  private final StringBuilder sessions = new StringBuilder();
  private final List<String> firms = new ArrayList<>();
  private int instrumentCount;
  private int sessionCount;
  private int orders = MIN_ORDERS;
  private int levels = MIN_LEVELS;
  private int openOrdersOfSession = MIN_OPEN_ORDERS;
  private String pages = "collapse";
  private String durability = "recorded";

  /**
   * Adds an instrument; its number, from 1, is its StockLocate in the feed.
   *
   * @param symbol 1 to 8 characters
   * @param tick4 of prices with four implied decimals
   * @param referencePrice4 a multiple of the tick
   */
  public SegmentPlan instrument(String symbol, long tick4, int lot, long referencePrice4) {
    instrumentCount++;
    instruments.append(
        "  - {symbol: \"%s\", tick: %s, lot: %d, referencePrice: %s}%n"
            .formatted(symbol, Price4.text(tick4), lot, Price4.text(referencePrice4)));
    return this;
  }

  /**
   * Adds a session, and its firm when it is the first of it.
   *
   * @param username 1 to 6 letters and digits
   * @param firm 1 to 4 capitals
   */
  public SegmentPlan session(String username, String firm) {
    sessionCount++;
    if (!firms.contains(firm)) {
      firms.add(firm);
      members.append("  - {name: Member %s, firms: [%s]}%n".formatted(firm, firm));
    }
    sessions.append("  - {username: %s, firms: [%s], gateway: 1}%n".formatted(username, firm));
    return this;
  }

  /** Resting orders of all books together. */
  public SegmentPlan orders(int count) {
    orders = Math.max(MIN_ORDERS, count);
    return this;
  }

  /** Price levels of all books together. */
  public SegmentPlan levels(int count) {
    levels = Math.max(MIN_LEVELS, count);
    return this;
  }

  /** Open orders that one session may have. */
  public SegmentPlan openOrdersOfSession(int count) {
    openOrdersOfSession = Math.max(MIN_OPEN_ORDERS, count);
    return this;
  }

  /** {@code collapse}, {@code base} or {@code huge-tmpfs}. */
  public SegmentPlan pages(String kind) {
    pages = kind;
    return this;
  }

  /** {@code recorded} or {@code synced}. */
  public SegmentPlan durability(String policy) {
    durability = policy;
    return this;
  }

  /** The configuration file; ports are chosen now. */
  String yaml() {
    int feedPort = freeDatagramPort();
    return """
    # Written by a tradepit tool.
    segment: {name: tool, profile: embedded}
    directories: {data: data, shm: /dev/shm, state: /dev/shm}
    durability: %s
    pages: {kind: %s}
    host: {accept: [jvm.hugetlb]} # the tool's own JVM may have taken the reserved pages
    capacities: {orders: %d, levels: %d, openOrdersOfSession: %d, instruments: %d, sessions: %d}
    instruments:
    %smembers:
    %ssessions:
    %sgateways:
      - {id: 1, transport: auto, address: 127.0.0.1, port: %d}
    feed:
      lineA: "239.192.7.1:%d"
      lineB: "239.192.7.2:%d"
      interface: 127.0.0.1
      ttl: 0
      retransmission: {address: 127.0.0.1, port: %d}
      glimpse: {address: 127.0.0.1, port: %d}
    threads:
      - {name: tp-gw-1, roles: [gateway-1, publisher], core: any, idle: backoff}
      - {name: tp-seq, roles: [sequencer, recorder, matcher], core: any, idle: backoff}
      - {name: tp-media, roles: [media], core: any, idle: backoff}
      - {name: tp-feedrec, roles: [feed-recovery], core: any, idle: backoff}
      - {name: tp-admin, roles: [admin], core: any, idle: backoff}
    metrics: {address: 127.0.0.1, port: 0}
    """
        .formatted(
            durability,
            pages,
            orders,
            levels,
            openOrdersOfSession,
            instrumentCount,
            sessionCount,
            instruments,
            members,
            sessions,
            freePort(),
            feedPort,
            feedPort,
            freeDatagramPort(),
            freePort());
  }

  /** A TCP port of loopback that was free a moment ago. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("address=loopback: no free port", e);
    }
  }

  private static int freeDatagramPort() {
    try (DatagramSocket socket =
        new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("address=loopback: no free port", e);
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "instruments=%d sessions=%d orders=%d levels=%d openOrdersOfSession=%d",
        instrumentCount,
        sessionCount,
        orders,
        levels,
        openOrdersOfSession);
  }

  /** Where {@link ChildSegment} writes the configuration below its directory. */
  static Path file(Path directory) {
    return directory.resolve("segment.yaml");
  }
}
