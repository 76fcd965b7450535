package io.tradepit.tools.client;

import org.agrona.DirectBuffer;

/** Takes what an {@link OrderEntryClient} receives, on the thread that polls it. */
@FunctionalInterface
public interface OrderEntryListener {
  /**
   * A sequenced message, each number once and in order.
   *
   * @param sequence its number in the session's stream, from 1
   * @param buffer valid during the call only
   * @param offset of the message, an OUCH one
   * @param length bytes, 0 or more
   */
  void onMessage(long sequence, DirectBuffer buffer, int offset, int length);

  /** A debug packet: text for people, by which the venue names a message that it dropped. */
  default void onDebug(String text) {}

  /** The session has ended for good; the connection closes. */
  default void onEndOfSession() {}
}
