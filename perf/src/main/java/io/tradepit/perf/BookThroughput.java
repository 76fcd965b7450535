package io.tradepit.perf;

import com.sun.management.ThreadMXBean;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.StateLayout;
import io.tradepit.protocol.sbe.CancelOrderEncoder;
import io.tradepit.protocol.sbe.ConnectSessionEncoder;
import io.tradepit.protocol.sbe.DefineInstrumentEncoder;
import io.tradepit.protocol.sbe.DefineSessionEncoder;
import io.tradepit.protocol.sbe.EnterOrderEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OpenDayEncoder;
import io.tradepit.protocol.sbe.OriginEncoder;
import io.tradepit.protocol.sbe.ReplaceOrderEncoder;
import io.tradepit.protocol.sbe.StartTradingEncoder;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.SplittableRandom;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How many commands a second the matcher takes on one thread, its events only counted.
 *
 * <p>The flow: a million orders around a middle that moves, one in ten immediate-or-cancel, a
 * cancel after four in ten and a replace after one in ten; written before the clock starts. Left
 * out: log, gateways, publication. {@code BookThroughput [ROUNDS]}, each a day of its own. On a
 * shared machine the time of the CPU ({@code cpuNs}) says more than that of the wall.
 */
public final class BookThroughput {
  private static final int ORDERS = 1_000_000;
  private static final int MOST_COMMANDS = 1_600_000;
  private static final int SLOT = 256;
  private static final long SYMBOL = 0x41434D4520202020L;
  private static final Capacities CAPACITIES = new Capacities(1_000_000, 20_000, 1_000_000, 1, 1);

  private final UnsafeBuffer flow =
      new UnsafeBuffer(BufferUtil.allocateDirectAligned(MOST_COMMANDS * SLOT, 64));
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private int commands;
  private long events;

  private BookThroughput() {
    write();
  }

  /** Prints a line for each round. */
  public static void main(String[] args) {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    BookThroughput throughput = new BookThroughput();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    System.out.printf(Locale.ROOT, "loadAverage=%.1f%n", load);
    for (int i = 0; i < rounds; i++) {
      throughput.run();
    }
  }

  private void run() {
    StateLayout layout = StateLayout.of(CAPACITIES);
    Matcher matcher =
        new Matcher(
            layout,
            memory(layout.books(), layout.bookBytes()),
            memory(layout.pages(), layout.pageBytes()),
            (s, t, w, first, count, last, b, offset, length) -> events += count);
    events = 0;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    long allocated = threads.getThreadAllocatedBytes(thread);
    long cpu = threads.getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    for (int i = 0; i < commands; i++) {
      boolean complete = matcher.onCommand(i + 1, i, flow, i * SLOT, SLOT);
      while (!complete) {
        complete = matcher.resume();
      }
    }
    long took = System.nanoTime() - begun;
    cpu = threads.getCurrentThreadCpuTime() - cpu;
    allocated = threads.getThreadAllocatedBytes(thread) - allocated;
    System.out.printf(
        Locale.ROOT,
        "commands=%d events=%d open=%d M/s=%.2f ns=%.0f cpuNs=%.0f bytes=%d%n",
        commands,
        events,
        matcher.ordersInUse(),
        commands * 1e3 / took,
        took / (double) commands,
        cpu / (double) commands,
        allocated);
  }

  private static UnsafeBuffer[] memory(int count, int bytes) {
    UnsafeBuffer[] buffers = new UnsafeBuffer[count];
    for (int i = 0; i < count; i++) {
      buffers[i] = new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, 64));
    }
    return buffers;
  }

  private void write() {
    openDay();
    SplittableRandom random = new SplittableRandom(7);
    long middle = 1_000_000;
    long number = 0;
    for (int i = 0; i < ORDERS; i++) {
      middle += 100L * (random.nextInt(3) - 1);
      number++;
      boolean buys = random.nextBoolean();
      long away = 100L * (random.nextInt(40) - 4);
      enter(number, buys, 10L * (1 + random.nextInt(20)), middle + (buys ? -away : away), random);
      int kind = random.nextInt(10);
      if (kind < 4) {
        cancel(Math.max(1, number - random.nextInt(200)));
      } else if (kind == 4) {
        long orig = Math.max(1, number - random.nextInt(200));
        replace(orig, ++number, 10L * (1 + random.nextInt(20)), middle);
      }
    }
  }

  private int next(OriginEncoder origin) {
    origin.gatewaySequence(commands + 1).connectionEpoch(1).sessionId(0).gateway((short) 1);
    return commands++;
  }

  private void openDay() {
    OpenDayEncoder open = new OpenDayEncoder().wrapAndApplyHeader(flow, commands * SLOT, header);
    next(open.origin());
    open.date(20_261_120).ruleVersion(Matcher.RULE_VERSION).schemaVersion(1);
    open.maxOrders(CAPACITIES.maxOrders()).maxLevels(CAPACITIES.maxLevels());
    open.maxOpenOrdersOfSession(CAPACITIES.maxOpenOrdersOfSession());
    open.maxInstruments(CAPACITIES.maxInstruments()).maxSessions(CAPACITIES.maxSessions());
    open.streamSession("TP20261120").zone("UTC");
    DefineInstrumentEncoder instrument =
        new DefineInstrumentEncoder().wrapAndApplyHeader(flow, commands * SLOT, header);
    next(instrument.origin());
    instrument.symbol(SYMBOL).tick(100).referencePrice(1_000_000).lot(10);
    DefineSessionEncoder session =
        new DefineSessionEncoder().wrapAndApplyHeader(flow, commands * SLOT, header);
    next(session.origin());
    session.homeGateway((short) 1).username("MM0001").firms("MKRA            ");
    next(new ConnectSessionEncoder().wrapAndApplyHeader(flow, commands * SLOT, header).origin());
    next(new StartTradingEncoder().wrapAndApplyHeader(flow, commands * SLOT, header).origin());
  }

  private void enter(
      long number, boolean buys, long quantity, long price, SplittableRandom random) {
    EnterOrderEncoder enter =
        new EnterOrderEncoder().wrapAndApplyHeader(flow, commands * SLOT, header);
    next(enter.origin());
    enter.symbol(SYMBOL).price(price).userRefNum(number).quantity(quantity);
    enter.side((byte) (buys ? 'B' : 'S')).timeInForce((byte) (random.nextInt(10) == 0 ? '3' : '0'));
    enter.display((byte) 'Y').capacity((byte) 'A').interMarketSweep((byte) 'N');
    enter.crossType((byte) 'N').clOrdId("ORDER         ");
  }

  private void cancel(long number) {
    CancelOrderEncoder cancel =
        new CancelOrderEncoder().wrapAndApplyHeader(flow, commands * SLOT, header);
    next(cancel.origin());
    cancel.userRefNum(number);
  }

  private void replace(long orig, long number, long quantity, long price) {
    ReplaceOrderEncoder replace =
        new ReplaceOrderEncoder().wrapAndApplyHeader(flow, commands * SLOT, header);
    next(replace.origin());
    replace.origUserRefNum(orig).userRefNum(number).quantity(quantity).price(price);
    replace.timeInForce((byte) '0').display((byte) 'Y').interMarketSweep((byte) 'N');
    replace.clOrdId("REPLACED      ");
  }
}
