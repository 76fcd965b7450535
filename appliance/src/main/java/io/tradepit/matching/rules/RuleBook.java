package io.tradepit.matching.rules;

import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.state.Header;
import io.tradepit.protocol.sbe.AccountQueryDecoder;
import io.tradepit.protocol.sbe.CancelOrderDecoder;
import io.tradepit.protocol.sbe.CloseDayDecoder;
import io.tradepit.protocol.sbe.ConnectSessionDecoder;
import io.tradepit.protocol.sbe.ControlSessionDecoder;
import io.tradepit.protocol.sbe.DefineInstrumentDecoder;
import io.tradepit.protocol.sbe.DefineSessionDecoder;
import io.tradepit.protocol.sbe.DisableOrderEntryDecoder;
import io.tradepit.protocol.sbe.DisconnectSessionDecoder;
import io.tradepit.protocol.sbe.EnableOrderEntryDecoder;
import io.tradepit.protocol.sbe.EnterOrderDecoder;
import io.tradepit.protocol.sbe.MarkStateDecoder;
import io.tradepit.protocol.sbe.MassCancelDecoder;
import io.tradepit.protocol.sbe.ModifyOrderDecoder;
import io.tradepit.protocol.sbe.OpenDayDecoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.protocol.sbe.ReplaceOrderDecoder;
import io.tradepit.protocol.sbe.SetTradingStateDecoder;
import io.tradepit.protocol.sbe.StartTradingDecoder;
import io.tradepit.protocol.sbe.TickDecoder;
import org.agrona.DirectBuffer;

/** Which rule a command is for, and the steps of a continuation. */
public final class RuleBook {
  private static final int LAST_OF_ORDERS = AccountQueryDecoder.TEMPLATE_ID;

  private final MatchingState state;
  private final OriginDecoder origin = new OriginDecoder();
  private final WaitingCommand waiting;
  private final Execution execution;
  private final EnterRule enter;
  private final ReplaceRule replace;
  private final ReduceRule reduce;
  private final AccountRule account;
  private final MassCancelRule massCancel;
  private final CancelOnDisconnectRule cancelOnDisconnect;
  private final SessionRule sessions;
  private final DayRule day;
  private final ReportRule report;

  public RuleBook(MatchingState state, EventWriter events) {
    this.state = state;
    this.waiting = new WaitingCommand(state.header);
    this.execution = new Execution(state, events);
    this.enter = new EnterRule(state, events, execution);
    this.replace = new ReplaceRule(state, events, execution);
    this.reduce = new ReduceRule(state, events, execution);
    this.account = new AccountRule(state, events);
    this.massCancel = new MassCancelRule(state, events, execution, waiting);
    this.cancelOnDisconnect = new CancelOnDisconnectRule(state, events, execution);
    this.sessions = new SessionRule(state, events, execution, cancelOnDisconnect);
    this.day = new DayRule(state, events, execution);
    this.report = new ReportRule(state, events);
  }

  /**
   * Applies a command.
   *
   * @param offset of the block
   * @return false when a continuation is left
   */
  public boolean apply(int template, DirectBuffer buffer, int offset) {
    return endStep(applyStep(template, buffer, offset));
  }

  /**
   * Lets the deadlines pass that are due before a command, which waits in the header until then.
   *
   * @param offset of the SBE header
   * @return false when a continuation is left
   */
  public boolean applyBehindTimers(DirectBuffer buffer, int offset, int length) {
    waiting.keep(buffer, offset, length);
    Continuation.begin(state.header, Continuation.EXPIRY, 0);
    return endStep(expire());
  }

  private boolean expire() {
    if (!cancelOnDisconnect.expire()) {
      return false;
    }
    Continuation.end(state.header);
    return applyStep(waiting.template(), waiting.buffer, WaitingCommand.BLOCK);
  }

  private boolean applyStep(int template, DirectBuffer buffer, int offset) {
    origin.wrap(buffer, offset);
    int gateway = origin.gateway();
    if (origin.gatewaySequence() <= state.header.gatewaySequence(gateway)) {
      return true;
    }
    state.header.gatewaySequence(gateway, origin.gatewaySequence());
    int session = origin.sessionId();
    if (template > LAST_OF_ORDERS) {
      return govern(template, session, buffer, offset);
    }
    if (!state.sessions.is(session, Sessions.CONNECTED)
        || state.sessions.epoch(session) != origin.connectionEpoch()) {
      state.header.next(Header.STALE_COMMANDS);
      return true;
    }
    return trade(template, session, buffer, offset);
  }

  private boolean trade(int template, int session, DirectBuffer buffer, int offset) {
    return switch (template) {
      case EnterOrderDecoder.TEMPLATE_ID -> enter.apply(session, buffer, offset);
      case ReplaceOrderDecoder.TEMPLATE_ID -> replace.apply(session, buffer, offset);
      case CancelOrderDecoder.TEMPLATE_ID -> reduce.cancel(session, buffer, offset);
      case ModifyOrderDecoder.TEMPLATE_ID -> reduce.modify(session, buffer, offset);
      case MassCancelDecoder.TEMPLATE_ID -> massCancel.apply(session, buffer, offset);
      case DisableOrderEntryDecoder.TEMPLATE_ID -> account.disable(session, buffer, offset);
      case EnableOrderEntryDecoder.TEMPLATE_ID -> account.enable(session, buffer, offset);
      case AccountQueryDecoder.TEMPLATE_ID -> account.query(session, buffer, offset);
      default -> throw new IllegalStateException("template=" + template);
    };
  }

  private boolean govern(int template, int session, DirectBuffer buffer, int offset) {
    return switch (template) {
      case ConnectSessionDecoder.TEMPLATE_ID -> sessions.connect(session, origin.connectionEpoch());
      case DisconnectSessionDecoder.TEMPLATE_ID ->
          sessions.disconnect(session, origin.connectionEpoch(), buffer, offset);
      case OpenDayDecoder.TEMPLATE_ID -> day.open(buffer, offset);
      case DefineInstrumentDecoder.TEMPLATE_ID -> day.define(buffer, offset);
      case DefineSessionDecoder.TEMPLATE_ID -> sessions.define(session, buffer, offset);
      case StartTradingDecoder.TEMPLATE_ID -> day.startTrading(buffer, offset);
      case CloseDayDecoder.TEMPLATE_ID -> day.close(buffer, offset);
      case SetTradingStateDecoder.TEMPLATE_ID -> day.setTradingState(buffer, offset);
      case ControlSessionDecoder.TEMPLATE_ID -> sessions.control(session, buffer, offset);
      case MarkStateDecoder.TEMPLATE_ID -> report.mark(buffer, offset);
      // What is due has passed before it.
      case TickDecoder.TEMPLATE_ID -> true;
      default -> throw new IllegalStateException("template=" + template);
    };
  }

  /** The next step of the command in progress; true when it is complete. */
  public boolean resume() {
    return endStep(resumeStep());
  }

  private boolean endStep(boolean complete) {
    execution.endStep();
    return complete && report.complete();
  }

  private boolean resumeStep() {
    return switch ((int) state.header.get(Header.CONTINUATION)) {
      case Continuation.SWEEP -> execution.resume();
      case Continuation.CANCEL_ALL -> sessions.resumeCancelAll();
      case Continuation.CLOSE_DAY -> day.resumeClose();
      case Continuation.MASS_CANCEL -> massCancel.resume();
      case Continuation.REPORT -> report.resume();
      case Continuation.DISCONNECTED -> cancelOnDisconnect.resume();
      case Continuation.EXPIRY -> expire();
      default -> throw new IllegalStateException("resumed=nothing");
    };
  }
}
