package io.tradepit.tools.client;

/**
 * Hears what becomes of the stream of a feed, beside its messages; called by {@link
 * FeedReceiver#poll}. What a listener does not override it ignores.
 */
public interface FeedListener {
  /**
   * The first packet of a session came, of another one than before or the first at all.
   *
   * @param session ten characters, padded
   * @param sequenceNumber of the message that is handed over first
   */
  default void onSession(String session, long sequenceNumber) {}

  /**
   * Messages that no line brought in time, and no server in all tries; the receiver goes on behind
   * them. {@link FeedReceiver#lines} says how each line is.
   *
   * @param from sequence number of the first missing message
   * @param to of the last one
   */
  default void onGap(long from, long to) {}

  /**
   * Messages that no line brought, and that the retransmission server sent again; they were handed
   * over.
   *
   * @param from sequence number of the first one
   * @param to of the last one
   */
  default void onRecovered(long from, long to) {}

  /**
   * A snapshot begins: the messages that follow have no number (0) and are the books of a moment.
   *
   * @param session without padding
   */
  default void onSnapshot(String session) {}

  /**
   * The snapshot is complete; {@link #onSession} follows.
   *
   * @param messages of it
   * @param next number of the first message of the feed that is handed over
   */
  default void onSnapshotComplete(long messages, long next) {}

  /** A message in sequence that is no ITCH message: too short for its type. */
  default void onMalformedMessage(long sequenceNumber, int lengthBytes) {}

  /**
   * The session has ended, and all its messages were handed over or reported as a gap.
   *
   * @param sequenceNumber that the next message would have had
   */
  default void onEndOfSession(long sequenceNumber) {}
}
