package io.tradepit.telemetry;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the stamps of commands in command order, while agents write them. One thread; allocates
 * nothing and makes no one wait.
 *
 * <p>It waits for a command's answer until the events of the command have all passed its gateway;
 * so a command that has none holds the later ones up until any later event passes.
 */
public final class StampReader {
  private static final long NONE = Long.MAX_VALUE;

  private final StampTable table;
  private final AnswerStamps[] gateways;
  private long next;
  private long ingressNs;
  private long sequencedNs;
  private long releasedNs;
  private long matchedNs;
  private long origin;
  private byte source;

  /** Takes what was read. */
  public interface Handler {
    /**
     * An order was answered. Stamps are nanoseconds since the Unix epoch, as they were taken.
     *
     * @param source of the ingress stamp: N nic, K kernel, P poll
     */
    void onOrder(
        byte source,
        long ingressNs,
        long sequencedNs,
        long releasedNs,
        long matchedNs,
        long writtenNs);

    /** A member's command had no answer, or no one who was connected to hear it. */
    void onUnanswered();

    /** The answer waits in the recording: the member was behind. */
    void onBehind();

    /** Stamps of a command were overwritten before they were read. */
    void onMissed();
  }

  StampReader(StampTable table, AnswerStamps[] gateways, long firstSequence) {
    this.table = table;
    this.gateways = gateways;
    this.next = firstSequence;
  }

  /**
   * Reads on.
   *
   * @param limit commands at most
   * @return the number of commands that were read
   */
  public int poll(Handler handler, int limit) {
    int count = 0;
    while (count < limit && readNext(handler)) {
      next++;
      count++;
    }
    return count;
  }

  private boolean readNext(Handler handler) {
    int line = table.line(next);
    long sequence = StampTable.sequence(table.commands, line);
    if (sequence < next) {
      return false; // not there yet, or its slot is being written at this moment
    }
    if (sequence > next || !readLine(line)) {
      handler.onMissed();
      return true;
    }
    AnswerStamps gateway = gateways[StampTable.gatewayOf(origin)];
    return gateway == null || readAnswer(handler, gateway);
  }

  private boolean readLine(int line) {
    UnsafeBuffer commands = table.commands;
    ingressNs = commands.getLong(line + StampTable.INGRESS_OFFSET);
    sequencedNs = commands.getLong(line + StampTable.SEQUENCED_OFFSET);
    releasedNs = commands.getLong(line + StampTable.RELEASED_OFFSET);
    matchedNs = commands.getLong(line + StampTable.MATCHED_OFFSET);
    origin = commands.getLong(line + StampTable.ORIGIN_OFFSET);
    source = (byte) commands.getLong(line + StampTable.SOURCE_OFFSET);
    return StampTable.isWhole(commands, line, next);
  }

  private boolean readAnswer(Handler handler, AnswerStamps gateway) {
    // First how far it is, then the answer: one that is not there then never comes.
    boolean passed = gateway.lane.getLongAcquire(table.passedAt()) >= next;
    int at = table.answerAt(next);
    long sequence = StampTable.sequence(gateway.lane, at);
    if (sequence == next) {
      long writtenNs = gateway.lane.getLong(at + StampTable.WRITTEN_OFFSET);
      tell(handler, StampTable.isWhole(gateway.lane, at, next) ? writtenNs : NONE);
    } else if (sequence > next || (passed && sequence == StampTable.WRITING)) {
      handler.onMissed();
    } else if (passed) {
      handler.onUnanswered();
    } else {
      return false;
    }
    return true;
  }

  private void tell(Handler handler, long writtenNs) {
    if (writtenNs == NONE) {
      handler.onMissed();
    } else if (writtenNs == StampTable.BEHIND) {
      handler.onBehind();
    } else {
      handler.onOrder(source, ingressNs, sequencedNs, releasedNs, matchedNs, writtenNs);
    }
  }
}
