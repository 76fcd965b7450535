package io.tradepit.tools.replay;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file that was read whole: its commands, the books that it expects, what else it had.
 *
 * @param books null when none are compared
 * @param figures of the file
 * @param notes about the file
 */
record LoadedFile(
    ReplayFlow flow, ExpectedBooks books, Map<String, Long> figures, List<String> notes)
    implements AutoCloseable {
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9.+=^#*$-]{1,8}");
  private static final int FIRST_BYTES = 64;

  /**
   * Reads it; which kind of file it is its first bytes say.
   *
   * @throws ReplayFileException when it cannot be played, naming file and line
   */
  static LoadedFile of(ReplayContext context) {
    byte[] first = firstBytes(context.file());
    context.symbols().forEach(symbol -> requireSymbol(symbol, "--symbol"));
    if (startsLikeCommands(first)) {
      return commands(context);
    }
    if (ItchFile.isOne(first)) {
      return itch(context);
    }
    throw new ReplayFileException(
        "file=%s: allowed a command file, whose first line is %s, or an ITCH 5.0 file"
            .formatted(context.file(), CommandFile.HEADER));
  }

  @Override
  public void close() {
    if (books != null) {
      books.close();
    }
  }

  private static LoadedFile commands(ReplayContext context) {
    Path file = context.file();
    if (context.symbols().size() > 1) {
      throw new ReplayFileException("--symbol: allowed one, a command file has one instrument");
    }
    String symbol = context.symbols().isEmpty() ? symbolOf(file) : context.symbols().getFirst();
    ReplayFlow flow = CommandFile.read(file, symbol);
    Map<String, Long> figures = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    int[] rows = context.comparesBooks() ? rowsOf(flow) : new int[0];
    if (!context.comparesBooks()) {
      notes.add("Books are not compared, as asked for by --no-books.");
    } else if (rows.length == 0) {
      notes.add("No command of the file has a row: no book is compared.");
    }
    figures.put("fillsExpected", (long) flow.fills());
    figures.put("booksExpected", rows.length == 0 ? 0L : flow.rowCount());
    return new LoadedFile(flow, expectedBooks(context, rows).orElse(null), figures, notes);
  }

  private static Optional<ExpectedBooks> expectedBooks(ReplayContext context, int[] rows) {
    if (rows.length == 0) {
      return Optional.empty();
    }
    Path books = context.books();
    return Optional.of(
        OrderbookFile.read(books == null ? OrderbookFile.beside(context.file()) : books, rows));
  }

  private static LoadedFile itch(ReplayContext context) {
    ItchFile.Content content = ItchFile.read(context.file(), context.symbols());
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("itchMessages", content.messages());
    figures.put("itchNotPlayed", content.notPlayed());
    figures.put("itchUnknownReferences", content.unknownReferences());
    figures.put("itchNotPlayable", content.notPlayable());
    List<String> notes = new ArrayList<>();
    notes.add(
        "ITCH file: %,d messages %s, %,d of types that are not played"
            .formatted(content.messages(), content.types(), content.notPlayed()));
    notes.add("unknown references: %,d".formatted(content.unknownReferences()));
    content.firstUnknown().forEach(each -> notes.add("  " + each));
    if (content.notPlayable() > 0) {
      notes.add(
          "orders that order entry cannot carry (price, quantity): %,d"
              .formatted(content.notPlayable()));
    }
    return new LoadedFile(content.flow(), null, figures, notes);
  }

  private static int[] rowsOf(ReplayFlow flow) {
    int[] rows = new int[flow.rowCount()];
    int count = 0;
    for (int command = 0; command < flow.size(); command++) {
      if (flow.row(command) != ReplayFlow.NONE) {
        rows[count++] = flow.row(command);
      }
    }
    return Arrays.stream(rows).sorted().distinct().toArray();
  }

  private static String symbolOf(Path file) {
    String name = file.getFileName().toString();
    int end = name.indexOf('_');
    String symbol = (end < 0 ? name : name.substring(0, end)).toUpperCase(Locale.ROOT);
    return requireSymbol(symbol, "file name up to _, in capitals");
  }

  private static String requireSymbol(String symbol, String from) {
    if (!SYMBOL.matcher(symbol).matches()) {
      throw new ReplayFileException(
          "symbol=%s (%s): allowed 1 to 8 of A-Z, 0-9 and . + - = ^ # * $; give --symbol"
              .formatted(symbol, from));
    }
    return symbol;
  }

  private static boolean startsLikeCommands(byte[] first) {
    return first.length >= 2
        && first[0] == CommandFile.HEADER.charAt(0)
        && first[1] == CommandFile.HEADER.charAt(1);
  }

  private static byte[] firstBytes(Path file) {
    try (InputStream in = InputFile.open(file)) {
      return in.readNBytes(FIRST_BYTES);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }
}
