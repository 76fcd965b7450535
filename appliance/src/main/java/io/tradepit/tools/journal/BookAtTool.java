package io.tradepit.tools.journal;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.matching.EventSink;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.SnapshotRefusedException;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OrderExecutedDecoder;
import io.tradepit.recovery.SnapshotDamagedException;
import io.tradepit.recovery.SnapshotDirectory;
import io.tradepit.recovery.SnapshotFile;
import io.tradepit.recovery.SnapshotHeader;
import io.tradepit.stream.LogFailedException;
import io.tradepit.tools.terminal.Canvas;
import io.tradepit.tools.terminal.Depth;
import io.tradepit.tools.terminal.Figures;
import io.tradepit.tools.terminal.Glyphs;
import io.tradepit.tools.terminal.Ladder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Shows the book of an instrument as it was at a moment of a recorded day: by replay from the
 * newest snapshot before it, or from the day's beginning. One thread.
 */
public final class BookAtTool {
  private static final int COLUMNS = 80;
  private static final int DECIMALS = 4;

  private final RecordedDayFiles day;
  private final DayTerms terms;
  private final SnapshotDirectory snapshots;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Trades trades = new Trades();
  private long replayed;
  private long from;
  private long timeNs;

  /**
   * @param number of the day, from 1; 0 = the newest
   * @throws StartException when there is no such day, or this build can't replay it
   */
  public BookAtTool(SegmentConfig config, int number, PrintWriter out, PrintWriter err) {
    day = new JournalPlace(config).day(number);
    snapshots = new SnapshotDirectory(SegmentPaths.of(config).snapshots());
    terms = terms();
    this.out = out;
    this.err = err;
  }

  private DayTerms terms() {
    try {
      DayTerms found =
          DayTerms.read(day.log())
              .orElseThrow(() ->
                  new StartException(
                      ExitCode.OTHER, "day=" + day.number() + ": it was not opened, no books"));
      if (found.ruleVersion() == Matcher.RULE_VERSION) {
        return found;
      }
      throw new StartException(
          ExitCode.RECOVERY_REFUSED,
          "ruleVersion logged="
              + found.ruleVersion()
              + " here="
              + Matcher.RULE_VERSION
              + " day="
              + day.number()
              + ": this build can't replay the day");
    } catch (LogFailedException e) {
      throw new StartException(ExitCode.RECOVERY_REFUSED, e.getMessage(), e);
    }
  }

  /**
   * Prints the book.
   *
   * @param moment a time of the day such as {@code 14:03:07.250}, or the number of a command
   * @param levels of each side at most
   * @param withOrders whether the orders of the levels are listed below it
   * @param json a file for the book, "-" for {@code out} instead of the picture, or null
   * @throws StartException when there is no such moment or instrument, or the log is damaged
   */
  public void show(
      String moment, String symbol, int levels, boolean withOrders, Path json, Glyphs glyphs) {
    long started = System.nanoTime();
    Moment at = momentOf(moment);
    try (DayReplay replay = begin(at)) {
      replay(replay, at);
      Matcher matcher = replay.matcher();
      RecordedBook book = RecordedBook.of(matcher, symbol);
      requireListed(book, symbol, moment);
      Trades.Trade last = trades.last(book.instrument());
      Depth depth = book.depth(levels, last.price(), last.quantity());
      boolean jsonOnly = json != null && "-".equals(json.toString());
      String figures = BookAtJson.of(day.number(), matcher, book, depth);
      if (jsonOnly) {
        out.println(figures);
      } else {
        draw(depth, glyphs);
        out.println(footer(matcher, System.nanoTime() - started));
        if (withOrders) {
          orders("asks, best first", book.asks(), depth.asks());
          orders("bids, best first", book.bids(), depth.bids());
        }
      }
      out.flush();
      if (json != null && !jsonOnly) {
        Files.writeString(json, figures + "\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("json=" + json + ": " + e.getMessage(), e);
    } catch (LogFailedException | IllegalStateException e) {
      throw new StartException(ExitCode.RECOVERY_REFUSED, e.getMessage(), e);
    }
  }

  private Moment momentOf(String moment) {
    try {
      return Moment.of(moment, terms);
    } catch (IllegalArgumentException e) {
      throw new StartException(ExitCode.CONFIGURATION, e.getMessage(), e);
    }
  }

  /** A matcher in the state of the newest snapshot before the moment; fresh when there is none. */
  private DayReplay begin(Moment at) {
    try {
      for (SnapshotDirectory.Entry entry : snapshots.newestFirst(day.number())) {
        DayReplay loaded = entry.sequence() > at.lastSequence() ? null : load(entry, at);
        if (loaded != null) {
          return loaded;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("snapshots of day=" + day.number(), e);
    }
    from = day.log().startPosition();
    return new DayReplay(terms.capacities(), trades);
  }

  private DayReplay load(SnapshotDirectory.Entry entry, Moment at) {
    DayReplay replay = null;
    try (SnapshotFile file = SnapshotFile.open(entry.path())) {
      SnapshotHeader header = file.header();
      if (header.timeNs() > at.lastTimeNs() || header.logPosition() > day.log().endPosition()) {
        return null;
      }
      replay = new DayReplay(terms.capacities(), trades);
      replay.load(file);
      from = header.logPosition();
      timeNs = header.timeNs();
      return replay;
    } catch (SnapshotDamagedException | SnapshotRefusedException e) {
      err.println("snapshot left out: " + e.getMessage());
      if (replay != null) {
        replay.close();
      }
      return null;
    }
  }

  private void replay(DayReplay replay, Moment at) {
    Progress progress = new Progress(err, "replaying", day.log().endPosition());
    try (LogCursor log = new LogCursor(day.log().newLogHistory(), from, day.log().endPosition())) {
      while (log.next() && !at.isBefore(log.sequence(), log.timeNs())) {
        replay.apply(log);
        replayed++;
        timeNs = log.timeNs();
        progress.at(log.nextPosition());
      }
    }
    long last = replay.matcher().lastSequence();
    if (at.lastSequence() != Long.MAX_VALUE && last < at.lastSequence()) {
      throw new StartException(
          ExitCode.CONFIGURATION, "moment=" + at.text() + ": allowed 0 to " + last);
    }
  }

  private static void requireListed(RecordedBook book, String symbol, String moment) {
    if (book.instrument() == 0) {
      throw new StartException(
          ExitCode.CONFIGURATION,
          "symbol="
              + symbol
              + " moment="
              + moment
              + ": allowed "
              + (book.symbols().isEmpty()
                  ? "none, no instrument was listed then"
                  : String.join(", ", book.symbols())));
    }
  }

  private void draw(Depth depth, Glyphs glyphs) {
    int levels = Math.max(1, Math.max(depth.bids().size(), depth.asks().size()));
    Canvas canvas = new Canvas(COLUMNS, Ladder.FRAME_ROWS + 2 * levels);
    new Ladder(glyphs).draw(canvas, depth);
    out.print(canvas.text());
  }

  private String footer(Matcher matcher, long durationNs) {
    MessageText text = new MessageText(MessageSchema.read(), terms.zone());
    String when = matcher.lastSequence() == 0 ? "" : " of " + text.time(timeNs);
    return String.format(
        Locale.ROOT,
        " behind command %d%s, day %d; %s commands replayed from %s in %s",
        matcher.lastSequence(),
        when,
        day.number(),
        Figures.whole(replayed),
        from == day.log().startPosition() ? "the beginning" : "a snapshot",
        Figures.duration(durationNs));
  }

  private void orders(String title, List<RecordedBook.Order> orders, List<Depth.Level> shown) {
    out.println();
    out.println(" " + title);
    int count = shown.stream().mapToInt(Depth.Level::orders).sum();
    for (RecordedBook.Order order : orders.subList(0, count)) {
      out.println(
          String.format(
              Locale.ROOT,
              " %12s %12s  order %-8d %c  %-6s userRefNum %d",
              Figures.price(order.price(), DECIMALS),
              Figures.whole(order.quantity()),
              order.orderNumber(),
              order.side(),
              order.username(),
              order.userRefNum()));
    }
  }

  /** Keeps the last trade of each instrument that the replay met. */
  private static final class Trades implements EventSink {
    private record Trade(long price, long quantity) {}

    private static final Trade NONE = new Trade(0, 0);
    private final Map<Integer, Trade> last = new HashMap<>();
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final OrderExecutedDecoder executed = new OrderExecutedDecoder();

    Trade last(int instrument) {
      return last.getOrDefault(instrument, NONE);
    }

    @Override
    public void onEvents(
        long commandSequence,
        long commandTimeNs,
        long wireTimeNs,
        int firstIndex,
        int count,
        boolean isLast,
        DirectBuffer events,
        int offset,
        int length) {
      int at = offset;
      for (int i = 0; i < count; i++) {
        header.wrap(events, at);
        int block = header.blockLength();
        if (header.templateId() == OrderExecutedDecoder.TEMPLATE_ID) {
          executed.wrapAndApplyHeader(events, at, header);
          last.put(executed.instrumentId(), new Trade(executed.price(), executed.quantity()));
        }
        at += BitUtil.align(MessageHeaderDecoder.ENCODED_LENGTH + block, BitUtil.SIZE_OF_LONG);
      }
    }
  }
}
