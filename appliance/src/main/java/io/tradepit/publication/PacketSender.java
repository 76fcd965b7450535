package io.tradepit.publication;

import java.nio.ByteBuffer;

/** Where the packets of one line leave. Called by the publisher's thread; no call waits. */
@FunctionalInterface
public interface PacketSender {
  /**
   * Sends what lies between position and limit as one datagram.
   *
   * @param packet a direct buffer; what its position is afterwards does not matter
   * @return false when it was not taken: the same packet is offered again in a later duty cycle
   * @throws java.io.UncheckedIOException on an operational fault of this line; the packet was not
   *     sent and is offered again after a pause
   */
  boolean trySend(ByteBuffer packet);

  /**
   * Called behind the packets of a duty cycle, and when there were none: all that was taken goes.
   */
  default void flush() {}
}
