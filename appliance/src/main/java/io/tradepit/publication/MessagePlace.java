package io.tradepit.publication;

import org.agrona.MutableDirectBuffer;

/** Where ITCH messages are written, one behind the other. One thread. */
interface MessagePlace {
  /**
   * Makes room for the next message.
   *
   * @param messageLength bytes
   * @return the index in {@link #buffer} where it begins
   */
  int claim(int messageLength);

  /** What the message that {@link #claim} made room for is written into. */
  MutableDirectBuffer buffer();
}
