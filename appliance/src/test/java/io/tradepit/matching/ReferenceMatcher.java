package io.tradepit.matching;

import io.tradepit.matching.book.Instruments;
import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.StateHash;
import io.tradepit.protocol.sbe.AccountQueriedEncoder;
import io.tradepit.protocol.sbe.AccountQueryDecoder;
import io.tradepit.protocol.sbe.AdminCompletedEncoder;
import io.tradepit.protocol.sbe.CancelOrderDecoder;
import io.tradepit.protocol.sbe.CloseDayDecoder;
import io.tradepit.protocol.sbe.ControlSessionDecoder;
import io.tradepit.protocol.sbe.DayClosedEncoder;
import io.tradepit.protocol.sbe.DayOpenedEncoder;
import io.tradepit.protocol.sbe.DefineInstrumentDecoder;
import io.tradepit.protocol.sbe.DefineSessionDecoder;
import io.tradepit.protocol.sbe.DisableOrderEntryDecoder;
import io.tradepit.protocol.sbe.DisconnectSessionDecoder;
import io.tradepit.protocol.sbe.EnableOrderEntryDecoder;
import io.tradepit.protocol.sbe.EnterOrderDecoder;
import io.tradepit.protocol.sbe.FeedNotifiedEncoder;
import io.tradepit.protocol.sbe.InstrumentListedEncoder;
import io.tradepit.protocol.sbe.MarkStateDecoder;
import io.tradepit.protocol.sbe.MassCancelDecoder;
import io.tradepit.protocol.sbe.MassCanceledEncoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.ModifyOrderDecoder;
import io.tradepit.protocol.sbe.OpenDayDecoder;
import io.tradepit.protocol.sbe.OrderAcceptedEncoder;
import io.tradepit.protocol.sbe.OrderCanceledEncoder;
import io.tradepit.protocol.sbe.OrderEntryDisabledEncoder;
import io.tradepit.protocol.sbe.OrderEntryEnabledEncoder;
import io.tradepit.protocol.sbe.OrderExecutedEncoder;
import io.tradepit.protocol.sbe.OrderModifiedEncoder;
import io.tradepit.protocol.sbe.OrderRejectedEncoder;
import io.tradepit.protocol.sbe.OrderReplacedEncoder;
import io.tradepit.protocol.sbe.OrderRestedEncoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.protocol.sbe.ReplaceOrderDecoder;
import io.tradepit.protocol.sbe.SessionConnectedEncoder;
import io.tradepit.protocol.sbe.SessionControlledEncoder;
import io.tradepit.protocol.sbe.SessionDefinedEncoder;
import io.tradepit.protocol.sbe.SessionDisconnectedEncoder;
import io.tradepit.protocol.sbe.SessionNotifiedEncoder;
import io.tradepit.protocol.sbe.SessionOrdersCanceledEncoder;
import io.tradepit.protocol.sbe.SessionRefusedEncoder;
import io.tradepit.protocol.sbe.SetTradingStateDecoder;
import io.tradepit.protocol.sbe.StartTradingDecoder;
import io.tradepit.protocol.sbe.StateReportedEncoder;
import io.tradepit.protocol.sbe.TagsDecoder;
import io.tradepit.protocol.sbe.TagsEncoder;
import io.tradepit.protocol.sbe.TradingStateChangedEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** The rules of RULES.md, slow and obvious; shares with the matcher only the hash of one thing. */
@SuppressWarnings("NonApiType") // The sorted order of the maps is what it is about.
final class ReferenceMatcher {
  static final class Order {
    long number;
    long price;
    long remaining;
    long executed;
    long chain;
    long urn;
    int session;
    int instrument;
    int channel;
    int group;
    byte side;
    byte tif;
    byte display;
    byte capacity;
    byte sweep;
    int firm;
    int present;
    byte[] clOrdId;
    // Of the state hash; 0 = something changed that counts in it.
    long hashKey;

    boolean buys() {
      return side == 'B';
    }
  }

  static final class Instrument {
    int id;
    long symbol;
    long tick;
    long reference;
    long lot;
    byte state = 'T';
    String reason = "    ";
    final TreeMap<Long, ArrayDeque<Order>> bids = new TreeMap<>((a, b) -> Long.compare(b, a));
    final TreeMap<Long, ArrayDeque<Order>> asks = new TreeMap<>();

    TreeMap<Long, ArrayDeque<Order>> side(boolean buys) {
      return buys ? bids : asks;
    }
  }

  static final class Session {
    int id;
    String username;
    String firms;
    int gateway;
    int flags;
    int epoch;
    long messages;
    long grace;
    long deadline;
    final TreeMap<Integer, Long> highest = new TreeMap<>();
    final LinkedHashMap<Long, Order> open = new LinkedHashMap<>();
    final Set<String> disabledFirms = new HashSet<>();
  }

  private static final long NOBODY = Long.MIN_VALUE;

  private final Capacities capacities;
  private final ExpandableArrayBuffer out = new ExpandableArrayBuffer(1 << 16);
  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final TreeMap<Integer, Instrument> instruments = new TreeMap<>();
  private final TreeMap<Integer, Session> sessions = new TreeMap<>();
  private final Map<Integer, Long> gateways = new HashMap<>();
  private int length;
  private int count;
  private long sequence;
  private long logHash;
  private long timeNs;
  private int day;
  private long date;
  private long midnight;
  private long orderNumbers;
  private long matchNumbers;
  private long feed;
  private long stale;

  ReferenceMatcher(Capacities capacities) {
    this.capacities = capacities;
  }

  MutableDirectBuffer events() {
    return out;
  }

  int length() {
    return length;
  }

  int count() {
    return count;
  }

  int orders() {
    return sessions.values().stream().mapToInt(s -> s.open.size()).sum();
  }

  int levels() {
    return instruments.values().stream().mapToInt(i -> i.bids.size() + i.asks.size()).sum();
  }

  /** The user reference number of the oldest open order of a session in a channel, or 0. */
  long oldest(int session, int channel) {
    Session s = sessions.get(session);
    if (s != null) {
      for (Order o : s.open.values()) {
        if (o.channel == channel) {
          return o.urn;
        }
      }
    }
    return 0;
  }

  void onCommand(long sequence, long timeNs, DirectBuffer buffer, int offset, int bytes) {
    this.sequence = sequence;
    this.timeNs = timeNs;
    logHash = ReferenceLogHash.next(logHash, sequence, timeNs, buffer, offset, bytes);
    length = 0;
    count = 0;
    passDeadlines();
    long asked = apply(buffer, offset);
    if (asked != NOBODY || sequence % 16_384 == 0) {
      StateReportedEncoder e = new StateReportedEncoder();
      e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
          .sequence(sequence)
          .logHash(logHash)
          .stateHash(stateHash())
          .feedMessages(feed)
          .correlationId(asked == NOBODY ? 0 : asked);
    }
  }

  /** What is due by now, by deadline and session. */
  private void passDeadlines() {
    while (true) {
      Session due = null;
      for (Session s : sessions.values()) {
        boolean isDue = s.deadline != 0 && s.deadline <= timeNs;
        if (isDue && (due == null || s.deadline < due.deadline)) {
          due = s;
        }
      }
      if (due == null) {
        return;
      }
      due.deadline = 0;
      cancelOfAway(due);
    }
  }

  private void cancelOfAway(Session s) {
    List<Order> orders = new ArrayList<>(s.open.values());
    for (Order o : orders) {
      canceled(o, o.remaining, 'Z', true);
    }
    SessionOrdersCanceledEncoder e = new SessionOrdersCanceledEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .count(orders.size())
        .sessionId(s.id);
  }

  private void disconnect(Session s, byte reason) {
    s.flags &= ~2;
    boolean cancels = s.grace != 0xFFFF_FFFFL && open();
    long cancelAt = cancels ? timeNs + s.grace * 1_000_000 : 0;
    SessionDisconnectedEncoder e = new SessionDisconnectedEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .connectionEpoch(s.epoch)
        .sessionId(s.id)
        .reason(reason)
        .cancelAtNs(cancelAt);
    if (cancels && s.grace == 0) {
      cancelOfAway(s);
    } else {
      s.deadline = cancelAt;
    }
  }

  /** When the next deadline passes, 0 = none is set. */
  long nextDeadline() {
    return sessions.values().stream()
        .mapToLong(s -> s.deadline)
        .filter(deadline -> deadline != 0)
        .min()
        .orElse(0);
  }

  /** Returns who asks for a report, or NOBODY. */
  private long apply(DirectBuffer buffer, int offset) {
    MessageHeaderDecoder message = new MessageHeaderDecoder().wrap(buffer, offset);
    int at = offset + MessageHeaderDecoder.ENCODED_LENGTH;
    OriginDecoder origin = new OriginDecoder().wrap(buffer, at);
    int gateway = origin.gateway();
    if (origin.gatewaySequence() <= gateways.getOrDefault(gateway, 0L)) {
      return NOBODY;
    }
    gateways.put(gateway, origin.gatewaySequence());
    Session session = sessions.get(origin.sessionId());
    if (message.templateId() < 10
        && (session == null
            || (session.flags & Sessions.CONNECTED) == 0
            || session.epoch != origin.connectionEpoch())) {
      stale++;
      return NOBODY;
    }
    switch (message.templateId()) {
      case 1 ->
          enter(
              session, new EnterOrderDecoder().wrap(buffer, at, EnterOrderDecoder.BLOCK_LENGTH, 1));
      case 2 ->
          replace(
              session,
              new ReplaceOrderDecoder().wrap(buffer, at, ReplaceOrderDecoder.BLOCK_LENGTH, 1));
      case 3 ->
          cancel(
              session,
              new CancelOrderDecoder().wrap(buffer, at, CancelOrderDecoder.BLOCK_LENGTH, 1));
      case 4 ->
          modify(
              session,
              new ModifyOrderDecoder().wrap(buffer, at, ModifyOrderDecoder.BLOCK_LENGTH, 1));
      case 5 -> {
        MassCancelDecoder c =
            new MassCancelDecoder().wrap(buffer, at, MassCancelDecoder.BLOCK_LENGTH, 1);
        massCancel(session, c);
      }
      case 6 -> {
        DisableOrderEntryDecoder c =
            new DisableOrderEntryDecoder()
                .wrap(buffer, at, DisableOrderEntryDecoder.BLOCK_LENGTH, 1);
        disable(session, c);
      }
      case 7 -> {
        EnableOrderEntryDecoder c =
            new EnableOrderEntryDecoder().wrap(buffer, at, EnableOrderEntryDecoder.BLOCK_LENGTH, 1);
        enable(session, c);
      }
      case 8 -> {
        AccountQueryDecoder c =
            new AccountQueryDecoder().wrap(buffer, at, AccountQueryDecoder.BLOCK_LENGTH, 1);
        if (c.verdict() == 0) {
          AccountQueriedEncoder e = new AccountQueriedEncoder();
          e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
              .sessionMessageNumber(++session.messages)
              .nextUserRefNum(session.highest.getOrDefault((int) c.userRefIdx(), 0L) + 1)
              .sessionId(session.id)
              .userRefIdx(c.userRefIdx());
        }
      }
      case 10 -> connect(origin.sessionId(), session, origin.connectionEpoch());
      case 11 -> {
        DisconnectSessionDecoder c =
            new DisconnectSessionDecoder()
                .wrap(buffer, at, DisconnectSessionDecoder.BLOCK_LENGTH, 1);
        if (session != null
            && (session.flags & 2) != 0
            && session.epoch == origin.connectionEpoch()) {
          disconnect(session, c.reason());
        }
      }
      case 20 -> openDay(new OpenDayDecoder().wrap(buffer, at, OpenDayDecoder.BLOCK_LENGTH, 1));
      case 21 ->
          defineInstrument(
              new DefineInstrumentDecoder()
                  .wrap(buffer, at, DefineInstrumentDecoder.BLOCK_LENGTH, 1));
      case 22 ->
          defineSession(
              origin.sessionId(),
              session,
              new DefineSessionDecoder().wrap(buffer, at, DefineSessionDecoder.BLOCK_LENGTH, 1));
      case 23 -> {
        StartTradingDecoder c =
            new StartTradingDecoder().wrap(buffer, at, StartTradingDecoder.BLOCK_LENGTH, 1);
        if (day == 1) {
          day = 2;
          notifyFeed('S');
          notifyFeed('Q');
          admin(c.correlationId(), 1, 'Y');
        } else {
          admin(c.correlationId(), 0, day == 2 ? 'N' : 'X');
        }
      }
      case 24 -> closeDay(new CloseDayDecoder().wrap(buffer, at, CloseDayDecoder.BLOCK_LENGTH, 1));
      case 25 ->
          setState(
              new SetTradingStateDecoder()
                  .wrap(buffer, at, SetTradingStateDecoder.BLOCK_LENGTH, 1));
      case 26 ->
          control(
              session,
              new ControlSessionDecoder().wrap(buffer, at, ControlSessionDecoder.BLOCK_LENGTH, 1));
      case 27 -> {
        return new MarkStateDecoder()
            .wrap(buffer, at, MarkStateDecoder.BLOCK_LENGTH, 1)
            .correlationId();
      }
      case 28 -> {
        return NOBODY;
      }
      default -> throw new IllegalStateException();
    }
    return NOBODY;
  }

  private static boolean sent(TagsDecoder tags, int tag) {
    return (tags.present() & (1L << tag)) != 0;
  }

  private int event(int block) {
    int at = length;
    length = BitUtil.align(at + 8 + block, 8);
    out.setMemory(at, length - at, (byte) 0);
    count++;
    return at;
  }

  private boolean open() {
    return day == 1 || day == 2;
  }

  private boolean takesUrn(Session s, int channel, long urn) {
    if (urn <= s.highest.getOrDefault(channel, 0L)) {
      return false;
    }
    s.highest.put(channel, urn);
    return true;
  }

  private void refuse(Session s, int channel, long urn, int reason) {
    reject(s, channel, urn, reason, "              ".getBytes(StandardCharsets.US_ASCII));
  }

  /** The firm of a session that is meant by four characters, or null. */
  private static String firmOf(Session s, String sent) {
    List<String> firms = new ArrayList<>();
    for (int i = 0; i < 16; i += 4) {
      firms.add(s.firms.substring(i, i + 4));
    }
    if (sent.isBlank()) {
      return firms.get(0);
    }
    return firms.contains(sent) ? sent : null;
  }

  private void massCancel(Session s, MassCancelDecoder c) {
    TagsDecoder t = c.tags();
    int channel = sent(t, 28) ? t.userRefIdx() : 0;
    if (!takesUrn(s, channel, c.userRefNum())) {
      return;
    }
    String firm = firmOf(s, c.firm());
    boolean allSymbols = c.symbol() == 0x2020202020202020L;
    Instrument i = bySymbol(c.symbol());
    int reason = 0;
    if (c.verdict() != 0) {
      reason = c.verdict();
    } else if (firm == null) {
      reason = 0xC;
    } else if (!allSymbols && i == null) {
      reason = 0x17;
    } else if (sent(t, 27) && t.side() != 'B' && !sells(t.side())) {
      reason = 9;
    }
    if (reason != 0) {
      refuse(s, channel, c.userRefNum(), reason);
      return;
    }
    MassCanceledEncoder e = new MassCanceledEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .sessionMessageNumber(++s.messages)
        .symbol(c.symbol())
        .userRefNum(c.userRefNum())
        .sessionId(s.id)
        .firm(c.firm());
    echo(t, mask(24, 27, 28), e.tags());
    for (Order o : new ArrayList<>(s.open.values())) {
      boolean hit =
          o.channel == channel
              && o.firm == bytes(firm)
              && (allSymbols || o.instrument == i.id)
              && (!sent(t, 27) || o.side == t.side())
              && (!sent(t, 24) || o.group == t.groupId());
      if (hit) {
        canceled(o, o.remaining, 'U', true);
      }
    }
  }

  private void disable(Session s, DisableOrderEntryDecoder c) {
    if (allowsOrderEntry(s, c.userRefIdx(), c.userRefNum(), c.verdict(), c.firm())) {
      s.disabledFirms.add(firmOf(s, c.firm()));
      OrderEntryDisabledEncoder e = new OrderEntryDisabledEncoder();
      e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
          .sessionMessageNumber(++s.messages)
          .userRefNum(c.userRefNum())
          .sessionId(s.id)
          .userRefIdx(c.userRefIdx())
          .firm(c.firm());
    }
  }

  private void enable(Session s, EnableOrderEntryDecoder c) {
    if (allowsOrderEntry(s, c.userRefIdx(), c.userRefNum(), c.verdict(), c.firm())) {
      s.disabledFirms.remove(firmOf(s, c.firm()));
      OrderEntryEnabledEncoder e = new OrderEntryEnabledEncoder();
      e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
          .sessionMessageNumber(++s.messages)
          .userRefNum(c.userRefNum())
          .sessionId(s.id)
          .userRefIdx(c.userRefIdx())
          .firm(c.firm());
    }
  }

  private boolean allowsOrderEntry(Session s, int channel, long urn, int verdict, String firm) {
    if (!takesUrn(s, channel, urn)) {
      return false;
    }
    int reason = verdict != 0 ? verdict : firmOf(s, firm) == null ? 0xC : 0;
    if (reason != 0) {
      refuse(s, channel, urn, reason);
    }
    return reason == 0;
  }

  private void reject(Session s, int channel, long urn, int reason, byte[] clOrdId) {
    OrderRejectedEncoder e = new OrderRejectedEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .sessionMessageNumber(++s.messages)
        .userRefNum(urn)
        .sessionId(s.id)
        .reason(reason)
        .userRefIdx((short) channel)
        .putClOrdId(clOrdId, 0);
  }

  private Instrument bySymbol(long symbol) {
    for (Instrument i : instruments.values()) {
      if (i.symbol == symbol) {
        return i;
      }
    }
    return null;
  }

  private static boolean sells(byte side) {
    return side == 'S' || side == 'T' || side == 'E';
  }

  private static int priceReason(long price, long tick) {
    if (price >= 2_000_000_000L) {
      return 0x2C;
    }
    return price > 0 && price <= 1_999_999_900L && price % tick == 0 ? 0 : 0x1D;
  }

  private static int tagReason(TagsDecoder t, boolean replaces) {
    if (sent(t, 3) && t.minQty() > 0) {
      return 0xD;
    }
    if (sent(t, 5) && t.maxFloor() > 0) {
      return 4;
    }
    if (sent(t, 13) && t.randomReserves() > 0) {
      return 4;
    }
    if (sent(t, 6) && t.priceType() != 'L') {
      return "PMRQm".indexOf(t.priceType()) >= 0 ? 0x11 : 5;
    }
    if (sent(t, 7) && t.pegOffset() != 0) {
      return 5;
    }
    if (sent(t, 11) && t.discretionPegOffset() != 0) {
      return 5;
    }
    if (sent(t, 9) && t.discretionPrice() != 0) {
      return 0xF;
    }
    if (sent(t, 10) && t.discretionPriceType() != 'L') {
      return 0xF;
    }
    if (sent(t, 12) && t.postOnly() == 'P') {
      return 0xF;
    }
    if (sent(t, 16) && t.tradeNow() == 'Y') {
      return 0xF;
    }
    if (sent(t, 17) && t.handleInst() != ' ') {
      return 0x14;
    }
    return lastTagReason(t, replaces);
  }

  /** Customer type can't stand on Replace and counts as not sent. */
  private static int lastTagReason(TagsDecoder t, boolean replaces) {
    if (!replaces && sent(t, 4) && t.customerType() == 'R') {
      return 0x1A;
    }
    if (sent(t, 15) && t.expireTime() > 0) {
      return 0xF;
    }
    return sent(t, 29) && "*N".indexOf(t.aiqStrategy()) < 0 ? 0x40 : 0;
  }

  private int enterReason(Session s, EnterOrderDecoder c, Instrument i) {
    if (c.verdict() != 0) {
      return c.verdict();
    }
    if (day != 2) {
      return 2;
    }
    if (i != null && i.state != 'T') {
      return 7;
    }
    if ((s.flags & 4) != 0) {
      return 0xC;
    }
    if (c.side() != 'B' && !sells(c.side())) {
      return 9;
    }
    if (c.quantity() < 1 || c.quantity() > 999_999 || (i != null && c.quantity() % i.lot != 0)) {
      return 0x13;
    }
    if (i == null) {
      return 0x17;
    }
    if (priceReason(c.price(), i.tick) != 0) {
      return priceReason(c.price(), i.tick);
    }
    if (c.timeInForce() != '0' && c.timeInForce() != '3') {
      return 0xF;
    }
    if (c.display() != 'Y' && c.display() != 'A') {
      return 3;
    }
    if ("APRO".indexOf(c.capacity()) < 0) {
      return 0xF;
    }
    if (c.interMarketSweep() != 'N') {
      return 8;
    }
    if (c.crossType() != 'N') {
      return c.crossType() == 'R' ? 0x1A : 0x14;
    }
    String firm = firmOf(s, c);
    if (firm == null || s.disabledFirms.contains(firm)) {
      return 0xC;
    }
    if (tagReason(c.tags(), false) != 0) {
      return tagReason(c.tags(), false);
    }
    if (s.open.size() >= capacities.maxOpenOrdersOfSession()) {
      return 0xF;
    }
    boolean fresh = c.timeInForce() == '0' && !i.side(c.side() == 'B').containsKey(c.price());
    boolean full = orders() >= capacities.maxOrders();
    return full || (fresh && levels() >= capacities.maxLevels()) ? 0xA : 0;
  }

  private static String firmOf(Session s, EnterOrderDecoder c) {
    return firmOf(s, sent(c.tags(), 2) ? c.tags().firm() : "    ");
  }

  private static int bytes(String four) {
    return (four.charAt(3) << 24) | (four.charAt(2) << 16) | (four.charAt(1) << 8) | four.charAt(0);
  }

  private void enter(Session s, EnterOrderDecoder c) {
    int channel = sent(c.tags(), 28) ? c.tags().userRefIdx() : 0;
    if (!takesUrn(s, channel, c.userRefNum())) {
      return;
    }
    byte[] clOrdId = new byte[14];
    c.getClOrdId(clOrdId, 0);
    Instrument i = bySymbol(c.symbol());
    int reason = enterReason(s, c, i);
    if (reason != 0) {
      reject(s, channel, c.userRefNum(), reason, clOrdId);
      return;
    }
    Order o = new Order();
    o.number = ++orderNumbers;
    o.price = c.price();
    o.remaining = c.quantity();
    o.urn = c.userRefNum();
    o.session = s.id;
    o.instrument = i.id;
    o.channel = channel;
    o.group = sent(c.tags(), 24) ? c.tags().groupId() : 0;
    o.side = c.side();
    o.tif = c.timeInForce();
    o.display = c.display();
    o.capacity = c.capacity();
    o.sweep = c.interMarketSweep();
    o.firm = bytes(firmOf(s, c));
    o.clOrdId = clOrdId;
    int accepted = mask(2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 24, 25, 28, 29, 30);
    o.present = (int) c.tags().present() & (accepted | mask(26));
    boolean rests = o.tif == '0' && !crosses(i, o);
    OrderAcceptedEncoder e = new OrderAcceptedEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .sessionMessageNumber(++s.messages)
        .feedMessageNumber(rests ? ++feed : 0)
        .orderNumber(o.number)
        .symbol(i.symbol)
        .price(o.price)
        .userRefNum(o.urn)
        .quantity(o.remaining)
        .sessionId(s.id)
        .instrumentId(i.id)
        .side(o.side)
        .timeInForce(o.tif)
        .display(o.display)
        .capacity(o.capacity)
        .interMarketSweep(o.sweep)
        .crossType((byte) 'N')
        .orderState((byte) 'L')
        .putClOrdId(clOrdId, 0);
    out.putInt(e.offset() + OrderAcceptedEncoder.attributionEncodingOffset(), o.firm);
    echo(c.tags(), accepted, e.tags());
    trade(i, o, rests);
  }

  private static int mask(int... tags) {
    int mask = 0;
    for (int tag : tags) {
      mask |= 1 << tag;
    }
    return mask;
  }

  private static void echo(TagsDecoder from, int allowed, TagsEncoder to) {
    long present = from.present() & allowed;
    to.present(present);
    if ((present & mask(2)) != 0) {
      to.firm(from.firm());
    }
    if ((present & mask(3)) != 0) {
      to.minQty(from.minQty());
    }
    if ((present & mask(4)) != 0) {
      to.customerType(from.customerType());
    }
    if ((present & mask(5)) != 0) {
      to.maxFloor(from.maxFloor());
    }
    if ((present & mask(7)) != 0) {
      to.pegOffset(from.pegOffset());
    }
    if ((present & mask(9)) != 0) {
      to.discretionPrice(from.discretionPrice());
    }
    if ((present & mask(11)) != 0) {
      to.discretionPegOffset(from.discretionPegOffset());
    }
    if ((present & mask(13)) != 0) {
      to.randomReserves(from.randomReserves());
    }
    if ((present & mask(15)) != 0) {
      to.expireTime(from.expireTime());
    }
    if ((present & mask(6)) != 0) {
      to.priceType(from.priceType());
    }
    if ((present & mask(12)) != 0) {
      to.postOnly(from.postOnly());
    }
    if ((present & mask(16)) != 0) {
      to.tradeNow(from.tradeNow());
    }
    if ((present & mask(17)) != 0) {
      to.handleInst(from.handleInst());
    }
    if ((present & mask(10)) != 0) {
      to.discretionPriceType(from.discretionPriceType());
    }
    if ((present & mask(24)) != 0) {
      to.groupId(from.groupId());
    }
    if ((present & mask(25)) != 0) {
      to.sharesLocated(from.sharesLocated());
    }
    if ((present & mask(26)) != 0) {
      to.locateBroker(from.locateBroker());
    }
    if ((present & mask(27)) != 0) {
      to.side(from.side());
    }
    if ((present & mask(28)) != 0) {
      to.userRefIdx(from.userRefIdx());
    }
    if ((present & mask(29)) != 0) {
      to.aiqStrategy(from.aiqStrategy());
    }
    if ((present & mask(30)) != 0) {
      to.aiqGroupId(from.aiqGroupId());
    }
  }

  private static boolean crosses(Instrument i, Order o) {
    TreeMap<Long, ArrayDeque<Order>> other = i.side(!o.buys());
    return !other.isEmpty()
        && (o.buys() ? other.firstKey() <= o.price : other.firstKey() >= o.price);
  }

  private static long key(int channel, long urn) {
    return ((long) channel << 32) | urn;
  }

  private void trade(Instrument i, Order o, boolean rests) {
    Session s = sessions.get(o.session);
    while (o.remaining > 0 && crosses(i, o)) {
      Order r = i.side(!o.buys()).firstEntry().getValue().peekFirst();
      long q = Math.min(o.remaining, r.remaining);
      for (Order each : List.of(o, r)) {
        each.remaining -= q;
        each.executed += q;
        each.chain += q;
      }
      OrderExecutedEncoder e = new OrderExecutedEncoder();
      e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
          .feedMessageNumber(++feed)
          .matchNumber(++matchNumbers)
          .price(r.price)
          .restingOrderNumber(r.number)
          .restingMessageNumber(++sessions.get(r.session).messages)
          .incomingOrderNumber(o.number)
          .incomingMessageNumber(++s.messages)
          .quantity(q)
          .restingUserRefNum(r.urn)
          .restingRemaining(r.remaining)
          .incomingUserRefNum(o.urn)
          .incomingRemaining(o.remaining)
          .restingSessionId(r.session)
          .incomingSessionId(o.session)
          .instrumentId(i.id)
          .restingUserRefIdx((short) r.channel)
          .incomingUserRefIdx((short) o.channel)
          .restingLiquidity((byte) 'A')
          .incomingLiquidity((byte) 'R');
      if (r.remaining == 0) {
        remove(r);
      }
    }
    if (o.remaining > 0 && o.tif == '0') {
      i.side(o.buys()).computeIfAbsent(o.price, p -> new ArrayDeque<>()).addLast(o);
      s.open.put(key(o.channel, o.urn), o);
      if (!rests) {
        OrderRestedEncoder e = new OrderRestedEncoder();
        e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
            .feedMessageNumber(++feed)
            .orderNumber(o.number)
            .symbol(i.symbol)
            .price(o.price)
            .quantity(o.remaining)
            .instrumentId(i.id)
            .side(o.side)
            .display(o.display);
        out.putInt(e.offset() + OrderRestedEncoder.attributionEncodingOffset(), o.firm);
      }
    } else if (o.remaining > 0) {
      canceled(o, o.remaining, 'I', false);
    }
  }

  private void remove(Order o) {
    TreeMap<Long, ArrayDeque<Order>> side = instruments.get(o.instrument).side(o.buys());
    ArrayDeque<Order> level = side.get(o.price);
    level.remove(o);
    if (level.isEmpty()) {
      side.remove(o.price);
    }
    sessions.get(o.session).open.remove(key(o.channel, o.urn));
  }

  private void canceled(Order o, long quantity, char reason, boolean inBook) {
    o.remaining -= quantity;
    if (o.remaining == 0 && inBook) {
      remove(o);
    }
    OrderCanceledEncoder e = new OrderCanceledEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .sessionMessageNumber(++sessions.get(o.session).messages)
        .feedMessageNumber(inBook ? ++feed : 0)
        .orderNumber(o.number)
        .userRefNum(o.urn)
        .quantity(quantity)
        .remaining(o.remaining)
        .sessionId(o.session)
        .instrumentId(o.instrument)
        .reason((byte) reason)
        .userRefIdx((short) o.channel);
  }

  private void replace(Session s, ReplaceOrderDecoder c) {
    TagsDecoder t = c.tags();
    int channel = sent(t, 28) ? t.userRefIdx() : 0;
    Order o = s.open.get(key(channel, c.origUserRefNum()));
    if (o == null || c.userRefNum() <= s.highest.getOrDefault(channel, 0L)) {
      return;
    }
    Instrument i = instruments.get(o.instrument);
    boolean disabled =
        (s.flags & 4) != 0 || s.disabledFirms.stream().anyMatch(firm -> bytes(firm) == o.firm);
    int reason = c.verdict() != 0 ? c.verdict() : disabled ? 0xC : i.state != 'T' ? 7 : 0;
    boolean sideKept = !sent(t, 27) || t.side() == o.side || (sells(t.side()) && sells(o.side));
    boolean valid =
        c.quantity() >= 1
            && c.quantity() <= 999_999
            && c.quantity() % i.lot == 0
            && c.quantity() > o.chain
            && priceReason(c.price(), i.tick) == 0
            && (c.timeInForce() == '0' || c.timeInForce() == '3')
            && (c.display() == 'Y' || c.display() == 'A')
            && c.interMarketSweep() == 'N'
            && sideKept
            && tagReason(t, true) == 0;
    if (reason == 0 && !valid) {
      canceled(o, o.remaining, 'U', true);
      return;
    }
    TreeMap<Long, ArrayDeque<Order>> side = i.side(o.buys());
    if (reason == 0
        && c.timeInForce() == '0'
        && levels() >= capacities.maxLevels()
        && !side.containsKey(c.price())
        && side.get(o.price).size() > 1) {
      reason = 0xA;
    }
    s.highest.put(channel, c.userRefNum());
    byte[] clOrdId = new byte[14];
    c.getClOrdId(clOrdId, 0);
    if (reason != 0) {
      reject(s, channel, c.userRefNum(), reason, clOrdId);
      return;
    }
    remove(o);
    long origNumber = o.number;
    o.number = ++orderNumbers;
    o.price = c.price();
    o.remaining = c.quantity() - o.chain;
    o.executed = 0;
    o.urn = c.userRefNum();
    o.tif = c.timeInForce();
    o.display = c.display();
    o.sweep = c.interMarketSweep();
    o.side = sent(t, 27) ? t.side() : o.side;
    o.clOrdId = clOrdId;
    o.hashKey = 0;
    o.present =
        (o.present & ~mask(25, 26))
            | ((int) t.present()
                & mask(3, 5, 6, 7, 9, 10, 11, 12, 13, 15, 16, 17, 25, 26, 28, 29, 30));
    boolean rests = o.tif == '0' && !crosses(i, o);
    OrderReplacedEncoder e = new OrderReplacedEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .sessionMessageNumber(++s.messages)
        .feedMessageNumber(++feed)
        .origOrderNumber(origNumber)
        .orderNumber(o.number)
        .symbol(i.symbol)
        .price(o.price)
        .origUserRefNum(c.origUserRefNum())
        .userRefNum(o.urn)
        .quantity(o.remaining)
        .sessionId(s.id)
        .instrumentId(i.id)
        .side(o.side)
        .timeInForce(o.tif)
        .display(o.display)
        .capacity(o.capacity)
        .interMarketSweep(o.sweep)
        .crossType((byte) 'N')
        .orderState((byte) 'L')
        .feedAction((byte) (rests ? 'U' : 'D'))
        .putClOrdId(clOrdId, 0);
    echo(t, mask(3, 5, 6, 12, 15, 16, 17, 28, 29, 30), e.tags());
    trade(i, o, rests);
  }

  private void cancel(Session s, CancelOrderDecoder c) {
    Order o = s.open.get(key(c.userRefIdx(), c.userRefNum()));
    if (c.verdict() == 0 && o != null) {
      long target = Math.max(0, c.quantity() - o.executed);
      if (target < o.remaining) {
        canceled(o, o.remaining - target, 'U', true);
      }
    }
  }

  private void modify(Session s, ModifyOrderDecoder c) {
    int channel = sent(c.tags(), 28) ? c.tags().userRefIdx() : 0;
    Order o = s.open.get(key(channel, c.userRefNum()));
    if (c.verdict() != 0 || o == null) {
      return;
    }
    boolean allowed = c.side() == o.side || (sells(c.side()) && sells(o.side));
    long target = Math.max(0, c.quantity() - o.executed);
    if (!allowed || target > o.remaining || (target == o.remaining && c.side() == o.side)) {
      return;
    }
    if (target == 0) {
      canceled(o, o.remaining, 'U', true);
      return;
    }
    long decrement = o.remaining - target;
    o.remaining = target;
    o.side = c.side();
    o.hashKey = 0;
    OrderModifiedEncoder e = new OrderModifiedEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .sessionMessageNumber(++s.messages)
        .feedMessageNumber(decrement > 0 ? ++feed : 0)
        .orderNumber(o.number)
        .userRefNum(o.urn)
        .quantity(target)
        .decrement(decrement)
        .sessionId(s.id)
        .instrumentId(o.instrument)
        .side(o.side);
    echo(c.tags(), mask(25, 26, 28), e.tags());
  }

  private void connect(int id, Session s, int epoch) {
    char refusal = !open() ? 'C' : s == null ? 'N' : (s.flags & 4) != 0 ? 'D' : ' ';
    if (refusal != ' ') {
      SessionRefusedEncoder e = new SessionRefusedEncoder();
      e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
          .connectionEpoch(epoch)
          .sessionId(id)
          .reason((byte) refusal);
    } else if (epoch > s.epoch) {
      SessionConnectedEncoder e = new SessionConnectedEncoder();
      e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
          .nextMessageNumber(s.messages + 1)
          .connectionEpoch(epoch)
          .sessionId(id)
          .takenOver((short) ((s.flags & 2) != 0 ? 1 : 0));
      s.epoch = epoch;
      s.flags |= 2;
      s.deadline = 0;
    }
  }

  private void notifyFeed(char code) {
    FeedNotifiedEncoder e = new FeedNotifiedEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .feedMessageNumber(++feed)
        .eventCode((byte) code);
  }

  private void notifySession(Session s, char code) {
    SessionNotifiedEncoder e = new SessionNotifiedEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .sessionMessageNumber(++s.messages)
        .sessionId(s.id)
        .eventCode((byte) code);
  }

  private void admin(long correlationId, long touched, char result) {
    if (correlationId != 0) {
      AdminCompletedEncoder e = new AdminCompletedEncoder();
      e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
          .correlationId(correlationId)
          .count(touched)
          .result((byte) result);
    }
  }

  private void openDay(OpenDayDecoder c) {
    if (day != 0) {
      admin(c.correlationId(), 0, date == c.date() ? 'N' : 'X');
      return;
    }
    day = 1;
    date = c.date();
    midnight = c.midnightNs();
    DayOpenedEncoder e = new DayOpenedEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .midnightNs(midnight)
        .date(date)
        .ruleVersion(3)
        .streamSession(c.streamSession());
    notifyFeed('O');
    admin(c.correlationId(), 1, 'Y');
  }

  private void defineInstrument(DefineInstrumentDecoder c) {
    Instrument i = bySymbol(c.symbol());
    boolean valid = open() && c.tick() > 0 && c.lot() >= 1 && c.lot() <= 999_999;
    if (!valid || (i == null && instruments.size() >= capacities.maxInstruments())) {
      admin(c.correlationId(), 0, 'X');
    } else if (i != null) {
      boolean same = i.tick == c.tick() && i.lot == c.lot() && i.reference == c.referencePrice();
      admin(c.correlationId(), 0, same ? 'N' : 'X');
    } else {
      i = new Instrument();
      i.id = instruments.size() + 1;
      i.symbol = c.symbol();
      i.tick = c.tick();
      i.lot = c.lot();
      i.reference = c.referencePrice();
      instruments.put(i.id, i);
      InstrumentListedEncoder e = new InstrumentListedEncoder();
      e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
          .feedMessageNumber(++feed)
          .symbol(i.symbol)
          .tick(i.tick)
          .lot(i.lot)
          .instrumentId(i.id);
      stateChanged(i);
      admin(c.correlationId(), 1, 'Y');
    }
  }

  private void stateChanged(Instrument i) {
    TradingStateChangedEncoder e = new TradingStateChangedEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
        .feedMessageNumber(++feed)
        .symbol(i.symbol)
        .instrumentId(i.id)
        .tradingState(i.state)
        .reason(i.reason);
  }

  private void setState(SetTradingStateDecoder c) {
    Instrument i = bySymbol(c.symbol());
    if (!open() || i == null || (c.tradingState() != 'T' && c.tradingState() != 'H')) {
      admin(c.correlationId(), 0, 'X');
    } else if (i.state == c.tradingState() && i.reason.equals(c.reason())) {
      admin(c.correlationId(), 0, 'N');
    } else {
      i.state = c.tradingState();
      i.reason = c.reason();
      stateChanged(i);
      admin(c.correlationId(), 1, 'Y');
    }
  }

  private void defineSession(int id, Session s, DefineSessionDecoder c) {
    String username = c.username();
    boolean taken = sessions.values().stream().anyMatch(o -> o.username.equals(username));
    if (!open() || id >= capacities.maxSessions()) {
      admin(c.correlationId(), 0, 'X');
    } else if (s != null) {
      boolean same =
          s.username.equals(username)
              && s.firms.equals(c.firms())
              && s.gateway == c.homeGateway()
              && s.grace == c.cancelOnDisconnectMs();
      admin(c.correlationId(), 0, same ? 'N' : 'X');
    } else if (taken) {
      admin(c.correlationId(), 0, 'X');
    } else {
      s = new Session();
      s.id = id;
      s.username = username;
      s.firms = c.firms();
      s.gateway = c.homeGateway();
      s.grace = c.cancelOnDisconnectMs();
      s.flags = 1;
      sessions.put(id, s);
      SessionDefinedEncoder e = new SessionDefinedEncoder();
      e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header)
          .sessionId(id)
          .homeGateway((short) s.gateway)
          .cancelOnDisconnectMs(s.grace)
          .username(username)
          .firms(s.firms);
      notifySession(s, 'S');
      admin(c.correlationId(), 1, 'Y');
    }
  }

  private void closeDay(CloseDayDecoder c) {
    if (!open()) {
      admin(c.correlationId(), 0, day == 3 ? 'N' : 'X');
      return;
    }
    notifyFeed('M');
    long touched = 0;
    for (Instrument i : instruments.values()) {
      List<Order> all = new ArrayList<>();
      i.bids.values().forEach(all::addAll);
      i.asks.values().forEach(all::addAll);
      for (Order o : all) {
        canceled(o, o.remaining, 'E', true);
        touched++;
      }
    }
    for (Session s : sessions.values()) {
      s.deadline = 0;
      notifySession(s, 'E');
    }
    notifyFeed('E');
    notifyFeed('C');
    day = 3;
    DayClosedEncoder e = new DayClosedEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header).date(date);
    admin(c.correlationId(), touched, 'Y');
  }

  private void control(Session s, ControlSessionDecoder c) {
    if (s == null) {
      admin(c.correlationId(), 0, 'X');
      return;
    }
    char action = (char) c.action();
    long touched = 1;
    boolean effective =
        switch (action) {
          case 'D' -> (s.flags & 4) == 0;
          case 'E' -> (s.flags & 4) != 0;
          case 'X' -> (s.flags & 2) != 0;
          default -> true;
        };
    if ("DECX".indexOf(action) < 0) {
      admin(c.correlationId(), 0, 'X');
      return;
    }
    if (!effective) {
      admin(c.correlationId(), 0, 'N');
      return;
    }
    if (action == 'C') {
      touched = s.open.size();
      for (Iterator<Order> i = new ArrayList<>(s.open.values()).iterator(); i.hasNext(); ) {
        Order o = i.next();
        canceled(o, o.remaining, 'S', true);
      }
    }
    s.flags = action == 'D' ? s.flags | 4 : action == 'E' ? s.flags & ~4 : s.flags;
    SessionControlledEncoder e = new SessionControlledEncoder();
    e.wrapAndApplyHeader(out, event(e.sbeBlockLength()), header).sessionId(s.id).action(c.action());
    admin(c.correlationId(), touched, 'Y');
  }

  private static long little(byte[] bytes, int from) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = (value << 8) | (from + i < bytes.length ? bytes[from + i] & 0xFF : 0);
    }
    return value;
  }

  private static long counter(int id, long value) {
    return StateHash.key(StateHash.COUNTER, id) * value;
  }

  long logHash() {
    return logHash;
  }

  long stateHash() {
    long hash =
        counter(Header.LAST_SEQUENCE, sequence)
            + counter(Header.LAST_TIME_NS, timeNs)
            + counter(Header.DAY_STATE, day)
            + counter(Header.DATE, date)
            + counter(Header.MIDNIGHT_NS, midnight)
            + counter(Header.ORDER_NUMBER, orderNumbers)
            + counter(Header.MATCH_NUMBER, matchNumbers)
            + counter(Header.FEED_NUMBER, feed)
            + counter(Header.STALE_COMMANDS, stale)
            + counter(Header.INSTRUMENTS, instruments.size())
            + counter(Header.SESSIONS, sessions.size());
    for (Map.Entry<Integer, Long> g : gateways.entrySet()) {
      hash += StateHash.key(StateHash.GATEWAY, g.getKey()) * g.getValue();
    }
    for (Instrument i : instruments.values()) {
      hash += Instruments.definitionHash(i.id, i.symbol, i.tick, i.reference, (int) i.lot);
      hash += StateHash.key(StateHash.TRADING_STATE, i.id) * i.state;
      hash += StateHash.key(StateHash.HALT_REASON, i.id) * bytes(i.reason);
    }
    for (Session s : sessions.values()) {
      hash += hash(s);
    }
    return hash;
  }

  private static long hash(Session s) {
    byte[] firms = s.firms.getBytes(StandardCharsets.US_ASCII);
    byte[] name = s.username.getBytes(StandardCharsets.US_ASCII);
    long hash =
        Sessions.definitionHash(
            s.id,
            little(name, 0) | ((long) s.gateway << 48),
            little(firms, 0),
            little(firms, 8),
            s.grace);
    int flags = s.flags;
    for (int i = 0; i < 4; i++) {
      String firm = s.firms.substring(4 * i, 4 * i + 4);
      flags |= s.disabledFirms.contains(firm) ? 8 << i : 0;
    }
    hash += StateHash.key(StateHash.SESSION_FLAGS, s.id) * flags;
    hash += StateHash.key(StateHash.SESSION_DEADLINE, s.id) * s.deadline;
    hash += StateHash.key(StateHash.SESSION_EPOCH, s.id) * s.epoch;
    hash += StateHash.key(StateHash.SESSION_MESSAGE, s.id) * s.messages;
    for (Map.Entry<Integer, Long> c : s.highest.entrySet()) {
      hash += StateHash.key(StateHash.CHANNEL, ((long) s.id << 8) | c.getKey()) * c.getValue();
    }
    for (Order o : s.open.values()) {
      o.hashKey = o.hashKey == 0 ? hashKey(o) : o.hashKey;
      hash += o.hashKey * StateHash.orderValue((int) o.remaining, (int) o.chain);
    }
    return hash;
  }

  private static long hashKey(Order o) {
    long what = o.urn | ((long) o.session << 32) | ((long) o.instrument << 48);
    long how =
        o.channel
            | ((long) o.side << 8)
            | ((long) o.tif << 16)
            | ((long) o.display << 24)
            | ((long) o.capacity << 32)
            | ((long) o.sweep << 40)
            | ((long) o.group << 48);
    return StateHash.order(
        o.number,
        (int) o.price,
        what,
        how,
        (int) (o.chain - o.executed),
        o.firm,
        o.present,
        little(o.clOrdId, 0),
        little(o.clOrdId, 6));
  }
}
