package io.tradepit.tools.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads an orderbook file: a line for each row, and in it ask price, ask size, bid price, bid size
 * of each level, best first; plain or gzipped. ±9999999999 and 0 are no level.
 */
final class OrderbookFile {
  private static final long NO_LEVEL = 9_999_999_999L;
  private static final int FIELDS_OF_A_LEVEL = 4;
  private static final Pattern COMMANDS = Pattern.compile("_L(\\d+)_(?:(.*)_)?commands");

  private final Path file;
  private final int[] rows;
  private Fields fields;
  private int levels;

  private OrderbookFile(Path file, int[] rows) {
    this.file = file;
    this.rows = rows;
  }

  /**
   * Reads some rows.
   *
   * @param rows ascending, each once
   * @throws ReplayFileException for the first line that is not allowed, and for a row that the file
   *     does not have
   */
  static ExpectedBooks read(Path file, int[] rows) {
    try (BufferedReader lines = InputFile.lines(file)) {
      return new OrderbookFile(file, rows).read(lines);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  /**
   * The orderbook file of a command file, in the same folder: {@code SYMBOL_DATE..orderbook..},
   * else {@code SYMBOL..orderbook..}; of several the one with the same depth and the same ending.
   *
   * @throws ReplayFileException when there is none, or more than one
   */
  static Path beside(Path commands) {
    String name = commands.getFileName().toString();
    String[] parts = name.split("_", 3);
    String prefix = parts[0] + "_" + (parts.length > 1 ? parts[1] : "");
    List<Path> found = candidates(commands, prefix);
    if (found.isEmpty()) {
      found = candidates(commands, parts[0] + "_");
    }
    Matcher depth = COMMANDS.matcher(name);
    if (found.size() > 1 && depth.find()) {
      found = narrowed(found, "orderbook_" + depth.group(1) + "(\\D.*)?");
      found = found.size() > 1 ? narrowed(found, exactly(depth)) : found;
    }
    if (found.size() != 1) {
      throw new ReplayFileException(
          "books=%d files %s..orderbook.. beside %s: give --books FILE, or --no-books"
              .formatted(found.size(), prefix, commands));
    }
    return found.getFirst();
  }

  // SYMBOL_DATE_L50_first1000_commands.csv and SYMBOL_DATE_.._orderbook_50_first1000.csv.
  private static String exactly(Matcher commands) {
    String ending = commands.group(2) == null ? "" : "_" + commands.group(2);
    return "orderbook_" + commands.group(1) + Pattern.quote(ending) + "\\.csv(\\.gz)?";
  }

  private static List<Path> narrowed(List<Path> files, String tail) {
    Pattern pattern = Pattern.compile(tail);
    return files.stream().filter(file -> pattern.matcher(tail(file)).matches()).toList();
  }

  private static List<Path> candidates(Path commands, String prefix) {
    Path folder = commands.toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(each -> each.getFileName().toString().startsWith(prefix))
          .filter(each -> each.getFileName().toString().contains("orderbook"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw InputFile.unreadable(folder, e);
    }
  }

  private static String tail(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.indexOf("orderbook"));
  }

  private ExpectedBooks read(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    ExpectedBooks books = begin(line == null ? "" : line);
    int next = 0;
    int row = 0;
    while (next < rows.length && line != null) {
      if (rows[next] == row) {
        fill(books, next++, fields.wrap(line, row + 1));
      }
      row++;
      line = lines.readLine();
    }
    if (next < rows.length) {
      books.close();
      throw new ReplayFileException(
          "%s: rows=%d: row %d is asked for".formatted(file, row, rows[next]));
    }
    return books;
  }

  private ExpectedBooks begin(String firstLine) {
    int count = 1 + (int) firstLine.chars().filter(c -> c == ',').count();
    levels = count / FIELDS_OF_A_LEVEL;
    if (levels * FIELDS_OF_A_LEVEL != count) {
      throw new ReplayFileException(
          file + ":1: columns=" + count + ": allowed four for each level");
    }
    fields = new Fields(file, count);
    return new ExpectedBooks(rows, levels);
  }

  private void fill(ExpectedBooks books, int slot, Fields line) {
    for (int level = 0; level < levels; level++) {
      side(books, slot, ExpectedBooks.ASK, level, line, FIELDS_OF_A_LEVEL * level);
      side(books, slot, ExpectedBooks.BID, level, line, FIELDS_OF_A_LEVEL * level + 2);
    }
  }

  private static void side(
      ExpectedBooks books, int slot, int side, int level, Fields line, int field) {
    long price = line.number(field, "price", -NO_LEVEL, NO_LEVEL);
    int size = (int) line.number(field + 1, "size", 0, Integer.MAX_VALUE);
    if (size == 0 || price == 0 || Math.abs(price) == NO_LEVEL) {
      return;
    }
    if (price < 1 || price > Integer.MAX_VALUE) {
      throw line.refused("price=" + price, "1 to " + Integer.MAX_VALUE);
    }
    books.put(slot, side, level, (int) price, size);
  }
}
