package io.tradepit.tools.replay;

import io.tradepit.protocol.ouch.OuchAnswerDecoder;
import io.tradepit.protocol.ouch.OuchAnswerListener;
import io.tradepit.protocol.ouch.wire.OuchAcceptedDecoder;
import io.tradepit.protocol.ouch.wire.OuchAccountQueryResponseDecoder;
import io.tradepit.protocol.ouch.wire.OuchCanceledDecoder;
import io.tradepit.protocol.ouch.wire.OuchExecutedDecoder;
import io.tradepit.protocol.ouch.wire.OuchRejectedDecoder;
import io.tradepit.protocol.ouch.wire.OuchReplacedDecoder;
import io.tradepit.tools.client.OrderEntryListener;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/**
 * Gives each answer to the command that it is about, compares fills, and counts what each command
 * puts into the feed: an execution one message, an order that comes to rest one, a cancel one, a
 * replacement that matches one more for the original that leaves.
 *
 * <p>A session's messages are worked off in order, so the answers of a command come before those of
 * the next; a command is finished when a later one is answered, or an Account Query behind it.
 * Thread {@code replay-orders}.
 */
final class AnswerTracker implements OrderEntryListener, OuchAnswerListener {
  private static final long NOT_KNOWN = -1;
  private static final int NONE_SENT = -2;

  private final ReplayFlow flow;
  private final Progress progress;
  private final Findings findings;
  private final SendTimes times;
  private final OuchAnswerDecoder decoder = new OuchAnswerDecoder();
  private final FillList fills = new FillList();

  private long firstUserRefNum = NOT_KNOWN;
  private int sent;
  private int barrier = ReplayFlow.NONE;
  private int finished;
  private LongSupplier readClock = () -> 0;
  private long feedMessages;

  // The command that answers come for.
  private int current = ReplayFlow.NONE;
  private boolean accepted;
  private boolean canceled;
  private long rest;
  private int executions;

  // The resting side of a match comes before the incoming one.
  private long restingUserRefNum;
  private long restingMatch = NOT_KNOWN;

  private final Counts counts = new Counts();

  AnswerTracker(ReplayFlow flow, Progress progress, Findings findings, SendTimes times) {
    this.flow = flow;
    this.progress = progress;
    this.findings = findings;
    this.times = times;
  }

  /** Commands up to this one may be answered. */
  void onSent(int commands) {
    sent = commands;
    progress.sent(commands);
  }

  /** An Account Query was sent behind all that was sent until now. */
  void onBarrierSent() {
    barrier = sent;
  }

  /** Whether the Account Query that was sent last is answered. */
  boolean isBarrierAnswered() {
    return barrier == ReplayFlow.NONE;
  }

  /** First free user reference number of the session, once an Account Query was answered. */
  long firstUserRefNum() {
    return firstUserRefNum;
  }

  /** User reference number of the order that a command enters. */
  long userRefNum(int command) {
    return firstUserRefNum + flow.ordinal(command);
  }

  /** Says when the bytes came that are being read, ns. */
  void readClock(LongSupplier clock) {
    readClock = clock;
  }

  Counts counts() {
    return counts;
  }

  @Override
  public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
    if (decoder.decode(buffer, offset, length, this) < 0) {
      unexpected("message=" + sequence + " type=" + (char) buffer.getByte(offset) + " unreadable");
    }
  }

  @Override
  public void onDebug(String text) {
    unexpected("venue=\"" + text + "\"");
  }

  @Override
  public void onEndOfSession() {
    unexpected("session=ended by the venue");
  }

  @Override
  public void onAccepted(OuchAcceptedDecoder message) {
    if (begin(commandOf(message.userRefNum()), message.userRefNum())) {
      accepted = true;
      rest = message.quantity();
      counts.accepted++;
    }
  }

  @Override
  public void onReplaced(OuchReplacedDecoder message) {
    if (begin(commandOf(message.userRefNum()), message.userRefNum())) {
      accepted = true;
      rest = message.quantity();
      counts.replaced++;
    }
  }

  @Override
  public void onRejected(OuchRejectedDecoder message) {
    int command = commandOf(message.userRefNum());
    if (begin(command, message.userRefNum())) {
      counts.rejected++;
      differs(command, "rejected reason=0x%04X".formatted(message.reason()));
    }
  }

  @Override
  public void onExecuted(OuchExecutedDecoder message) {
    if (message.liquidityFlag() == 'A') {
      restingUserRefNum = message.userRefNum();
      restingMatch = message.matchNumber();
      return;
    }
    if (current == ReplayFlow.NONE || commandOf(message.userRefNum()) != current) {
      unexpected("executed=" + message.userRefNum() + " of no order under way");
      return;
    }
    executions++;
    counts.executions++;
    rest -= message.quantity();
    boolean ours = restingMatch == message.matchNumber();
    fills.add(ours ? idOf(restingUserRefNum) : 0, message.quantity(), message.price());
    restingMatch = NOT_KNOWN;
  }

  @Override
  public void onCanceled(OuchCanceledDecoder message) {
    if (message.reason() == 'I' && commandOf(message.userRefNum()) == current) {
      rest = 0;
      return;
    }
    int command = message.reason() == 'U' ? cancelOf(commandOf(message.userRefNum())) : NONE_SENT;
    if (begin(command, message.userRefNum())) {
      canceled = true;
      counts.canceled++;
      if (flow.kind(command) == ReplayFlow.REPLACE) {
        differs(command, "canceled instead of replaced");
      } else if (flow.kind(command) == ReplayFlow.REDUCE
          && message.quantity() != flow.quantity(command)) {
        differs(command, "removed=" + message.quantity());
      }
    }
  }

  @Override
  public void onAccountQueryResponse(OuchAccountQueryResponseDecoder message) {
    if (firstUserRefNum == NOT_KNOWN) {
      firstUserRefNum = message.nextUserRefNum();
    }
    if (barrier != ReplayFlow.NONE) {
      finishUntil(barrier);
      barrier = ReplayFlow.NONE;
    }
  }

  // The command that entered an order of ours, or NONE_SENT for a number that was not sent.
  private int commandOf(long userRefNum) {
    long ordinal = userRefNum - firstUserRefNum;
    if (firstUserRefNum == NOT_KNOWN || ordinal < 0 || ordinal >= flow.orders()) {
      return NONE_SENT;
    }
    int command = flow.commandOfOrdinal((int) ordinal);
    return command < sent ? command : NONE_SENT;
  }

  private long idOf(long userRefNum) {
    int command = commandOf(userRefNum);
    return command == NONE_SENT ? 0 : flow.id(command);
  }

  // The next command that was sent about this order.
  private int cancelOf(int order) {
    int from = current == ReplayFlow.NONE ? finished : current + 1;
    for (int command = from; command < sent; command++) {
      if (flow.target(command) == order) {
        return command;
      }
    }
    return NONE_SENT;
  }

  private boolean begin(int command, long userRefNum) {
    if (command < finished || command == current) {
      unexpected("order=" + userRefNum + " answered again, or never sent");
      return false;
    }
    finishUntil(command);
    current = command;
    accepted = false;
    canceled = false;
    executions = 0;
    rest = 0;
    fills.clear();
    times.onAnswer(command, readClock.getAsLong());
    return true;
  }

  private void finishUntil(int end) {
    while (finished < end) {
      if (finished == current) {
        finishCurrent();
      } else {
        finishSilent(finished);
      }
      progress.finish(finished++, feedMessages);
    }
  }

  private void finishCurrent() {
    byte kind = flow.kind(current);
    boolean mayRest = kind == ReplayFlow.NEW || kind == ReplayFlow.REPLACE;
    boolean rests = accepted && mayRest && rest > 0;
    boolean leaves = kind == ReplayFlow.REPLACE && accepted && executions > 0;
    feedMessages += executions + (rests ? 1 : 0) + (leaves ? 1 : 0) + (canceled ? 1 : 0);
    compareFills(current);
    if (mayRest && executions > 0) {
      counts.crossed++;
      differs(current, "matched=" + fills);
    }
    current = ReplayFlow.NONE;
  }

  private void finishSilent(int command) {
    counts.silent++;
    fills.clear();
    differs(command, "no answer");
    compareFills(command);
  }

  private void compareFills(int command) {
    if (flow.kind(command) != ReplayFlow.AGGRESSIVE) {
      return;
    }
    counts.aggressive++;
    if (!flow.expectsFills()) {
      return;
    }
    if (fills.areExpected(flow, command)) {
      counts.fillsExact++;
    } else if (findings.keepsMore()) {
      findings.add(
          "fills n=%d cmd=A expected=%s seen=%s"
              .formatted(flow.number(command), FillList.expected(flow, command), fills));
    } else {
      findings.addCounted();
    }
  }

  // A command file says what happens; what an ITCH file says was another venue's doing.
  private void differs(int command, String what) {
    counts.differences++;
    if (flow.expectsFills()) {
      findings.add(
          "command n=%d cmd=%c oid=%d qty=%d px=%d %s"
              .formatted(
                  flow.number(command),
                  (char) flow.kind(command),
                  flow.id(command),
                  flow.quantity(command),
                  flow.price(command),
                  what));
    }
  }

  private void unexpected(String what) {
    counts.unexpected++;
    findings.add("unexpected " + what);
  }

  /** What was answered. */
  static final class Counts {
    long accepted;
    long replaced;
    long canceled;
    long rejected;
    long silent;
    long executions;
    long crossed;
    long aggressive;
    long fillsExact;
    long differences;
    long unexpected;
  }
}
