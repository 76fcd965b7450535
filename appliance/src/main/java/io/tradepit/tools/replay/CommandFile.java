package io.tradepit.tools.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * Reads a command file: lines of {@code n,row,ts_ns,cmd,oid,side,px,qty,src,expect} below that
 * header, plain or gzipped.
 *
 * <p>An oid names the order that was entered under it last, so that one may come again once its
 * order is gone.
 */
final class CommandFile {
  /** The first line. */
  static final String HEADER = "n,row,ts_ns,cmd,oid,side,px,qty,src,expect";

  private static final int N = 0;
  private static final int ROW = 1;
  private static final int TIME = 2;
  private static final int COMMAND = 3;
  private static final int OID = 4;
  private static final int SIDE = 5;
  private static final int PRICE = 6;
  private static final int QUANTITY = 7;
  private static final int EXPECT = 9;
  private static final int FIELDS = 10;

  private static final long MAX_PRICE4 = 1_999_999_900L;
  private static final int MAX_QUANTITY = 999_999;
  private static final long MAX_ID = 999_999_999_999_999_999L;
  private static final String COMMANDS = "NXDA";

  private final Path file;
  private final Fields fields;
  private final ReplayFlow.Builder flow;
  // The command that entered an oid's order; the size that reductions leave of it.
  private final Long2LongHashMap entered = new Long2LongHashMap(ReplayFlow.NONE);
  private final Long2LongHashMap sizeOf = new Long2LongHashMap(ReplayFlow.NONE);

  private CommandFile(Path file, String symbol) {
    this.file = file;
    fields = new Fields(file, FIELDS);
    flow = new ReplayFlow.Builder(List.of(symbol), true);
  }

  /**
   * Reads the whole file.
   *
   * @throws ReplayFileException for the first line that is not allowed
   */
  static ReplayFlow read(Path file, String symbol) {
    try (BufferedReader lines = InputFile.lines(file)) {
      return new CommandFile(file, symbol).read(lines);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private ReplayFlow read(BufferedReader lines) throws IOException {
    String header = lines.readLine();
    if (!HEADER.equals(header)) {
      throw new ReplayFileException(file + ":1: header=" + header + ": allowed " + HEADER);
    }
    int number = 2;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isEmpty()) {
        command(fields.wrap(line, number));
      }
      number++;
    }
    if (flow.size() == 0) {
      throw new ReplayFileException(file + ": commands=0: allowed 1 or more");
    }
    return flow.build();
  }

  private void command(Fields line) {
    byte kind = line.letter(COMMAND, "cmd", COMMANDS);
    switch (kind) {
      case ReplayFlow.NEW, ReplayFlow.AGGRESSIVE -> order(line, kind);
      default -> about(line, kind);
    }
  }

  private void order(Fields line, byte kind) {
    long oid = oid(line);
    int quantity = (int) line.number(QUANTITY, "qty", 1, MAX_QUANTITY);
    int command =
        flow.order(kind, n(line), timeNs(line), 0, oid, line.letter(SIDE, "side", "BS"), quantity);
    flow.price(command, (int) line.number(PRICE, "px", 1, MAX_PRICE4));
    row(line, command);
    if (kind == ReplayFlow.NEW) {
      entered.put(oid, command);
      sizeOf.put(oid, quantity);
    }
    expected(line, kind);
  }

  private void about(Fields line, byte kind) {
    long oid = oid(line);
    int target = (int) entered.get(oid);
    if (target == ReplayFlow.NONE) {
      throw line.refused("oid=" + oid, "one that was entered before");
    }
    long whole = sizeOf.get(oid);
    boolean deletes = kind == ReplayFlow.DELETE;
    int quantity = (int) line.number(QUANTITY, "qty", deletes ? 0 : 1, MAX_QUANTITY);
    int command = flow.about(kind, n(line), timeNs(line), target, oid, quantity);
    row(line, command);
    if (!deletes && quantity > whole) {
      throw line.refused("qty=" + quantity, "at most the order's size, " + whole);
    }
    sizeOf.put(oid, whole - (deletes ? 0 : quantity));
    flow.size(command, (int) (deletes ? 0 : whole - quantity));
    if (deletes) {
      entered.remove(oid);
    }
    expected(line, kind);
  }

  private static long n(Fields line) {
    return line.number(N, "n", 0, Integer.MAX_VALUE);
  }

  private static long oid(Fields line) {
    return line.number(OID, "oid", -MAX_ID, MAX_ID);
  }

  private static long timeNs(Fields line) {
    return line.number(TIME, "ts_ns", 0, MAX_ID);
  }

  private void row(Fields line, int command) {
    if (!line.isEmpty(ROW)) {
      flow.row(command, (int) line.number(ROW, "row", 0, Integer.MAX_VALUE));
    }
  }

  private void expected(Fields line, byte kind) {
    if (line.isEmpty(EXPECT)) {
      return;
    }
    if (kind != ReplayFlow.AGGRESSIVE) {
      throw line.refused("expect=" + line.text(EXPECT), "nothing but for cmd A");
    }
    int end = line.end(EXPECT);
    for (int from = line.begin(EXPECT); from <= end; ) {
      int to = line.find('|', from, end);
      fill(line, from, to);
      from = to + 1;
    }
  }

  // restingOid:quantity:price
  private void fill(Fields line, int from, int to) {
    int first = line.find(':', from, to);
    int second = line.find(':', Math.min(first + 1, to), to);
    if (second == to) {
      throw line.refused("expect=" + line.text(EXPECT), "restingOid:quantity:price|...");
    }
    flow.fill(
        line.number(from, first, "expect.restingOid", -MAX_ID, MAX_ID),
        (int) line.number(first + 1, second, "expect.quantity", 1, MAX_QUANTITY),
        (int) line.number(second + 1, to, "expect.price", 1, MAX_PRICE4));
  }
}
