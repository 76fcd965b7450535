package io.tradepit.transport;

import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;

/**
 * Sends back what came in; a wasteful one makes an array of it too, as a control of what is
 * measured.
 */
final class Echo implements TransportListener {
  Transport transport;
  private final boolean isWasteful;
  private byte[] wasted;

  Echo(boolean isWasteful) {
    this.isWasteful = isWasteful;
  }

  @Override
  public void onOpened(long connection, InetSocketAddress remote) {}

  @Override
  public int onBytes(
      long connection,
      DirectBuffer buffer,
      int offset,
      int length,
      long ingressTimeNs,
      byte ingressSource) {
    if (isWasteful) {
      wasted = new byte[length];
      buffer.getBytes(offset, wasted);
    }
    return transport.trySend(connection, buffer, offset, length);
  }

  @Override
  public void onClosed(long connection, CloseReason reason) {}
}
