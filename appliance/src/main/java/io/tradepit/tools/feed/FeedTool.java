package io.tradepit.tools.feed;

import io.tradepit.config.SegmentConfig;
import io.tradepit.tools.client.FeedReceiver;
import io.tradepit.tools.client.FeedReceiverContext;
import io.tradepit.tools.client.Login;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Joins a segment's feed and prints each message as a line, and what was received at the end. */
public final class FeedTool {
  private static final int PACKETS_OF_A_CYCLE = 64;
  private static final long IDLE_NS = 200_000;

  /** Which lines of the feed to join. */
  public enum Channel {
    A,
    B,
    BOTH
  }

  private final Line line;
  private final FeedReceiverContext context;
  private final Map<Integer, String> symbols = new HashMap<>();
  private final int onlyLocate;
  private final long mostMessages;
  private final long mostNs;

  /**
   * @param onlyLocate StockLocate of the one instrument to print, or 0
   * @param json a JSON object a line, else lines for people
   * @param mostMessages ends after so many lines; 0 = not
   * @param mostSeconds ends after so long; 0 = not
   */
  public FeedTool(
      SegmentConfig config,
      Channel channel,
      int onlyLocate,
      boolean json,
      long mostMessages,
      long mostSeconds) {
    this.onlyLocate = onlyLocate;
    this.mostMessages = mostMessages;
    this.mostNs = TimeUnit.SECONDS.toNanos(mostSeconds);
    line = json ? new JsonLine() : new TextLine();
    context = new FeedReceiverContext().feed(config.feed());
    if (channel == Channel.A) {
      context.lineB(null);
    } else if (channel == Channel.B) {
      context.lineA(null);
    }
    List<SegmentConfig.Instrument> instruments = config.instruments();
    for (int i = 0; i < instruments.size(); i++) {
      symbols.put(i + 1, instruments.get(i).symbol());
    }
  }

  /**
   * Joins each line on an interface, by an address of it, in place of that of the configuration.
   */
  public FeedTool networkInterfaces(InetAddress ofLineA, InetAddress ofLineB) {
    context.networkInterfaces(ofLineA, ofLineB);
    return this;
  }

  /** What both lines have lost is a gap; nobody is asked for it. */
  public FeedTool withoutRecovery() {
    context.retransmission(null);
    return this;
  }

  /** Begins with the first message of the day, asked for. */
  public FeedTool fromStart() {
    context.fromStart();
    return this;
  }

  /** Begins with the books of a moment, which a GLIMPSE server has. */
  public FeedTool snapshot(InetSocketAddress server, Login login) {
    context.snapshot(server, login);
    return this;
  }

  /**
   * Prints until told to stop, or the end that was asked for, or nobody reads the output any more.
   *
   * @param stopped asked between packets
   */
  public void run(BooleanSupplier stopped, PrintStream out) {
    FeedPrinter printer = new FeedPrinter(line, symbols, onlyLocate);
    FeedNotes notes = new FeedNotes(line);
    try (FeedReceiver receiver = FeedReceiver.open(context.messages(printer).listener(notes))) {
      printer.follow(receiver);
      notes.follow(receiver);
      long begunNs = System.nanoTime();
      boolean isRead = true;
      while (isRead && !stopped.getAsBoolean() && !isDone(printer, begunNs)) {
        int packets = receiver.poll(PACKETS_OF_A_CYCLE);
        isRead = print(out);
        if (packets == 0) {
          LockSupport.parkNanos(IDLE_NS);
        }
      }
      notes.statistics(printer.printed());
      print(out);
    }
  }

  private boolean isDone(FeedPrinter printer, long begunNs) {
    return (mostMessages > 0 && printer.printed() >= mostMessages)
        || (mostNs > 0 && System.nanoTime() - begunNs >= mostNs);
  }

  /** Returns false when nobody reads: a pipe was closed. */
  private boolean print(PrintStream out) {
    String lines = line.take();
    if (lines.isEmpty()) {
      return true;
    }
    out.print(lines);
    out.flush();
    return !out.checkError();
  }
}
