package io.tradepit.tools.journal;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.StartException;
import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.protocol.sbe.DefineSessionDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.stream.LogFailedException;
import io.tradepit.stream.LogFrame;
import io.tradepit.telemetry.Json;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.agrona.DirectBuffer;

/** Prints the commands of a recorded day, a line each, and what came of them. One thread. */
public final class DumpTool {
  private final RecordedDayFiles day;
  private final PrintWriter out;
  private final MessageSchema schema = MessageSchema.read();
  private final MessageText text;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final OriginDecoder origin = new OriginDecoder();
  private final Map<Integer, String> usernames = new HashMap<>();
  private EventCursor events;
  private boolean withEvents;
  private boolean json;

  /**
   * @param number of the day, from 1; 0 = the newest
   * @throws StartException when there is no such day
   */
  public DumpTool(SegmentConfig config, int number, PrintWriter out) {
    this.day = new JournalPlace(config).day(number);
    this.out = out;
    ZoneId zone = DayTerms.read(day.log()).map(DayTerms::zone).orElse(ZoneOffset.UTC);
    this.text = new MessageText(schema, zone);
  }

  /**
   * Prints the commands with sequence numbers {@code from} to {@code to}; ends early when nobody
   * reads any more.
   *
   * @param showEvents whether what came of a command is printed below it
   * @param asJson an object on each line, in place of text
   * @return {@link ExitCode#RECOVERY_REFUSED} when a recording is damaged; the line on {@code out}
   *     before it is the last good one
   */
  public ExitCode show(long from, long to, boolean showEvents, boolean asJson) {
    withEvents = showEvents;
    json = asJson;
    try (LogCursor log = new LogCursor(day.log());
        EventCursor frames = new EventCursor(day.events())) {
      events = frames;
      while (log.next() && log.sequence() <= to && !out.checkError()) {
        onCommand(log, log.sequence() >= from);
      }
      return ExitCode.OK;
    } catch (LogFailedException e) {
      throw new StartException(ExitCode.RECOVERY_REFUSED, e.getMessage(), e);
    } finally {
      out.flush();
    }
  }

  private void onCommand(LogCursor log, boolean isWanted) {
    header.wrap(log.buffer(), LogFrame.HEADER_LENGTH);
    origin.wrap(log.buffer(), LogFrame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH);
    if (header.templateId() == DefineSessionDecoder.TEMPLATE_ID) {
      DefineSessionDecoder define =
          new DefineSessionDecoder().wrapAndApplyHeader(log.buffer(), header.offset(), header);
      usernames.putIfAbsent(origin.sessionId(), define.username().strip());
    }
    if (isWanted && json) {
      out.println(jsonOf(log));
    } else if (isWanted) {
      out.println(lineOf(log));
      if (withEvents) {
        eventsOf(log.sequence(), this::printEvent);
      }
    }
  }

  private String lineOf(LogCursor log) {
    return String.format(
        Locale.ROOT,
        "%8d %s %3d#%-6d %-6s %s",
        log.sequence(),
        text.time(log.timeNs()),
        origin.gateway(),
        origin.gatewaySequence(),
        username(),
        text.line(log.buffer(), LogFrame.HEADER_LENGTH));
  }

  /** Of the session that a command came from; a dash for the operator's. */
  private String username() {
    int session = origin.sessionId();
    return origin.connectionEpoch() == 0
        ? "-"
        : usernames.getOrDefault(session, Integer.toString(session));
  }

  private void printEvent(int index, int templateId, DirectBuffer buffer, int offset) {
    out.println("         " + index + " " + text.line(buffer, offset));
  }

  private String jsonOf(LogCursor log) {
    StringJoiner line = new StringJoiner(",", "{", "}");
    line.add("\"sequence\":" + log.sequence());
    line.add("\"timeNs\":" + log.timeNs());
    line.add("\"time\":" + Json.text(text.time(log.timeNs())));
    line.add("\"username\":" + Json.text(username()));
    line.add("\"kind\":" + Json.text(schema.name(header.templateId())));
    line.add("\"fields\":" + text.json(log.buffer(), LogFrame.HEADER_LENGTH));
    if (withEvents) {
      StringJoiner all = new StringJoiner(",", "[", "]");
      eventsOf(
          log.sequence(),
          (index, template, buffer, offset) ->
              all.add(
                  "{\"kind\":"
                      + Json.text(schema.name(template))
                      + ",\"fields\":"
                      + text.json(buffer, offset)
                      + "}"));
      line.add("\"events\":" + all);
    }
    return line.toString();
  }

  private void eventsOf(long sequence, EventCursor.Visitor visitor) {
    boolean isThere = events.isAtFrame() || events.next();
    while (isThere && events.sequence() <= sequence) {
      if (events.sequence() == sequence) {
        String defect = events.visit(visitor);
        if (defect != null) {
          throw new LogFailedException(
              "event frame is damaged: position=" + events.position() + " defect=" + defect);
        }
      }
      isThere = events.next();
    }
  }
}
