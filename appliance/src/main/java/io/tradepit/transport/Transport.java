package io.tradepit.transport;

import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;

/**
 * A listening port and its connections. Every call, and every callback, is on the thread that
 * polls; none waits.
 *
 * <p>A connection is a number, never used twice by one transport.
 */
public interface Transport extends AutoCloseable {
  /** What a bytes callback hands over at most, and what a connection gets at most in one turn. */
  int MAX_READ_BYTES = 4096;

  /** The transport in fact obtained: {@code io_uring}, {@code epoll} or {@code bypass}. */
  String name();

  /** The bound address, with the port in fact obtained. */
  InetSocketAddress localAddress();

  /**
   * Accepts, reads and writes what is ready, connections in turn, at most {@link #MAX_READ_BYTES}
   * from each.
   *
   * @param limit at most this many callbacks
   * @return the work count: 0 when there was nothing to do
   */
  int poll(int limit);

  /**
   * Takes bytes to send, in order; they are copied and are on their way at the end of the next poll
   * at the latest.
   *
   * @return how many of them were taken, 0 when the connection's send buffer is full, -1 when it is
   *     closed
   */
  int trySend(long connection, DirectBuffer buffer, int offset, int length);

  /**
   * Bytes that were taken and that the kernel did not take yet, under bypass those that the peer
   * did not acknowledge yet; -1 when the connection is closed.
   */
  int unsentBytes(long connection);

  /**
   * Closes a connection after what was taken is sent, at most {@code lingerMs} later. {@link
   * TransportListener#onClosed} follows with this reason. Does nothing for a closed connection.
   */
  void close(long connection, CloseReason reason, int lingerMs);

  /** Stops listening and closes every connection. */
  @Override
  void close();
}
