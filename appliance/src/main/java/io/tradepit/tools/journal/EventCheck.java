package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedFiles;
import io.tradepit.protocol.sbe.DayOpenedDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.StateReportedDecoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventWalker;
import io.tradepit.stream.LogFailedException;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Goes over recorded event frames: they come in the log's order and carry its times, the indices of
 * a command's events are dense, and so are the message numbers of each session and of the feed.
 * What the matcher reported of the log is what the log says. One thread.
 */
final class EventCheck implements AutoCloseable {
  private final RecordedFiles files;
  private final MessageSchema schema;
  private final LogCheck log;
  private final EventCursor events;
  private final EventWalker walker = new EventWalker(new Messages());
  private final StateReportedDecoder report = new StateReportedDecoder();
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final Map<Integer, Long> sessionMessages = new HashMap<>();
  private long feedMessages;
  private long midnightNs;
  private long frames;
  private long count;
  private long reports;
  private long sequence;
  private int nextIndex;
  private boolean isComplete = true;
  private long checkedPosition;

  EventCheck(RecordedFiles files, MessageSchema schema, LogCheck log) {
    this.files = files;
    this.schema = schema;
    this.log = log;
    this.events = new EventCursor(files);
    this.checkedPosition = files.startPosition();
  }

  /** Goes to the next frame and checks its form; false when there is none. */
  boolean next() {
    try {
      if (!events.next()) {
        return false;
      }
    } catch (LogFailedException e) {
      throw new DefectFoundException(e.getMessage() + " afterSequence=" + sequence, e);
    }
    if (events.frameLength() < EventFrame.HEADER_LENGTH || events.count() == 0) {
      throw defect("event frame is cut short: length=" + events.frameLength());
    }
    frames++;
    return true;
  }

  /** Of the command that the frame is of. */
  long sequenceOfFrame() {
    return events.sequence();
  }

  /** Holds the frame against the one before, and against its command, which the log is at. */
  void checkFrame() {
    checkOrder();
    String misfit = events.visit(this::onEvent);
    if (misfit != null) {
      throw defect(misfit);
    }
    walker.onFrame(events.buffer(), 0, events.frameLength(), events.position());
    if (events.wireTimeNs() != events.timeNs() - midnightNs) {
      throw defect("time since midnight is wrong: wireTimeNs=" + events.wireTimeNs());
    }
    sequence = events.sequence();
    nextIndex = events.firstIndex() + events.count();
    isComplete = events.flags() == EventFrame.LAST;
    count += events.count();
    checkedPosition = events.nextPosition();
  }

  private void checkOrder() {
    boolean goesOn = events.sequence() == sequence && !isComplete;
    if (!goesOn && (events.sequence() <= sequence || !isComplete)) {
      throw defect("event frames are out of order: before=" + sequence);
    }
    if (events.firstIndex() != (goesOn ? nextIndex : 0)) {
      throw defect("events are not dense: firstIndex=" + events.firstIndex());
    }
    if (events.flags() != EventFrame.LAST && events.flags() != 0) {
      throw defect("flags=" + events.flags());
    }
    if (events.sequence() != log.sequence() || events.timeNs() != log.timeNs()) {
      throw defect(
          "event is of no command of the log: timeNs="
              + events.timeNs()
              + " logSequence="
              + log.sequence()
              + " logTimeNs="
              + log.timeNs());
    }
  }

  private void onEvent(int index, int templateId, DirectBuffer buffer, int offset) {
    header.wrap(buffer, offset);
    if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
      throw defect("no event: schemaId=" + header.schemaId() + " index=" + index);
    }
    if (templateId == DayOpenedDecoder.TEMPLATE_ID) {
      midnightNs = new DayOpenedDecoder().wrapAndApplyHeader(buffer, offset, header).midnightNs();
    } else if (templateId == StateReportedDecoder.TEMPLATE_ID) {
      report.wrapAndApplyHeader(buffer, offset, header);
      onReport();
    }
    checkFeed(templateId, buffer, offset);
  }

  private void onReport() {
    if (report.sequence() != events.sequence()
        || report.logHash() != log.hash()
        || report.feedMessages() != feedMessages) {
      throw defect(
          "the matcher reported another log: logHash="
              + Long.toHexString(report.logHash())
              + " here="
              + Long.toHexString(log.hash())
              + " feedMessages="
              + report.feedMessages()
              + " here="
              + feedMessages);
    }
    reports++;
  }

  private void checkFeed(int templateId, DirectBuffer buffer, int offset) {
    MessageLayout message = schema.message(templateId);
    MessageField field = message == null ? null : message.feedMessageNumber();
    if (field == null) {
      return;
    }
    long number =
        SbeNumbers.get(
            buffer,
            offset + MessageHeaderDecoder.ENCODED_LENGTH + field.offset(),
            field.primitive());
    if (number != 0 && number != ++feedMessages) {
      throw defect("feed's numbers are not dense: found=" + number + " expected=" + feedMessages);
    }
  }

  private DefectFoundException defect(String what) {
    return DefectFoundException.at(files, events.position(), events.sequence(), what);
  }

  /** Behind the frames that were checked. */
  long checkedPosition() {
    return checkedPosition;
  }

  long frames() {
    return frames;
  }

  long events() {
    return count;
  }

  /** States that the matcher reported. */
  long reports() {
    return reports;
  }

  int sessions() {
    return sessionMessages.size();
  }

  long feedMessages() {
    return feedMessages;
  }

  /** Whether the command of the last frame has no more events. */
  boolean isComplete() {
    return isComplete;
  }

  @Override
  public void close() {
    events.close();
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
      long expected = sessionMessages.merge(sessionId, 1L, Long::sum);
      if (number != expected) {
        throw defect(
            "session's numbers are not dense: session="
                + sessionId
                + " found="
                + number
                + " expected="
                + expected);
      }
    }

    @Override
    public void onOther(int templateId, DirectBuffer buffer, int eventOffset) {
      // Of no session.
    }
  }
}
