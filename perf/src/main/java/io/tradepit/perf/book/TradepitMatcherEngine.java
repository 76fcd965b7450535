package io.tradepit.perf.book;

import io.tradepit.matching.Capacities;
import io.tradepit.matching.EventSink;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.StateAudit;
import io.tradepit.matching.StateLayout;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import io.tradepit.perf.CommandWriter;
import io.tradepit.perf.StateMemory;
import io.tradepit.perf.StatePools;
import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowLimits;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OrderAcceptedDecoder;
import io.tradepit.protocol.sbe.OrderCanceledDecoder;
import io.tradepit.protocol.sbe.OrderExecutedDecoder;
import io.tradepit.protocol.sbe.OrderReplacedDecoder;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The product's whole matcher: each message becomes a command as the gateway writes it, and its
 * events become reports. So sessions, checks, numbers, the hashes of log and state, SBE in and out
 * are in the time as well, and what an order of the flow is to the matcher: its user reference
 * number, which a modify changes.
 */
public final class TradepitMatcherEngine implements AuditedEngine {
  private static final int HEADER = MessageHeaderDecoder.ENCODED_LENGTH;
  private static final long FIRST_SYMBOL = CommandWriter.SYMBOL;
  private static final int SETUP_COMMANDS = 4;

  private final CommandWriter writer = new CommandWriter();
  private final UnsafeBuffer command =
      new UnsafeBuffer(BufferUtil.allocateDirectAligned(CommandWriter.MAX_LENGTH, 64));
  private final OrderAcceptedDecoder accepted = new OrderAcceptedDecoder();
  private final OrderReplacedDecoder replaced = new OrderReplacedDecoder();
  private final OrderExecutedDecoder executed = new OrderExecutedDecoder();
  private final OrderCanceledDecoder canceled = new OrderCanceledDecoder();
  private final Matcher matcher;
  private final StatePools pools;
  // By order number since the flow began, which each enter and each replace takes a new one of.
  private final int[] idOfOrderNumber;
  // By id: the user reference number that the order has now, and what was executed of it so far.
  private final int[] userRefNum;
  private final int[] executedOf;
  private int lastUserRefNum;
  private long lastOrderNumber;
  private long orderNumberBefore;
  private long currentId;
  private boolean answered;
  private Reports reports;

  /** Opens a day with all instruments, trading, and one member. */
  public TradepitMatcherEngine(Flow flow) {
    FlowLimits limits = flow.limits();
    int most = limits.mostOpenOrders() + 2;
    Capacities capacities = new Capacities(most, most, most, limits.instruments(), 1);
    StateLayout layout = StateLayout.of(capacities);
    EventSink sink =
        (sequence, timeNs, wireTimeNs, first, count, last, events, offset, length) ->
            report(events, offset, length);
    UnsafeBuffer[] pages = StateMemory.pages(layout);
    matcher = new Matcher(layout, StateMemory.books(layout), pages, sink);
    Memory memory = new Memory(pages);
    Header header = new Header(memory, Matcher.RULE_VERSION);
    pools = new StatePools(memory, Regions.described(layout.description()), header);
    idOfOrderNumber = new int[flow.messages() + 1];
    userRefNum = new int[limits.orders() + 1];
    executedOf = new int[limits.orders() + 1];
    open(capacities);
  }

  private void open(Capacities capacities) {
    next().openDay(capacities);
    applyCommand();
    for (int i = 1; i <= capacities.maxInstruments(); i++) {
      next().defineInstrument(symbolOf(i), 1, 1);
      applyCommand();
    }
    next().defineSession();
    applyCommand();
    next().connect();
    applyCommand();
    next().startTrading();
    applyCommand();
    long expected = SETUP_COMMANDS + (long) capacities.maxInstruments();
    if (!matcher.isTrading() || matcher.lastSequence() != expected) {
      throw new IllegalStateException("trading=" + matcher.isTrading());
    }
  }

  private static long symbolOf(int instrument) {
    return FIRST_SYMBOL + instrument;
  }

  @Override
  public void beginAgain() {
    orderNumberBefore = lastOrderNumber;
    Arrays.fill(executedOf, 0);
  }

  @Override
  public int openOrders() {
    return matcher.ordersInUse();
  }

  @Override
  public int recordsInUse() {
    return pools.inUse();
  }

  @Override
  public String mostInUse() {
    return pools.mostInUse();
  }

  @Override
  public String defect() {
    return StateAudit.defect(matcher);
  }

  @Override
  public String version() {
    return "the whole matcher of this build, commands and events in SBE";
  }

  @Override
  public void apply(Flow flow, int from, int to, Reports taker) {
    reports = taker;
    for (int i = from; i < to; i++) {
      currentId = flow.orderId(i);
      answered = false;
      write(flow, i);
      applyCommand();
      if (!answered) {
        reports.rejected(currentId, Reports.UNKNOWN_ORDER);
      }
    }
  }

  private void write(Flow flow, int message) {
    int id = (int) currentId;
    byte kind = flow.kind(message);
    if (kind == Flow.CANCEL) {
      next().cancel(userRefNum[id]);
    } else if (kind == Flow.MODIFY) {
      int before = userRefNum[id];
      userRefNum[id] = ++lastUserRefNum;
      long whole = (long) flow.quantity(message) + executedOf[id];
      next().replace(before, lastUserRefNum, whole, flow.price(message));
    } else {
      userRefNum[id] = ++lastUserRefNum;
      next()
          .enter(
              symbolOf(flow.instrument(message)),
              lastUserRefNum,
              flow.side(message) == Flow.BUY,
              flow.quantity(message),
              flow.price(message),
              kind == Flow.IOC ? CommandWriter.IOC : CommandWriter.DAY);
    }
  }

  private CommandWriter next() {
    return writer.wrap(command, 0);
  }

  private void applyCommand() {
    long sequence = matcher.lastSequence() + 1;
    int length = CommandWriter.length(command, 0);
    boolean complete = matcher.onCommand(sequence, sequence, command, 0, length);
    while (!complete) {
      complete = matcher.resume();
    }
  }

  private void report(DirectBuffer events, int offset, int length) {
    int at = offset;
    while (at < offset + length) {
      int blockLength = events.getShort(at) & 0xFFFF;
      report(events.getShort(at + Short.BYTES) & 0xFFFF, events, at + HEADER, blockLength);
      at = BitUtil.align(at + HEADER + blockLength, BitUtil.SIZE_OF_LONG);
    }
  }

  private void report(int template, DirectBuffer events, int block, int length) {
    switch (template) {
      case OrderAcceptedDecoder.TEMPLATE_ID -> onAccepted(events, block, length);
      case OrderReplacedDecoder.TEMPLATE_ID -> onReplaced(events, block, length);
      case OrderExecutedDecoder.TEMPLATE_ID -> onExecuted(events, block, length);
      case OrderCanceledDecoder.TEMPLATE_ID -> onCanceled(events, block, length);
      default -> {
        // Of the feed and of the begin of the day: no member is answered by it.
      }
    }
  }

  private void onAccepted(DirectBuffer events, int block, int length) {
    accepted.wrap(events, block, length, OrderAcceptedDecoder.SCHEMA_VERSION);
    accept(accepted.orderNumber(), accepted.quantity(), accepted.price(), accepted.side());
  }

  private void onReplaced(DirectBuffer events, int block, int length) {
    replaced.wrap(events, block, length, OrderReplacedDecoder.SCHEMA_VERSION);
    accept(replaced.orderNumber(), replaced.quantity(), replaced.price(), replaced.side());
  }

  private void accept(long orderNumber, long quantity, long price, byte side) {
    lastOrderNumber = orderNumber;
    idOfOrderNumber[(int) (orderNumber - orderNumberBefore)] = (int) currentId;
    answered = true;
    reports.accepted(currentId, (int) quantity, (int) price, side);
  }

  private void onExecuted(DirectBuffer events, int block, int length) {
    executed.wrap(events, block, length, OrderExecutedDecoder.SCHEMA_VERSION);
    int resting = idOfOrderNumber[(int) (executed.restingOrderNumber() - orderNumberBefore)];
    int quantity = (int) executed.quantity();
    executedOf[resting] += quantity;
    executedOf[(int) currentId] += quantity;
    reports.traded(resting, currentId, (int) executed.price(), quantity);
  }

  private void onCanceled(DirectBuffer events, int block, int length) {
    canceled.wrap(events, block, length, OrderCanceledDecoder.SCHEMA_VERSION);
    answered = true;
    reports.canceled(currentId, (int) canceled.quantity());
  }
}
