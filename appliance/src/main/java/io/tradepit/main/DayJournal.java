package io.tradepit.main;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import io.tradepit.journal.Journal;
import io.tradepit.journal.JournalContext;
import io.tradepit.matching.Matcher;
import io.tradepit.protocol.sbe.DayClosedDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OpenDayDecoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.stream.EventHandler;
import io.tradepit.stream.EventHistory;
import io.tradepit.stream.LogHistory;
import java.util.function.Function;
import org.agrona.BitUtil;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the journal of the newest day. A day that was matched by rules or written by a schema that
 * this build does not have can't be replayed: when its events say that it was closed a new day
 * begins, else the start is refused.
 *
 * <p>Starting thread only.
 */
final class DayJournal {
  private static final int FRAMES = 1024;
  private static final Logger LOGGER = LoggerFactory.getLogger(DayJournal.class);

  private DayJournal() {}

  /**
   * @param context of the journal, for a new day or for the one that goes on
   * @throws StartException when the day that goes on was matched by other rules
   */
  static Journal open(Function<Boolean, JournalContext> context, boolean newDay) {
    Journal journal = Journal.open(context.apply(newDay));
    try {
      String difference = difference(journal);
      if (difference.isEmpty()) {
        return journal;
      }
      requireClosed(journal, difference);
      LOGGER.info("day={} is closed: {}, a new day begins", journal.day(), difference);
    } catch (RuntimeException e) {
      CloseHelper.quietClose(journal);
      throw e;
    }
    journal.close();
    return Journal.open(context.apply(true));
  }

  /** Of what the day was recorded by and this build, by name; empty when there is none. */
  private static String difference(Journal journal) {
    try (LogHistory log = journal.newLogHistory()) {
      RecordedDay recorded = RecordedDay.read(log, journal.logEnd());
      if (recorded == null) {
        return "";
      }
      String rules = difference("ruleVersion", recorded.ruleVersion(), Matcher.RULE_VERSION);
      return rules.isEmpty()
          ? difference("schemaVersion", recorded.schemaVersion(), OpenDayDecoder.SCHEMA_VERSION)
          : rules;
    }
  }

  private static String difference(String name, int logged, int here) {
    return logged == here ? "" : name + " logged=" + logged + " here=" + here;
  }

  private static void requireClosed(Journal journal, String difference) {
    try (EventHistory events = journal.newEventHistory()) {
      if (!isClosed(events, journal.eventsEnd())) {
        throw new StartException(
            ExitCode.RECOVERY_REFUSED,
            difference
                + " day="
                + journal.day()
                + ": this build can't replay the day, which is not closed; close it with the build"
                + " that has its rules");
      }
    }
  }

  private static boolean isClosed(EventHistory events, long end) {
    boolean[] closed = {false};
    EventHandler handler =
        (buffer, offset, length, position) -> closed[0] |= closes(buffer, offset, length);
    long next = events.startPosition();
    long position;
    do {
      position = next;
      next = events.read(position, end, handler, FRAMES);
    } while (!closed[0] && next > position);
    return closed[0];
  }

  private static boolean closes(DirectBuffer buffer, int offset, int length) {
    MessageHeaderDecoder header = new MessageHeaderDecoder();
    int at = offset + EventFrame.HEADER_LENGTH;
    while (at < offset + length) {
      header.wrap(buffer, at);
      if (header.templateId() == DayClosedDecoder.TEMPLATE_ID) {
        return true;
      }
      int event = MessageHeaderDecoder.ENCODED_LENGTH + header.blockLength();
      at += BitUtil.align(event, EventFrame.EVENT_ALIGNMENT);
    }
    return false;
  }
}
