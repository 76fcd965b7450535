package io.tradepit.telemetry;

import io.tradepit.time.Clock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The stamp that a gateway takes when its transport has taken the first answer to a command: the
 * first message of the command's own session in the events of that command. What it causes at other
 * sessions does not count. The gateway's thread only; allocates nothing, reads the clock once an
 * answer.
 */
public final class AnswerStamps {
  /** Stamps nothing and reads no clock. */
  public static final AnswerStamps NONE = new AnswerStamps(null, 0, null, null);

  private static final int NO_SESSION = -1;

  final UnsafeBuffer lane;
  private final StampTable table;
  private final int gateway;
  private final Clock clock;
  private long sequence;
  private long answered;
  private int awaited = NO_SESSION;

  AnswerStamps(StampTable table, int gateway, UnsafeBuffer lane, Clock clock) {
    this.table = table;
    this.gateway = gateway;
    this.lane = lane;
    this.clock = clock;
  }

  /** A frame of the live event stream comes: all, or some, of the events of a command. */
  public void onFrame(long commandSequence) {
    if (table == null) {
      return;
    }
    sequence = commandSequence;
    awaited = commandSequence == answered ? NO_SESSION : sessionOf(commandSequence);
  }

  /** The transport has taken a message of a session whole. */
  public void onSent(int session) {
    if (session == awaited) {
      answer(clock.epochNs());
    }
  }

  /** A message of a session will be sent later, from the recording: its member is behind. */
  public void onBehind(int session) {
    if (session == awaited) {
      answer(StampTable.BEHIND);
    }
  }

  /**
   * The frame is done.
   *
   * @param last whether its command has no further ones
   */
  public void onFrameEnd(boolean last) {
    if (table == null) {
      return;
    }
    awaited = NO_SESSION;
    // After the answer was stored; pairs with the acquire in StampReader, which looks here first.
    lane.putLongRelease(table.passedAt(), last ? sequence : sequence - 1);
  }

  // What this gateway did not send in, and what was overwritten meanwhile, it does not await.
  private int sessionOf(long commandSequence) {
    long origin = table.origins.getLongAcquire(table.originAt(commandSequence));
    boolean ours =
        StampTable.sequenceOf(origin) == commandSequence && StampTable.gatewayOf(origin) == gateway;
    return ours ? StampTable.sessionOf(origin) : NO_SESSION;
  }

  private void answer(long writtenNs) {
    int at = table.answerAt(sequence);
    StampTable.begin(lane, at);
    lane.putLong(at + StampTable.WRITTEN_OFFSET, writtenNs);
    StampTable.end(lane, at, sequence);
    answered = sequence;
    awaited = NO_SESSION;
  }
}
