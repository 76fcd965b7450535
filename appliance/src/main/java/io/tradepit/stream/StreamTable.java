package io.tradepit.stream;

import io.tradepit.protocol.sbe.DayClosedDecoder;
import io.tradepit.protocol.sbe.DayOpenedDecoder;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.SessionConnectedDecoder;
import io.tradepit.protocol.sbe.SessionDefinedDecoder;
import io.tradepit.protocol.sbe.SessionDisconnectedDecoder;
import io.tradepit.protocol.sbe.SessionRefusedDecoder;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What the event stream of the day has told up to a position: the name of the stream, the sessions
 * with their numbers and connections, and where messages of sessions and of the feed stand. It is
 * saved with a snapshot, so that a start reads events from there on only.
 *
 * <p>One thread; session events allocate, messages do not.
 *
 * <pre>
 *   saved: 0        8           16       20       24
 *          +--------+-----------+--------+--------+-----------+----------+----------------+------
 *          |position|feed last  |day open|sessions|feed index |name of   |each session: id, gateway,
 *          |        |number     |        |        |           |the stream|last epoch, connected epoch,
 *          |        |           |        |        |           |          |last number, username, index
 *          +--------+-----------+--------+--------+-----------+----------+----------------+------
 *   texts are a length of 4 bytes and ASCII
 * </pre>
 */
public final class StreamTable implements EventHandler, EventWalker.Listener {
  /** Entries of a session's index. */
  public static final int SESSION_ENTRIES = 4_096;

  /** Entries of the feed's index. */
  public static final int FEED_ENTRIES = 65_536;

  /** A session as the stream tells it. */
  public static final class Session {
    final int id;
    final int homeGateway;
    final String username;
    final MessageIndex index = new MessageIndex(SESSION_ENTRIES);
    long lastNumber;
    int lastEpoch;
    int connectedEpoch;

    Session(int id, int homeGateway, String username) {
      this.id = id;
      this.homeGateway = homeGateway;
      this.username = username;
    }

    public int id() {
      return id;
    }

    public int homeGateway() {
      return homeGateway;
    }

    /** Without padding. */
    public String username() {
      return username;
    }

    /** Where its messages stand. */
    public MessageIndex index() {
      return index;
    }

    /** Number of the last message, 0 = none. */
    public long lastNumber() {
      return lastNumber;
    }

    /** The highest connection epoch that was used, 0 = none. */
    public int lastEpoch() {
      return lastEpoch;
    }

    /** Epoch of the connection that is open, 0 = none. */
    public int connectedEpoch() {
      return connectedEpoch;
    }
  }

  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

  private final Map<Integer, Session> sessions = new TreeMap<>();
  private final MessageIndex feed = new MessageIndex(FEED_ENTRIES);
  private final EventWalker walker = new EventWalker(this);
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final DayOpenedDecoder dayOpened = new DayOpenedDecoder();
  private final SessionDefinedDecoder defined = new SessionDefinedDecoder();
  private final SessionConnectedDecoder connected = new SessionConnectedDecoder();
  private final SessionRefusedDecoder refused = new SessionRefusedDecoder();
  private final SessionDisconnectedDecoder disconnected = new SessionDisconnectedDecoder();
  private String streamSession = "";
  private boolean dayOpen;
  private long feedNumber;
  private long position;

  /** Takes the next frame; {@link #onFeed} and {@link #position(long)} complete it. */
  @Override
  public void onFrame(DirectBuffer buffer, int offset, int length, long framePosition) {
    walker.onFrame(buffer, offset, length, framePosition);
  }

  /**
   * The feed has messages up to a number, the new ones in a frame.
   *
   * @param lastNumber 0 = none yet
   */
  public void onFeed(long lastNumber, long framePosition) {
    while (feedNumber < lastNumber) {
      feed.onMessage(++feedNumber, framePosition);
    }
  }

  /** Behind the last frame taken. */
  public long position() {
    return position;
  }

  /** Says where the next frame begins. */
  public void position(long nextFrame) {
    position = nextFrame;
  }

  /** Name of the day's streams, not padded; empty when no day was opened. */
  public String streamSession() {
    return streamSession;
  }

  public boolean isDayOpen() {
    return dayOpen;
  }

  /** The sessions that are defined, by id. */
  public Collection<Session> sessions() {
    return sessions.values();
  }

  /** Number of the last message of the feed, 0 = none. */
  public long feedNumber() {
    return feedNumber;
  }

  /** Where the messages of the feed stand. */
  public MessageIndex feed() {
    return feed;
  }

  @Override
  public void onMessage(
      int sessionId,
      long number,
      DirectBuffer buffer,
      int eventOffset,
      boolean incoming,
      long wireTimeNs,
      long framePosition) {
    Session session = sessions.get(sessionId);
    if (session != null) {
      session.lastNumber = number;
      session.index.onMessage(number, framePosition);
    }
  }

  @Override
  public void onOther(int templateId, DirectBuffer buffer, int offset) {
    switch (templateId) {
      case DayOpenedDecoder.TEMPLATE_ID -> onDayOpened(buffer, offset);
      case DayClosedDecoder.TEMPLATE_ID -> dayOpen = false;
      case SessionDefinedDecoder.TEMPLATE_ID -> onDefined(buffer, offset);
      case SessionConnectedDecoder.TEMPLATE_ID -> onConnected(buffer, offset);
      case SessionRefusedDecoder.TEMPLATE_ID -> onRefused(buffer, offset);
      case SessionDisconnectedDecoder.TEMPLATE_ID -> onDisconnected(buffer, offset);
      default -> {
        // Neither a session nor the day.
      }
    }
  }

  private void onDayOpened(DirectBuffer buffer, int offset) {
    streamSession = dayOpened.wrapAndApplyHeader(buffer, offset, header).streamSession().strip();
    dayOpen = true;
  }

  private void onDefined(DirectBuffer buffer, int offset) {
    defined.wrapAndApplyHeader(buffer, offset, header);
    int id = defined.sessionId();
    sessions.putIfAbsent(id, new Session(id, defined.homeGateway(), defined.username().strip()));
  }

  private void onConnected(DirectBuffer buffer, int offset) {
    connected.wrapAndApplyHeader(buffer, offset, header);
    Session session = sessions.get(connected.sessionId());
    if (session != null) {
      session.lastEpoch = Math.max(session.lastEpoch, connected.connectionEpoch());
      session.connectedEpoch = connected.connectionEpoch();
    }
  }

  private void onRefused(DirectBuffer buffer, int offset) {
    refused.wrapAndApplyHeader(buffer, offset, header);
    Session session = sessions.get(refused.sessionId());
    if (session != null) {
      session.lastEpoch = Math.max(session.lastEpoch, refused.connectionEpoch());
    }
  }

  private void onDisconnected(DirectBuffer buffer, int offset) {
    disconnected.wrapAndApplyHeader(buffer, offset, header);
    Session session = sessions.get(disconnected.sessionId());
    if (session != null && session.connectedEpoch == disconnected.connectionEpoch()) {
      session.connectedEpoch = 0;
    }
  }

  /** Writes the table, of any length, into a buffer that grows; returns the length, bytes. */
  public int save(MutableDirectBuffer buffer) {
    buffer.putLong(0, position, ORDER);
    buffer.putLong(8, feedNumber, ORDER);
    buffer.putInt(16, dayOpen ? 1 : 0, ORDER);
    buffer.putInt(20, sessions.size(), ORDER);
    int at = 24;
    buffer.checkLimit(at + feed.savedLength());
    at += feed.save(buffer, at);
    at += buffer.putStringAscii(at, streamSession, ORDER);
    for (Session session : sessions.values()) {
      at += save(session, buffer, at);
    }
    return at;
  }

  private static int save(Session session, MutableDirectBuffer buffer, int offset) {
    buffer.checkLimit(offset + 64 + session.index.savedLength());
    buffer.putInt(offset, session.id, ORDER);
    buffer.putInt(offset + 4, session.homeGateway, ORDER);
    buffer.putInt(offset + 8, session.lastEpoch, ORDER);
    buffer.putInt(offset + 12, session.connectedEpoch, ORDER);
    buffer.putLong(offset + 16, session.lastNumber, ORDER);
    int at = offset + 24;
    at += buffer.putStringAscii(at, session.username, ORDER);
    at += session.index.save(buffer, at);
    return at - offset;
  }

  /** Reads a table that was saved. */
  public static StreamTable load(DirectBuffer buffer, int offset) {
    StreamTable table = new StreamTable();
    table.position = buffer.getLong(offset, ORDER);
    table.feedNumber = buffer.getLong(offset + 8, ORDER);
    table.dayOpen = buffer.getInt(offset + 16, ORDER) != 0;
    int count = buffer.getInt(offset + 20, ORDER);
    int at = offset + 24;
    at += table.feed.load(buffer, at);
    table.streamSession = buffer.getStringAscii(at, ORDER);
    at += BitUtil.SIZE_OF_INT + table.streamSession.length();
    for (int i = 0; i < count; i++) {
      at += table.loadSession(buffer, at);
    }
    return table;
  }

  private int loadSession(DirectBuffer buffer, int offset) {
    String username = buffer.getStringAscii(offset + 24, ORDER);
    Session session =
        new Session(buffer.getInt(offset, ORDER), buffer.getInt(offset + 4, ORDER), username);
    session.lastEpoch = buffer.getInt(offset + 8, ORDER);
    session.connectedEpoch = buffer.getInt(offset + 12, ORDER);
    session.lastNumber = buffer.getLong(offset + 16, ORDER);
    sessions.put(session.id, session);
    int at = offset + 24 + BitUtil.SIZE_OF_INT + username.length();
    return at + session.index.load(buffer, at) - offset;
  }
}
