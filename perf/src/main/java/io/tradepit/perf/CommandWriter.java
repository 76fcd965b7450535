package io.tradepit.perf;

import io.tradepit.matching.Capacities;
import io.tradepit.matching.Matcher;
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
import java.util.Locale;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Writes commands of one gateway: session 0 and instrument {@link #SYMBOL} unless others are named.
 * Allocates nothing after construction but the name of a session.
 */
public final class CommandWriter {
  /** No command is longer. */
  public static final int MAX_LENGTH = 256;

  public static final long SYMBOL = 0x41434D4520202020L;
  public static final byte DAY = '0';
  public static final byte IOC = '3';
  private static final int AIQ_STRATEGY = 29;
  private static final byte[] CL_ORD_ID = {
    'O', 'R', 'D', 'E', 'R', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' '
  };

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final OpenDayEncoder open = new OpenDayEncoder();
  private final DefineInstrumentEncoder instrument = new DefineInstrumentEncoder();
  private final DefineSessionEncoder session = new DefineSessionEncoder();
  private final ConnectSessionEncoder connect = new ConnectSessionEncoder();
  private final StartTradingEncoder start = new StartTradingEncoder();
  private final EnterOrderEncoder enter = new EnterOrderEncoder();
  private final CancelOrderEncoder cancel = new CancelOrderEncoder();
  private final ReplaceOrderEncoder replace = new ReplaceOrderEncoder();
  private MutableDirectBuffer buffer;
  private int offset;
  private long gatewaySequence;
  private int sessionId;

  /** Where the next command is written; {@link #MAX_LENGTH} bytes become zeros. */
  public CommandWriter wrap(MutableDirectBuffer target, int targetOffset) {
    buffer = target;
    offset = targetOffset;
    buffer.setMemory(offset, MAX_LENGTH, (byte) 0);
    return this;
  }

  /** Whose the next commands are. */
  public CommandWriter session(int id) {
    sessionId = id;
    return this;
  }

  /** Bytes of the command that was written here. */
  public static int length(DirectBuffer buffer, int offset) {
    return MessageHeaderEncoder.ENCODED_LENGTH + (buffer.getShort(offset) & 0xFFFF);
  }

  private void origin(OriginEncoder origin) {
    origin
        .gatewaySequence(++gatewaySequence)
        .connectionEpoch(1)
        .sessionId(sessionId)
        .gateway((short) 1)
        .ingressSource((byte) 'P');
  }

  public void openDay(Capacities capacities) {
    open.wrapAndApplyHeader(buffer, offset, header);
    origin(open.origin());
    open.date(20_261_120).ruleVersion(Matcher.RULE_VERSION).schemaVersion(1);
    open.maxOrders(capacities.maxOrders()).maxLevels(capacities.maxLevels());
    open.maxOpenOrdersOfSession(capacities.maxOpenOrdersOfSession());
    open.maxInstruments(capacities.maxInstruments()).maxSessions(capacities.maxSessions());
    open.streamSession("TP20261120").zone("UTC");
  }

  public void defineInstrument() {
    defineInstrument(SYMBOL, 100, 10);
  }

  public void defineInstrument(long symbol, long tick, int lot) {
    instrument.wrapAndApplyHeader(buffer, offset, header);
    origin(instrument.origin());
    instrument.symbol(symbol).tick(tick).referencePrice(1_000_000).lot(lot);
  }

  public void defineSession() {
    session.wrapAndApplyHeader(buffer, offset, header);
    origin(session.origin());
    session.homeGateway((short) 1).username(String.format(Locale.ROOT, "MM%04d", sessionId + 1));
    session.firms("MKRA            ");
    session.cancelOnDisconnectMs(DefineSessionEncoder.cancelOnDisconnectMsNullValue());
  }

  public void connect() {
    connect.wrapAndApplyHeader(buffer, offset, header);
    origin(connect.origin());
  }

  public void startTrading() {
    start.wrapAndApplyHeader(buffer, offset, header);
    origin(start.origin());
  }

  public void enter(long number, boolean buys, long quantity, long price, byte timeInForce) {
    enter(SYMBOL, number, buys, quantity, price, timeInForce);
  }

  public void enter(
      long symbol, long number, boolean buys, long quantity, long price, byte timeInForce) {
    enter.wrapAndApplyHeader(buffer, offset, header);
    origin(enter.origin());
    enter.symbol(symbol).price(price).userRefNum(number).quantity(quantity);
    enter.side((byte) (buys ? 'B' : 'S')).timeInForce(timeInForce);
    enter.display((byte) 'Y').capacity((byte) 'A').interMarketSweep((byte) 'N');
    enter.crossType((byte) 'N').putClOrdId(CL_ORD_ID, 0);
  }

  /** The order that was entered last asks for a prevention of self-matches that does not exist. */
  void unknownAiqStrategy() {
    enter.tags().present(1L << AIQ_STRATEGY).aiqStrategy((byte) '?');
  }

  public void cancel(long number) {
    cancel.wrapAndApplyHeader(buffer, offset, header);
    origin(cancel.origin());
    cancel.userRefNum(number);
  }

  public void replace(long orig, long number, long quantity, long price) {
    replace.wrapAndApplyHeader(buffer, offset, header);
    origin(replace.origin());
    replace.origUserRefNum(orig).userRefNum(number).quantity(quantity).price(price);
    replace.timeInForce(DAY).display((byte) 'Y').interMarketSweep((byte) 'N');
    replace.putClOrdId(CL_ORD_ID, 0);
  }
}
