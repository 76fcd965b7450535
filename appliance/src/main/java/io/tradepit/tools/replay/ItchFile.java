package io.tradepit.tools.replay;

import io.tradepit.protocol.itch.AddAttributedOrder;
import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.itch.ItchDecoder;
import io.tradepit.protocol.itch.ItchListener;
import io.tradepit.protocol.itch.ItchMessage;
import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.itch.ItchType;
import io.tradepit.protocol.itch.OrderCancel;
import io.tradepit.protocol.itch.OrderDelete;
import io.tradepit.protocol.itch.OrderExecuted;
import io.tradepit.protocol.itch.OrderExecutedWithPrice;
import io.tradepit.protocol.itch.OrderReplace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads an ITCH 5.0 file, plain or gzipped, and turns what happened to orders into orders: an add
 * into a day order, an execution into an incoming order of the other side, immediate or cancel, at
 * the price of the execution, a cancel, delete or replace into the same.
 *
 * <p>Two framings are told apart by the first message: a two-byte length before each, or two zero
 * bytes, where the length is that of the type. Messages about orders that the file never added are
 * counted and named; other types are counted.
 */
final class ItchFile implements ItchListener {
  /** More instruments are refused: choose some by their symbols. */
  static final int MAX_INSTRUMENTS = 1_024;

  /** More commands are refused. */
  static final int MAX_COMMANDS = 8_000_000;

  private static final int NAMED = 10;
  private static final int LENGTH_FIELD = 2;
  private static final long MAX_PRICE4 = 1_999_999_900L;
  private static final int MAX_QUANTITY = 999_999;
  // In the table of references: an order of an instrument that is not played.
  private static final long NOT_PLAYED = -2;
  private static final int[] TYPES_PLAYED = {'A', 'F', 'E', 'C', 'X', 'D', 'U'};

  private final Path file;
  private final List<String> wanted;
  private final List<String> symbols = new ArrayList<>();
  private final ReplayFlow.Builder flow = new ReplayFlow.Builder(symbols, false);
  private final ItchDecoder decoder = new ItchDecoder();
  private final Long2LongHashMap entered = new Long2LongHashMap(ReplayFlow.NONE);
  // Of each command that entered an order, as the file has it: still open; executed in the chain.
  private final Long2LongHashMap openOf = new Long2LongHashMap(Long.MIN_VALUE);
  private final Long2LongHashMap executedOf = new Long2LongHashMap(Long.MIN_VALUE);
  private final Map<Character, Long> types = new TreeMap<>();
  private final List<String> unknown = new ArrayList<>();
  private long unknownReferences;
  private long notPlayable;
  private long messages;

  /**
   * What was in a file.
   *
   * @param flow what is played
   * @param messages of all types
   * @param types messages of each type
   * @param notPlayed messages of types that are no order's, or of other instruments' orders
   * @param unknownReferences messages about orders that the file never added, or that are gone
   * @param firstUnknown the first ten of them
   * @param notPlayable orders whose price or quantity order entry cannot carry
   */
  record Content(
      ReplayFlow flow,
      long messages,
      Map<Character, Long> types,
      long notPlayed,
      long unknownReferences,
      List<String> firstUnknown,
      long notPlayable) {}

  private ItchFile(Path file, List<String> wanted) {
    this.file = file;
    this.wanted = wanted;
  }

  /** Whether a file begins as an ITCH file does, in one of its two framings. */
  static boolean isOne(byte[] first) {
    if (first.length < LENGTH_FIELD + 1) {
      return false;
    }
    int length = ((first[0] & 0xFF) << 8) | (first[1] & 0xFF);
    int known = ItchType.lengthOf(first[LENGTH_FIELD]);
    return known != ItchType.UNKNOWN && (length == 0 || length == known);
  }

  /**
   * Reads the whole file.
   *
   * @param wanted symbols that are played, or empty for all
   * @throws ReplayFileException naming the byte where the file cannot be read on
   */
  static Content read(Path file, List<String> wanted) {
    try (InputStream in = InputFile.open(file)) {
      return new ItchFile(file, wanted).read(in);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private Content read(InputStream in) throws IOException {
    UnsafeBuffer message = new UnsafeBuffer(new byte[0x1_0000]);
    long at = 0;
    boolean typed = false;
    int length = nextLength(in);
    while (length >= 0) {
      if (messages == 0) {
        typed = length == 0;
      }
      // Between framed messages a length of 0 is padding, and the end of a BinaryFILE.
      if (typed || length > 0) {
        int read = message(in, message, typed ? 0 : length, at);
        at += read;
        messages++;
      }
      at += LENGTH_FIELD;
      length = nextLength(in);
    }
    if (flow.size() == 0) {
      throw new ReplayFileException(
          "file=%s: messages=%d and no order%s".formatted(file, messages, ofWanted()));
    }
    return content();
  }

  private static int nextLength(InputStream in) throws IOException {
    int high = in.read();
    int low = in.read();
    return low < 0 ? -1 : high << 8 | low;
  }

  private int message(InputStream in, UnsafeBuffer buffer, int stated, long at) throws IOException {
    int type = in.read();
    int length = stated > 0 ? stated : type < 0 ? 1 : ItchType.lengthOf((byte) type);
    if (length == ItchType.UNKNOWN) {
      throw new ReplayFileException(
          "file=%s: byte %d: type=0x%02x: allowed one of ITCH 5.0".formatted(file, at + 2, type));
    }
    byte[] bytes = buffer.byteArray();
    bytes[0] = (byte) type;
    int rest = in.readNBytes(bytes, 1, length - 1);
    if (type < 0 || rest < length - 1) {
      throw new ReplayFileException(
          "file=%s: byte %d: the file ends within a message".formatted(file, at + 2));
    }
    types.merge((char) type, 1L, Long::sum);
    if (decoder.decode(buffer, 0, length, this) == ItchDecoder.MALFORMED) {
      throw new ReplayFileException(
          "file=%s: byte %d: type=%c lengthBytes=%d: allowed %d"
              .formatted(file, at + 2, type, length, ItchType.lengthOf((byte) type)));
    }
    return length;
  }

  private Content content() {
    long played = 0;
    for (int type : TYPES_PLAYED) {
      played += types.getOrDefault((char) type, 0L);
    }
    return new Content(
        flow.build(),
        messages,
        types,
        messages - played,
        unknownReferences,
        List.copyOf(unknown),
        notPlayable);
  }

  @Override
  public void onAddOrder(AddOrder add) {
    add(add, add.stock(), add.orderReference(), add.side(), add.shares(), add.price());
  }

  @Override
  public void onAddAttributedOrder(AddAttributedOrder add) {
    add(add, add.stock(), add.orderReference(), add.side(), add.shares(), add.price());
  }

  @Override
  public void onOrderExecuted(OrderExecuted executed) {
    long reference = executed.orderReference();
    int order = find('E', reference);
    if (order >= 0) {
      execute(executed, order, reference, executed.executedShares(), flow.price(order));
    }
  }

  @Override
  public void onOrderExecutedWithPrice(OrderExecutedWithPrice executed) {
    long reference = executed.orderReference();
    int order = find('C', reference);
    if (order >= 0) {
      execute(executed, order, reference, executed.executedShares(), executed.executionPrice());
    }
  }

  @Override
  public void onOrderCancel(OrderCancel cancel) {
    int order = find('X', cancel.orderReference());
    if (order >= 0) {
      long open = Math.max(0, openOf.get(order) - cancel.cancelledShares());
      openOf.put(order, open);
      int command =
          flow.about(
              ReplayFlow.REDUCE,
              messages,
              cancel.timestampNs(),
              order,
              cancel.orderReference(),
              (int) Math.min(MAX_QUANTITY, cancel.cancelledShares()));
      flow.size(command, (int) (executedOf.get(order) + open));
    }
  }

  @Override
  public void onOrderDelete(OrderDelete delete) {
    long reference = delete.orderReference();
    int order = find('D', reference);
    entered.remove(reference);
    if (order >= 0) {
      delete(delete, order, reference);
    }
  }

  @Override
  public void onOrderReplace(OrderReplace replace) {
    int order = find('U', replace.originalOrderReference());
    if (order == ReplayFlow.NONE) {
      return;
    }
    entered.remove(replace.originalOrderReference());
    if (order == NOT_PLAYED) {
      entered.put(replace.newOrderReference(), NOT_PLAYED);
      return;
    }
    long chain = executedOf.get(order) + replace.shares();
    if (!isPlayable(chain, replace.price())) {
      notPlayable++;
      delete(replace, order, replace.originalOrderReference());
      entered.put(replace.newOrderReference(), NOT_PLAYED);
      return;
    }
    int command =
        flow.order(
            ReplayFlow.REPLACE,
            messages,
            replace.timestampNs(),
            flow.instrument(order),
            replace.newOrderReference(),
            flow.side(order),
            (int) replace.shares());
    flow.target(command, order);
    flow.price(command, (int) replace.price());
    flow.size(command, (int) chain);
    executedOf.put(command, executedOf.get(order));
    enter(replace.newOrderReference(), command, replace.shares());
  }

  private void delete(ItchMessage message, int order, long reference) {
    int open = (int) Math.max(0, openOf.get(order));
    flow.about(ReplayFlow.DELETE, messages, message.timestampNs(), order, reference, open);
  }

  private void add(
      ItchMessage message, long stock, long reference, byte side, long shares, long price) {
    int instrument = instrument(ItchText.symbol(stock));
    if (instrument < 0) {
      entered.put(reference, NOT_PLAYED);
    } else if (!isPlayable(shares, price)) {
      notPlayable++;
      entered.put(reference, NOT_PLAYED);
    } else {
      int command =
          flow.order(
              ReplayFlow.NEW,
              messages,
              message.timestampNs(),
              instrument,
              reference,
              side,
              (int) shares);
      flow.price(command, (int) price);
      enter(reference, command, shares);
    }
  }

  private void enter(long reference, int command, long shares) {
    entered.put(reference, command);
    openOf.put(command, shares);
    executedOf.putIfAbsent(command, 0);
    if (flow.size() > MAX_COMMANDS) {
      throw new ReplayFileException(
          "file=%s: commands=%d: allowed %d; choose instruments by --symbol"
              .formatted(file, flow.size(), MAX_COMMANDS));
    }
  }

  private void execute(ItchMessage message, int order, long reference, long shares, long price) {
    long open = openOf.get(order) - shares;
    openOf.put(order, open);
    executedOf.put(order, executedOf.get(order) + shares);
    if (open <= 0) {
      entered.remove(reference);
    }
    if (!isPlayable(shares, price)) {
      notPlayable++;
      return;
    }
    byte incoming = flow.side(order) == 'B' ? (byte) 'S' : (byte) 'B';
    int command =
        flow.order(
            ReplayFlow.AGGRESSIVE,
            messages,
            message.timestampNs(),
            flow.instrument(order),
            reference,
            incoming,
            (int) shares);
    flow.price(command, (int) price);
  }

  // The command of an order that is played; below 0 for others.
  private int find(char type, long reference) {
    int order = (int) entered.get(reference);
    if (order == ReplayFlow.NONE) {
      unknownReferences++;
      if (unknown.size() < NAMED) {
        unknown.add("message=%d type=%c reference=%d".formatted(messages, type, reference));
      }
    }
    return order;
  }

  private int instrument(String symbol) {
    int index = symbols.indexOf(symbol);
    if (index >= 0 || (!wanted.isEmpty() && !wanted.contains(symbol))) {
      return index;
    }
    if (symbols.size() == MAX_INSTRUMENTS) {
      throw new ReplayFileException(
          "file=%s: instruments=more than %d: choose some by --symbol"
              .formatted(file, MAX_INSTRUMENTS));
    }
    symbols.add(symbol);
    return symbols.size() - 1;
  }

  private static boolean isPlayable(long shares, long price) {
    return shares >= 1 && shares <= MAX_QUANTITY && price >= 1 && price <= MAX_PRICE4;
  }

  private String ofWanted() {
    return wanted.isEmpty() ? "" : " of " + String.join(", ", wanted);
  }
}
