package io.tradepit.tools.book;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentPaths;
import io.tradepit.config.StartException;
import io.tradepit.matching.book.BookDepth;
import io.tradepit.tools.terminal.Display;
import io.tradepit.tools.terminal.Glyphs;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.function.BooleanSupplier;

/**
 * Shows the book of one instrument of a segment on this machine, once or again whenever it changes.
 * Takes nothing from the segment but a look at its memory. One thread.
 */
public final class BookTool {
  private static final int COLUMNS = 80;
  private static final long LOOK_INTERVAL_MS = 100;
  private static final int QUIT = 'q';

  private final Path directory;
  private final String symbol;
  private final int levels;

  /**
   * @param levels of each side to show, from 1
   */
  public BookTool(SegmentConfig config, String symbol, int levels) {
    this.directory = SegmentPaths.of(config).state();
    this.symbol = symbol;
    this.levels = levels;
  }

  /**
   * Draws the book once.
   *
   * @param json a file for the figures, "-" for {@code out} instead of the picture, or null
   * @return {@link ExitCode#OTHER} when the book was busy or is half changed
   * @throws StartException when there is no state or no such instrument
   */
  public ExitCode show(Glyphs glyphs, Path json, PrintWriter out) {
    try (SegmentBooks books = open()) {
      BookSight sight = BookSight.of(books, instrument(books), new BookDepth(levels));
      boolean jsonOnly = json != null && "-".equals(json.toString());
      if (jsonOnly) {
        out.println(BookJson.of(sight));
      } else if (sight.look() == SegmentBooks.Look.BUSY) {
        out.println(symbol + ": " + sight.state());
      } else {
        out.print(new BookPicture(glyphs).draw(sight, COLUMNS, Integer.MAX_VALUE).text());
      }
      out.flush();
      if (json != null && !jsonOnly) {
        Files.writeString(json, BookJson.of(sight) + "\n");
      }
      return sight.look() == SegmentBooks.Look.WHOLE ? ExitCode.OK : ExitCode.OTHER;
    } catch (IOException e) {
      throw new UncheckedIOException("json=" + json + ": " + e.getMessage(), e);
    }
  }

  /**
   * Draws the book whenever it has changed, ten times a second at most, until q is pressed or
   * {@code stopped} says so. Goes over to the segment's next run by itself.
   *
   * @throws StartException when there is no state or no such instrument
   */
  public void watch(Display display, BooleanSupplier stopped) {
    SegmentBooks books = open();
    try (BookWatch watch = new BookWatch(directory, symbol, levels, books, display)) {
      watch.start(instrument(books));
      while (!stopped.getAsBoolean() && display.key(LOOK_INTERVAL_MS) != QUIT) {
        watch.update();
      }
    }
  }

  private SegmentBooks open() {
    return SegmentBooks.open(directory)
        .orElseThrow(() ->
            new StartException(
                ExitCode.OTHER,
                "state="
                    + directory
                    + ": no books there; is the segment running, and is --dir right?"));
  }

  private int instrument(SegmentBooks books) {
    int instrument = books.find(symbol);
    if (instrument == 0) {
      throw new StartException(
          ExitCode.CONFIGURATION, "symbol=" + symbol + ": allowed " + symbols(books));
    }
    return instrument;
  }

  private static String symbols(SegmentBooks books) {
    StringJoiner symbols = new StringJoiner(", ");
    for (int i = 1; i <= books.instruments(); i++) {
      symbols.add(books.symbol(i));
    }
    return symbols.length() == 0 ? "none, no instrument is listed yet" : symbols.toString();
  }
}
