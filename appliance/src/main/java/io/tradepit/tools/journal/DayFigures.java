package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedDayFiles;
import io.tradepit.protocol.sbe.DayClosedDecoder;
import io.tradepit.protocol.sbe.DefineSessionDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OpenDayDecoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.stream.EventWalker;
import io.tradepit.stream.LogFailedException;
import io.tradepit.stream.LogFrame;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** What a recorded day holds, counted. */
final class DayFigures {
  private static final long NS_OF_A_SECOND = 1_000_000_000L;

  /** Of one session of members. */
  static final class Session {
    String username = "";

    /** In the log, from it or about it. */
    long commands;

    /** In its stream. */
    long messages;
  }

  final RecordedDayFiles files;
  final Map<Integer, Long> commandsByTemplate = new TreeMap<>();
  final Map<Integer, Long> eventsByTemplate = new TreeMap<>();
  final Map<Integer, Session> sessions = new TreeMap<>();
  Optional<DayTerms> terms = Optional.empty();
  boolean isClosed;
  long commands;
  long eventFrames;
  long events;
  long firstTimeNs;
  long lastTimeNs;

  /** Seconds in which there was a command. */
  long seconds;

  long peak;
  long peakSecond;

  /** Why the counting ended before the end, or null. */
  String damage;

  private final OriginDecoder origin = new OriginDecoder();
  private long second = Long.MIN_VALUE;
  private long ofSecond;

  private DayFigures(RecordedDayFiles files) {
    this.files = files;
  }

  /** Reads a whole day; what is damaged ends it. */
  static DayFigures of(RecordedDayFiles files) {
    DayFigures figures = new DayFigures(files);
    try {
      figures.countCommands();
      figures.countEvents();
    } catch (LogFailedException e) {
      figures.damage = e.getMessage();
    }
    return figures;
  }

  private void countCommands() {
    try (LogCursor log = new LogCursor(files.log())) {
      while (log.next()) {
        onCommand(log);
      }
    }
  }

  private void onCommand(LogCursor log) {
    DirectBuffer frame = log.buffer();
    int template =
        frame.getShort(LogFrame.HEADER_LENGTH + MessageHeaderDecoder.templateIdEncodingOffset())
            & 0xFFFF;
    firstTimeNs = commands == 0 ? log.timeNs() : firstTimeNs;
    lastTimeNs = log.timeNs();
    commands++;
    commandsByTemplate.merge(template, 1L, Long::sum);
    countSecond(Math.floorDiv(lastTimeNs, NS_OF_A_SECOND));
    if (template == OpenDayDecoder.TEMPLATE_ID && terms.isEmpty()) {
      terms = Optional.of(DayTerms.decode(frame));
    }
    onOrigin(frame, template);
  }

  private void onOrigin(DirectBuffer frame, int template) {
    origin.wrap(frame, LogFrame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH);
    if (template == DefineSessionDecoder.TEMPLATE_ID) {
      DefineSessionDecoder define =
          new DefineSessionDecoder()
              .wrapAndApplyHeader(frame, LogFrame.HEADER_LENGTH, new MessageHeaderDecoder());
      session(origin.sessionId()).username = define.username().strip();
    }
    if (origin.connectionEpoch() != 0) {
      session(origin.sessionId()).commands++;
    }
  }

  private Session session(int id) {
    return sessions.computeIfAbsent(id, key -> new Session());
  }

  private void countSecond(long of) {
    if (of != second) {
      second = of;
      seconds++;
      ofSecond = 0;
    }
    ofSecond++;
    if (ofSecond > peak) {
      peak = ofSecond;
      peakSecond = of;
    }
  }

  private void countEvents() {
    EventWalker walker = new EventWalker(new Messages());
    try (EventCursor cursor = new EventCursor(files.events())) {
      while (cursor.next()) {
        eventFrames++;
        cursor.visit(this::onEvent);
        walker.onFrame(cursor.buffer(), 0, cursor.frameLength(), cursor.position());
      }
    }
  }

  private void onEvent(int index, int templateId, DirectBuffer buffer, int offset) {
    events++;
    eventsByTemplate.merge(templateId, 1L, Long::sum);
    isClosed |= templateId == DayClosedDecoder.TEMPLATE_ID;
  }

  /** {@code running}, {@code closed} or {@code open}; {@code damaged} before all. */
  String state() {
    if (damage != null) {
      return "damaged";
    }
    if (isClosed) {
      return "closed";
    }
    return files.isRunning() ? "running" : "open";
  }

  boolean isTorn() {
    return files.log().isTorn() || files.events().isTorn();
  }

  private final class Messages implements EventWalker.Listener {
    @Override
    public void onMessage(
        int sessionId,
        long number,
        DirectBuffer buffer,
        int eventOffset,
        boolean incoming,
        long wireTimeNs,
        long position) {
      session(sessionId).messages = number;
    }

    @Override
    public void onOther(int templateId, DirectBuffer buffer, int eventOffset) {
      // Of no session.
    }
  }
}
