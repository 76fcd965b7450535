package io.tradepit.perf.pipeline;

import io.tradepit.matching.Capacities;
import io.tradepit.perf.CommandWriter;
import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A workload as the sequencer's input has it, written before the clock starts: what opens the day,
 * then the commands. Each user is a session; a move is a Replace with the price changed.
 */
final class WorkloadCommands {
  private static final int TICK = 100;
  private static final int LOT = 10;
  private static final int NONE = 0;

  private final CommandWriter writer = new CommandWriter();
  private final UnsafeBuffer scratch = new UnsafeBuffer(new byte[CommandWriter.MAX_LENGTH]);
  private final UnsafeBuffer bytes;
  private final int[] offsets;
  private final int opening;
  private int count;

  WorkloadCommands(Workload workload, int users, Capacities capacities) {
    opening = 3 + 2 * users;
    int all = opening + workload.commands();
    bytes = new UnsafeBuffer(BufferUtil.allocateDirectAligned(all * CommandWriter.MAX_LENGTH, 64));
    offsets = new int[all + 1];
    open(users, capacities);
    write(workload, users);
  }

  private void open(int users, Capacities capacities) {
    next().openDay(capacities);
    add();
    next().defineInstrument();
    add();
    for (int session = 0; session < users; session++) {
      next().session(session).defineSession();
      add();
    }
    for (int session = 0; session < users; session++) {
      next().session(session).connect();
      add();
    }
    next().startTrading();
    add();
  }

  private void write(Workload workload, int users) {
    int[] lastRefNums = new int[users];
    int[] refNums = new int[workload.commands() + 1];
    Arrays.fill(refNums, NONE);
    for (int i = 0; i < workload.commands(); i++) {
      int session = workload.user(i) - 1;
      int id = workload.orderId(i);
      long price = (long) workload.price(i) * TICK;
      long quantity = (long) workload.quantity(i) * LOT;
      next().session(session);
      switch (workload.kind(i)) {
        case Workload.CANCEL -> writer.cancel(refNums[id]);
        case Workload.MOVE -> {
          int before = refNums[id];
          refNums[id] = ++lastRefNums[session];
          writer.replace(before, refNums[id], quantity, price);
        }
        default -> {
          refNums[id] = ++lastRefNums[session];
          byte timeInForce =
              workload.kind(i) == Workload.IOC ? CommandWriter.IOC : CommandWriter.DAY;
          writer.enter(refNums[id], workload.buys(i), quantity, price, timeInForce);
        }
      }
      add();
    }
  }

  private CommandWriter next() {
    return writer.wrap(scratch, 0);
  }

  private void add() {
    int length = CommandWriter.length(scratch, 0);
    bytes.putBytes(offsets[count], scratch, 0, length);
    offsets[count + 1] = offsets[count] + BitUtil.align(length, BitUtil.SIZE_OF_LONG);
    count++;
  }

  /** Commands in front of those of the workload. */
  int opening() {
    return opening;
  }

  UnsafeBuffer bytes() {
    return bytes;
  }

  /** Of a command, the opening ones counted. */
  int offset(int command) {
    return offsets[command];
  }

  int length(int command) {
    return CommandWriter.length(bytes, offsets[command]);
  }
}
