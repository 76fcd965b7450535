package io.tradepit.main;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.StartException;
import io.tradepit.matching.Capacities;
import io.tradepit.matching.Matcher;
import io.tradepit.protocol.sbe.AdminCompletedDecoder;
import io.tradepit.protocol.sbe.DefineInstrumentEncoder;
import io.tradepit.protocol.sbe.DefineSessionEncoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OpenDayEncoder;
import io.tradepit.protocol.sbe.StartTradingEncoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * Opens the trading day by the operator's commands: the day itself, its instruments and sessions,
 * the start of trading.
 *
 * <p>On a day that goes on, everything is defined again: what is as it was changes nothing, what
 * was cut short by a kill is finished, and what differs from the day is refused by name. Starting
 * thread only.
 */
final class DayOpening implements EventHandler {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final char REFUSED = 'X';
  private static final long MARK = 1L << 62;

  private final SegmentConfig config;
  private final OperatorCommands commands;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final AdminCompletedDecoder completed = new AdminCompletedDecoder();
  private final Map<Long, String> waiting = new LinkedHashMap<>();
  private String refused;

  /**
   * @param lastGatewaySequence of the segment itself, as it stands in the log
   */
  DayOpening(SegmentConfig config, RingBuffer ring, long lastGatewaySequence) {
    this.config = config;
    this.commands = new OperatorCommands(ring, lastGatewaySequence);
  }

  /** Sends what opens the day; the matcher is read before its thread runs. */
  void send(Matcher matcher, Capacities capacities, int day) {
    if (!matcher.isDayOpen()) {
      sendDay(capacities, day);
    }
    config.instruments().forEach(this::sendInstrument);
    int free = 0;
    for (SegmentConfig.Session session : config.sessions()) {
      int id = matcher.session(littleEndian(session.username()));
      if (id < 0) {
        free = freeId(matcher, free);
        id = free++;
      }
      sendSession(id, session);
    }
    if (!matcher.isTrading()) {
      StartTradingEncoder start = commands.startTrading();
      start.correlationId(expect("start of trading")).who(0);
      commands.send(StartTradingEncoder.BLOCK_LENGTH);
    }
  }

  // The configuration may name sessions in another order than the day was opened with.
  private static int freeId(Matcher matcher, int from) {
    int id = from;
    while (matcher.isSessionDefined(id)) {
      id++;
    }
    return id;
  }

  /**
   * Waits until all of it is in the log and applied.
   *
   * @throws StartException when the day refuses a definition, or does not answer
   */
  void await(EventReader events, Faults faults) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!waiting.isEmpty() && refused == null) {
      if (events.poll(this, 16) == 0) {
        LockSupport.parkNanos(50_000);
      }
      if (faults.cause() != null) {
        throw StartFaults.ofAgent(faults.cause());
      }
      if (faults.isStopping() || System.nanoTime() > deadline) {
        throw new StartException(
            ExitCode.OTHER, "the day does not open: no answer for " + waiting.values());
      }
    }
    if (refused != null) {
      throw new StartException(
          ExitCode.CONFIGURATION,
          config.file() + ": " + refused + " differs from what the trading day was opened with");
    }
  }

  @Override
  public void onFrame(DirectBuffer buffer, int offset, int length, long position) {
    int at = offset + EventFrame.HEADER_LENGTH;
    while (at < offset + length) {
      header.wrap(buffer, at);
      if (header.templateId() == AdminCompletedDecoder.TEMPLATE_ID) {
        completed.wrapAndApplyHeader(buffer, at, header);
        onCompleted(completed.correlationId(), (char) completed.result());
      }
      at +=
          BitUtil.align(
              MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength(),
              EventFrame.EVENT_ALIGNMENT);
    }
  }

  private void onCompleted(long correlationId, char result) {
    String what = waiting.remove(correlationId);
    if (what != null && result == REFUSED && refused == null) {
      refused = what;
    }
  }

  private void sendDay(Capacities capacities, int day) {
    LocalDate date = config.day().dateAt(Instant.now());
    OpenDayEncoder open = commands.openDay();
    open.midnightNs(config.day().midnightNs(date))
        .correlationId(expect("day"))
        .who(0)
        .date(Long.parseLong(date.format(DateTimeFormatter.BASIC_ISO_DATE)))
        .maxOrders(capacities.maxOrders())
        .maxLevels(capacities.maxLevels())
        .maxOpenOrdersOfSession(capacities.maxOpenOrdersOfSession())
        .maxInstruments(capacities.maxInstruments())
        .maxSessions(capacities.maxSessions())
        .ruleVersion(Matcher.RULE_VERSION)
        .schemaVersion(OpenDayEncoder.SCHEMA_VERSION)
        .streamSession(streamSession(date, day))
        .zone(config.day().zone().getId());
    commands.send(OpenDayEncoder.BLOCK_LENGTH);
  }

  /**
   * Ten characters that no other day of this segment has: the date and the number of the day in its
   * archive.
   */
  static String streamSession(LocalDate date, int day) {
    return date.format(DateTimeFormatter.BASIC_ISO_DATE) + "%02X".formatted(day & 0xff);
  }

  private void sendInstrument(SegmentConfig.Instrument instrument) {
    DefineInstrumentEncoder define = commands.defineInstrument();
    define
        .symbol(bigEndian(instrument.symbol()))
        .tick(instrument.tick4())
        .referencePrice(instrument.referencePrice4())
        .correlationId(expect("instrument " + instrument.symbol()))
        .who(0)
        .lot(instrument.lot());
    commands.send(DefineInstrumentEncoder.BLOCK_LENGTH);
  }

  private void sendSession(int id, SegmentConfig.Session session) {
    StringBuilder firms = new StringBuilder();
    session.firms().forEach(firm -> firms.append("%-4s".formatted(firm)));
    DefineSessionEncoder define = commands.defineSession(id);
    define
        .correlationId(expect("session " + session.username()))
        .who(0)
        .homeGateway((short) session.gateway())
        .username("%-6s".formatted(session.username()))
        .firms("%-16s".formatted(firms))
        .cancelOnDisconnectMs(
            session
                .cancelOnDisconnect()
                .map(Duration::toMillis)
                .orElse(DefineSessionEncoder.cancelOnDisconnectMsNullValue()));
    commands.send(DefineSessionEncoder.BLOCK_LENGTH);
  }

  // The gateway sequence of the command begun last, marked: operators' ids begin at 1 as well.
  private long expect(String what) {
    long correlationId = MARK | commands.lastGatewaySequence();
    waiting.put(correlationId, what);
    return correlationId;
  }

  private static long bigEndian(String symbol) {
    long value = 0;
    for (char c : "%-8s".formatted(symbol).toCharArray()) {
      value = value << 8 | c;
    }
    return value;
  }

  private static long littleEndian(String username) {
    return Long.reverseBytes(bigEndian("%-6s".formatted(username).concat("\0\0")));
  }
}
