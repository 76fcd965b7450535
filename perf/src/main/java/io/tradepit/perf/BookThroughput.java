package io.tradepit.perf;

import com.sun.management.ThreadMXBean;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.Matcher;
import io.tradepit.matching.StateLayout;
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
  private static final int SLOT = CommandWriter.MAX_LENGTH;
  private static final Capacities CAPACITIES = new Capacities(1_000_000, 20_000, 1_000_000, 1, 1);

  private final UnsafeBuffer flow =
      new UnsafeBuffer(BufferUtil.allocateDirectAligned(MOST_COMMANDS * SLOT, 64));
  private final CommandWriter writer = new CommandWriter();
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
            StateMemory.books(layout),
            StateMemory.pages(layout),
            (s, t, w, first, count, last, b, offset, length) -> events += count);
    events = 0;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    long allocated = threads.getThreadAllocatedBytes(thread);
    long cpu = threads.getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    for (int i = 0; i < commands; i++) {
      boolean complete =
          matcher.onCommand(i + 1, i, flow, i * SLOT, CommandWriter.length(flow, i * SLOT));
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

  private void write() {
    next().openDay(CAPACITIES);
    next().defineInstrument();
    next().defineSession();
    next().connect();
    next().startTrading();
    SplittableRandom random = new SplittableRandom(7);
    long middle = 1_000_000;
    long number = 0;
    for (int i = 0; i < ORDERS; i++) {
      middle += 100L * (random.nextInt(3) - 1);
      number++;
      boolean buys = random.nextBoolean();
      long away = 100L * (random.nextInt(40) - 4);
      long quantity = 10L * (1 + random.nextInt(20));
      byte timeInForce = random.nextInt(10) == 0 ? CommandWriter.IOC : CommandWriter.DAY;
      next().enter(number, buys, quantity, middle + (buys ? -away : away), timeInForce);
      int kind = random.nextInt(10);
      if (kind < 4) {
        next().cancel(Math.max(1, number - random.nextInt(200)));
      } else if (kind == 4) {
        long orig = Math.max(1, number - random.nextInt(200));
        next().replace(orig, ++number, 10L * (1 + random.nextInt(20)), middle);
      }
    }
  }

  private CommandWriter next() {
    return writer.wrap(flow, commands++ * SLOT);
  }
}
