package io.tradepit.matching;

import io.tradepit.matching.session.Sessions;
import io.tradepit.protocol.sbe.AccountQueryEncoder;
import io.tradepit.protocol.sbe.CancelOrderEncoder;
import io.tradepit.protocol.sbe.CloseDayEncoder;
import io.tradepit.protocol.sbe.ConnectSessionEncoder;
import io.tradepit.protocol.sbe.ControlSessionEncoder;
import io.tradepit.protocol.sbe.DefineInstrumentEncoder;
import io.tradepit.protocol.sbe.DefineSessionEncoder;
import io.tradepit.protocol.sbe.DisableOrderEntryEncoder;
import io.tradepit.protocol.sbe.DisconnectSessionEncoder;
import io.tradepit.protocol.sbe.EnableOrderEntryEncoder;
import io.tradepit.protocol.sbe.EnterOrderEncoder;
import io.tradepit.protocol.sbe.MarkStateEncoder;
import io.tradepit.protocol.sbe.MassCancelEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.ModifyOrderEncoder;
import io.tradepit.protocol.sbe.OpenDayEncoder;
import io.tradepit.protocol.sbe.OriginEncoder;
import io.tradepit.protocol.sbe.ReplaceOrderEncoder;
import io.tradepit.protocol.sbe.SetTradingStateEncoder;
import io.tradepit.protocol.sbe.StartTradingEncoder;
import io.tradepit.protocol.sbe.TagsEncoder;
import io.tradepit.protocol.sbe.TickEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes one command after the other into one buffer, each with the next gateway sequence. */
final class Commands {
  private static final int LENGTH = 512;
  private static final long ALL_SYMBOLS = 0x2020202020202020L;
  private static final byte[] CL_ORD_ID = {
    'o', 'r', 'd', 'e', 'r', '1', '2', '3', '4', '5', ' ', ' ', ' ', ' '
  };
  final UnsafeBuffer buffer = new UnsafeBuffer(new byte[LENGTH]);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final EnterOrderEncoder enter = new EnterOrderEncoder();
  private final ReplaceOrderEncoder replace = new ReplaceOrderEncoder();
  private final CancelOrderEncoder cancel = new CancelOrderEncoder();
  private final ModifyOrderEncoder modify = new ModifyOrderEncoder();
  private final MassCancelEncoder massCancel = new MassCancelEncoder();
  private final DisableOrderEntryEncoder disable = new DisableOrderEntryEncoder();
  private final EnableOrderEntryEncoder enable = new EnableOrderEntryEncoder();
  private final AccountQueryEncoder query = new AccountQueryEncoder();
  private final ConnectSessionEncoder connect = new ConnectSessionEncoder();
  private final DisconnectSessionEncoder disconnect = new DisconnectSessionEncoder();
  private final OpenDayEncoder open = new OpenDayEncoder();
  private final DefineInstrumentEncoder instrument = new DefineInstrumentEncoder();
  private final DefineSessionEncoder session = new DefineSessionEncoder();
  private final StartTradingEncoder start = new StartTradingEncoder();
  private final CloseDayEncoder close = new CloseDayEncoder();
  private final SetTradingStateEncoder set = new SetTradingStateEncoder();
  private final ControlSessionEncoder control = new ControlSessionEncoder();
  private final MarkStateEncoder mark = new MarkStateEncoder();
  private final TickEncoder tick = new TickEncoder();
  private final long[] gatewaySequences = new long[256];
  private int gateway = 1;

  private void origin(OriginEncoder origin, int session, int epoch) {
    origin
        .gatewaySequence(++gatewaySequences[gateway])
        .ingressTimeNs(0)
        .connectionEpoch(epoch)
        .sessionId(session)
        .gateway((short) gateway)
        .ingressSource((byte) 'P');
  }

  /** The next command repeats the gateway sequence of the one before. */
  void repeat() {
    gatewaySequences[gateway]--;
  }

  /** The gateway of the commands that follow, 0 to 255. */
  void gateway(int gateway) {
    this.gateway = gateway;
  }

  /** Bytes of the command that was written last. */
  int length() {
    return MessageHeaderEncoder.ENCODED_LENGTH + (buffer.getShort(0) & 0xFFFF);
  }

  private void clear() {
    buffer.setMemory(0, LENGTH, (byte) 0);
  }

  EnterOrderEncoder enter(
      int session, int epoch, long urn, char side, long quantity, long symbol, long price) {
    clear();
    enter.wrapAndApplyHeader(buffer, 0, header);
    origin(enter.origin(), session, epoch);
    return enter
        .symbol(symbol)
        .price(price)
        .userRefNum(urn)
        .quantity(quantity)
        .verdict(0)
        .side((byte) side)
        .timeInForce((byte) '0')
        .display((byte) 'Y')
        .capacity((byte) 'A')
        .interMarketSweep((byte) 'N')
        .crossType((byte) 'N')
        .putClOrdId(CL_ORD_ID, 0);
  }

  ReplaceOrderEncoder replace(
      int session, int epoch, long orig, long urn, long quantity, long price) {
    clear();
    replace.wrapAndApplyHeader(buffer, 0, header);
    origin(replace.origin(), session, epoch);
    return replace
        .price(price)
        .origUserRefNum(orig)
        .userRefNum(urn)
        .quantity(quantity)
        .verdict(0)
        .timeInForce((byte) '0')
        .display((byte) 'Y')
        .interMarketSweep((byte) 'N')
        .putClOrdId(CL_ORD_ID, 0);
  }

  CancelOrderEncoder cancel(int session, int epoch, int channel, long urn, long quantity) {
    clear();
    cancel.wrapAndApplyHeader(buffer, 0, header);
    origin(cancel.origin(), session, epoch);
    return cancel.userRefNum(urn).quantity(quantity).userRefIdx((short) channel);
  }

  ModifyOrderEncoder modify(int session, int epoch, long urn, char side, long quantity) {
    clear();
    modify.wrapAndApplyHeader(buffer, 0, header);
    origin(modify.origin(), session, epoch);
    return modify.userRefNum(urn).quantity(quantity).side((byte) side);
  }

  static void channel(TagsEncoder tags, long alreadyPresent, int channel) {
    tags.present(alreadyPresent | (1L << 28)).userRefIdx((short) channel);
  }

  /** In channel 0, regardless of side and group; 0 = all symbols. */
  MassCancelEncoder massCancel(int session, int epoch, long urn, String firm, long symbol) {
    clear();
    massCancel.wrapAndApplyHeader(buffer, 0, header);
    origin(massCancel.origin(), session, epoch);
    return massCancel.userRefNum(urn).firm(firm).symbol(symbol == 0 ? ALL_SYMBOLS : symbol);
  }

  DisableOrderEntryEncoder disable(int session, int epoch, int channel, long urn, String firm) {
    clear();
    disable.wrapAndApplyHeader(buffer, 0, header);
    origin(disable.origin(), session, epoch);
    return disable.userRefNum(urn).userRefIdx((short) channel).firm(firm);
  }

  EnableOrderEntryEncoder enable(int session, int epoch, int channel, long urn, String firm) {
    clear();
    enable.wrapAndApplyHeader(buffer, 0, header);
    origin(enable.origin(), session, epoch);
    return enable.userRefNum(urn).userRefIdx((short) channel).firm(firm);
  }

  AccountQueryEncoder query(int session, int epoch, int channel) {
    clear();
    query.wrapAndApplyHeader(buffer, 0, header);
    origin(query.origin(), session, epoch);
    return query.userRefIdx((short) channel);
  }

  void connect(int session, int epoch) {
    clear();
    connect.wrapAndApplyHeader(buffer, 0, header);
    origin(connect.origin(), session, epoch);
  }

  void disconnect(int session, int epoch) {
    clear();
    disconnect.wrapAndApplyHeader(buffer, 0, header);
    origin(disconnect.origin(), session, epoch);
    disconnect.reason((byte) 'L');
  }

  void openDay(Capacities capacities) {
    clear();
    open.wrapAndApplyHeader(buffer, 0, header);
    origin(open.origin(), 0, 0);
    open.midnightNs(1000)
        .correlationId(1)
        .date(20_261_120)
        .maxOrders(capacities.maxOrders())
        .maxLevels(capacities.maxLevels())
        .maxOpenOrdersOfSession(capacities.maxOpenOrdersOfSession())
        .maxInstruments(capacities.maxInstruments())
        .maxSessions(capacities.maxSessions())
        .ruleVersion(Matcher.RULE_VERSION)
        .schemaVersion(1)
        .streamSession("TP20261120")
        .zone("UTC");
  }

  void defineInstrument(long symbol, long tick, long lot) {
    clear();
    instrument.wrapAndApplyHeader(buffer, 0, header);
    origin(instrument.origin(), 0, 0);
    instrument.symbol(symbol).tick(tick).referencePrice(1_000_000).correlationId(2).lot(lot);
  }

  void defineSession(int id, String username) {
    defineSession(id, username, Sessions.STAY);
  }

  /** With a grace time of cancel on disconnect. */
  void defineSession(int id, String username, long graceMs) {
    clear();
    session.wrapAndApplyHeader(buffer, 0, header);
    origin(session.origin(), id, 0);
    session.correlationId(3).homeGateway((short) 1).username(username).firms("MKRAMKRB        ");
    session.cancelOnDisconnectMs(graceMs);
  }

  void startTrading() {
    clear();
    start.wrapAndApplyHeader(buffer, 0, header);
    origin(start.origin(), 0, 0);
    start.correlationId(4);
  }

  void closeDay() {
    clear();
    close.wrapAndApplyHeader(buffer, 0, header);
    origin(close.origin(), 0, 0);
    close.correlationId(5);
  }

  void tradingState(long symbol, char state) {
    clear();
    set.wrapAndApplyHeader(buffer, 0, header);
    origin(set.origin(), 0, 0);
    set.symbol(symbol).correlationId(6).tradingState((byte) state).reason("LUDP");
  }

  void tick() {
    clear();
    tick.wrapAndApplyHeader(buffer, 0, header);
    origin(tick.origin(), 0, 0);
  }

  void markState(long correlationId) {
    clear();
    mark.wrapAndApplyHeader(buffer, 0, header);
    origin(mark.origin(), 0, 0);
    mark.correlationId(correlationId);
  }

  void control(int id, char action) {
    clear();
    control.wrapAndApplyHeader(buffer, 0, header);
    origin(control.origin(), id, 0);
    control.correlationId(7).action((byte) action);
  }
}
