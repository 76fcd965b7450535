package io.tradepit.transport;

import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;

/** What happens on a transport's connections. */
public interface TransportListener {
  /** A peer connected. The listener may close the connection from within. */
  void onOpened(long connection, InetSocketAddress remote);

  /**
   * Bytes came in.
   *
   * @param buffer valid during the call only
   * @param ingressTimeNs when they came, nanoseconds since the Unix epoch
   * @param ingressSource who stamped them: N the NIC, K the kernel, P the poll
   * @return how many bytes were taken. When fewer than {@code length}, the transport keeps the
   *     rest, reads no more from this connection (so that its TCP window closes) and hands the rest
   *     over in a later poll
   */
  int onBytes(
      long connection,
      DirectBuffer buffer,
      int offset,
      int length,
      long ingressTimeNs,
      byte ingressSource);

  /** The connection is closed; its number is not used again. */
  void onClosed(long connection, CloseReason reason);
}
