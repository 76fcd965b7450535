package io.tradepit.tools.feed;

import io.tradepit.protocol.itch.AddAttributedOrder;
import io.tradepit.protocol.itch.AddOrder;
import io.tradepit.protocol.itch.BrokenTrade;
import io.tradepit.protocol.itch.CrossTrade;
import io.tradepit.protocol.itch.DirectListing;
import io.tradepit.protocol.itch.Imbalance;
import io.tradepit.protocol.itch.IpoQuotingPeriod;
import io.tradepit.protocol.itch.ItchListener;
import io.tradepit.protocol.itch.ItchMessage;
import io.tradepit.protocol.itch.ItchText;
import io.tradepit.protocol.itch.LuldCollar;
import io.tradepit.protocol.itch.MwcbDeclineLevel;
import io.tradepit.protocol.itch.MwcbStatus;
import io.tradepit.protocol.itch.OperationalHalt;
import io.tradepit.protocol.itch.OrderCancel;
import io.tradepit.protocol.itch.OrderDelete;
import io.tradepit.protocol.itch.OrderExecuted;
import io.tradepit.protocol.itch.OrderExecutedWithPrice;
import io.tradepit.protocol.itch.OrderReplace;
import io.tradepit.protocol.itch.ParticipantPosition;
import io.tradepit.protocol.itch.RegSho;
import io.tradepit.protocol.itch.RetailInterest;
import io.tradepit.protocol.itch.StockDirectory;
import io.tradepit.protocol.itch.SystemEvent;
import io.tradepit.protocol.itch.Trade;
import io.tradepit.protocol.itch.TradingAction;
import io.tradepit.tools.client.FeedReceiver;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Makes a line of each ITCH message: type in words, symbol, fields. Messages that name an
 * instrument by its StockLocate alone get its symbol from those that name both. One thread.
 */
final class FeedPrinter implements ItchListener {
  private static final int ALPHA4 = 4;

  private final Line line;
  private final Map<Integer, String> symbols;
  private final int onlyLocate;
  private final Line none = new NoLine();
  private FeedReceiver receiver;
  private long printed;

  /**
   * @param symbols by StockLocate, as far as they are known; what messages tell is added
   * @param onlyLocate the instrument to print, beside messages of the whole market; 0 = all
   */
  FeedPrinter(Line line, Map<Integer, String> symbols, int onlyLocate) {
    this.line = line;
    this.symbols = symbols;
    this.onlyLocate = onlyLocate;
  }

  /** The receiver that will call, which knows the numbers of the messages. */
  void follow(FeedReceiver caller) {
    receiver = caller;
  }

  /** Messages printed so far. */
  long printed() {
    return printed;
  }

  private Line begin(ItchMessage message, String type) {
    int locate = message.stockLocate();
    if (onlyLocate != 0 && locate != onlyLocate && locate != 0) {
      return none;
    }
    printed++;
    String symbol = locate == 0 ? "" : symbols.getOrDefault(locate, "#" + locate);
    return line.message(receiver.sequenceNumber(), message.timestampNs(), type, symbol);
  }

  private Line begin(ItchMessage message, String type, long stock) {
    if (message.stockLocate() != 0) {
      symbols.put(message.stockLocate(), ItchText.symbol(stock));
    }
    return begin(message, type);
  }

  private static String alpha4(int packed) {
    byte[] bytes = new byte[ALPHA4];
    for (int i = 0; i < ALPHA4; i++) {
      bytes[i] = (byte) (packed >>> (Byte.SIZE * (ALPHA4 - 1 - i)));
    }
    return new String(bytes, StandardCharsets.US_ASCII).stripTrailing();
  }

  private static String side(byte side) {
    return switch (side) {
      case 'B' -> "buy";
      case 'S' -> "sell";
      default -> String.valueOf((char) side);
    };
  }

  private static String event(byte code) {
    return switch (code) {
      case 'O' -> "start of messages";
      case 'S' -> "start of system hours";
      case 'Q' -> "start of market hours";
      case 'M' -> "end of market hours";
      case 'E' -> "end of system hours";
      case 'C' -> "end of messages";
      default -> "system event " + (char) code;
    };
  }

  private static String tradingState(byte state) {
    return switch (state) {
      case 'H' -> "halted";
      case 'P' -> "paused";
      case 'Q' -> "quotation only";
      case 'T' -> "trading";
      default -> "trading action " + (char) state;
    };
  }

  @Override
  public void onSystemEvent(SystemEvent message) {
    begin(message, event(message.eventCode())).end();
  }

  @Override
  public void onStockDirectory(StockDirectory message) {
    begin(message, "instrument", message.stock())
        .number("locate", message.stockLocate())
        .number("roundLot", message.roundLotSize())
        .code("category", message.marketCategory())
        .end();
  }

  @Override
  public void onTradingAction(TradingAction message) {
    Line begun = begin(message, tradingState(message.tradingState()), message.stock());
    String reason = alpha4(message.reason());
    (reason.isEmpty() ? begun : begun.text("reason", reason)).end();
  }

  @Override
  public void onRegSho(RegSho message) {
    begin(message, "short sale restriction", message.stock())
        .code("action", message.action())
        .end();
  }

  @Override
  public void onParticipantPosition(ParticipantPosition message) {
    begin(message, "market participant", message.stock())
        .text("mpid", alpha4(message.mpid()))
        .code("primary", message.primaryMarketMaker())
        .code("mode", message.marketMakerMode())
        .code("state", message.participantState())
        .end();
  }

  /** Its levels have eight decimals. */
  @Override
  public void onMwcbDeclineLevel(MwcbDeclineLevel message) {
    begin(message, "circuit breaker levels")
        .number("level1e8", message.level1())
        .number("level2e8", message.level2())
        .number("level3e8", message.level3())
        .end();
  }

  @Override
  public void onMwcbStatus(MwcbStatus message) {
    begin(message, "circuit breaker").code("breachedLevel", message.breachedLevel()).end();
  }

  @Override
  public void onIpoQuotingPeriod(IpoQuotingPeriod message) {
    begin(message, "ipo quoting period", message.stock())
        .number("releaseSeconds", message.releaseTimeSeconds())
        .code("qualifier", message.releaseQualifier())
        .price("price", message.ipoPrice())
        .end();
  }

  @Override
  public void onLuldCollar(LuldCollar message) {
    begin(message, "price collar", message.stock())
        .price("reference", message.referencePrice())
        .price("upper", message.upperPrice())
        .price("lower", message.lowerPrice())
        .number("extension", message.extension())
        .end();
  }

  @Override
  public void onOperationalHalt(OperationalHalt message) {
    begin(message, "operational halt", message.stock())
        .code("market", message.marketCode())
        .code("action", message.action())
        .end();
  }

  @Override
  public void onAddOrder(AddOrder message) {
    begin(message, "add order", message.stock())
        .text("side", side(message.side()))
        .number("shares", message.shares())
        .price("price", message.price())
        .number("order", message.orderReference())
        .end();
  }

  @Override
  public void onAddAttributedOrder(AddAttributedOrder message) {
    begin(message, "add order", message.stock())
        .text("side", side(message.side()))
        .number("shares", message.shares())
        .price("price", message.price())
        .number("order", message.orderReference())
        .text("firm", alpha4(message.attribution()))
        .end();
  }

  @Override
  public void onOrderExecuted(OrderExecuted message) {
    begin(message, "execute order")
        .number("shares", message.executedShares())
        .number("order", message.orderReference())
        .number("match", message.matchNumber())
        .end();
  }

  @Override
  public void onOrderExecutedWithPrice(OrderExecutedWithPrice message) {
    begin(message, "execute order")
        .number("shares", message.executedShares())
        .price("price", message.executionPrice())
        .code("printable", message.printable())
        .number("order", message.orderReference())
        .number("match", message.matchNumber())
        .end();
  }

  @Override
  public void onOrderCancel(OrderCancel message) {
    begin(message, "reduce order")
        .number("shares", message.cancelledShares())
        .number("order", message.orderReference())
        .end();
  }

  @Override
  public void onOrderDelete(OrderDelete message) {
    begin(message, "delete order").number("order", message.orderReference()).end();
  }

  @Override
  public void onOrderReplace(OrderReplace message) {
    begin(message, "replace order")
        .number("shares", message.shares())
        .price("price", message.price())
        .number("order", message.newOrderReference())
        .number("replaces", message.originalOrderReference())
        .end();
  }

  @Override
  public void onTrade(Trade message) {
    begin(message, "trade", message.stock())
        .text("side", side(message.side()))
        .number("shares", message.shares())
        .price("price", message.price())
        .number("match", message.matchNumber())
        .end();
  }

  @Override
  public void onCrossTrade(CrossTrade message) {
    begin(message, "cross trade", message.stock())
        .number("shares", message.shares())
        .price("price", message.crossPrice())
        .code("cross", message.crossType())
        .number("match", message.matchNumber())
        .end();
  }

  @Override
  public void onBrokenTrade(BrokenTrade message) {
    begin(message, "broken trade").number("match", message.matchNumber()).end();
  }

  @Override
  public void onImbalance(Imbalance message) {
    begin(message, "imbalance", message.stock())
        .number("paired", message.pairedShares())
        .number("imbalance", message.imbalanceShares())
        .code("direction", message.direction())
        .price("far", message.farPrice())
        .price("near", message.nearPrice())
        .price("reference", message.referencePrice())
        .code("cross", message.crossType())
        .end();
  }

  @Override
  public void onRetailInterest(RetailInterest message) {
    begin(message, "retail interest", message.stock()).code("flag", message.interestFlag()).end();
  }

  @Override
  public void onDirectListing(DirectListing message) {
    begin(message, "direct listing", message.stock())
        .code("eligible", message.openEligibility())
        .price("minimum", message.minimumPrice())
        .price("maximum", message.maximumPrice())
        .price("near", message.nearExecutionPrice())
        .end();
  }

  @Override
  public void onUnknown(byte type, int length) {
    line.note("message of unknown type")
        .number("sequence", receiver.sequenceNumber())
        .code("type", type)
        .number("length", length)
        .end();
  }

  /** Takes the fields of messages that are not to be printed. */
  private static final class NoLine implements Line {
    @Override
    public Line message(long sequenceNumber, long timeOfDayNs, String type, String symbol) {
      return this;
    }

    @Override
    public Line note(String what) {
      return this;
    }

    @Override
    public Line number(String name, long value) {
      return this;
    }

    @Override
    public Line price(String name, long price4) {
      return this;
    }

    @Override
    public Line text(String name, String text) {
      return this;
    }

    @Override
    public void end() {
      // Nothing was begun.
    }

    @Override
    public String take() {
      return "";
    }
  }
}
