package io.tradepit.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * A port taken by a socket that is bound and does not listen.
 *
 * <p>Netty binds on the thread of its event loop, which is the thread of the first poll; a port in
 * use must be reported before that, where the segment is put together. Linux lets a second socket
 * with SO_REUSEADDR bind and listen beside this one as long as this one does not listen, and lets
 * neither bind beside a socket that listens (ip(7), SO_REUSEADDR).
 */
final class PortReservation implements AutoCloseable {
  private final SocketChannel holder;
  private final InetSocketAddress address;

  PortReservation(InetSocketAddress wanted) {
    try {
      holder = SocketChannel.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try {
      holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      holder.bind(wanted);
      address = (InetSocketAddress) holder.getLocalAddress();
    } catch (IOException e) {
      close();
      throw refused(wanted, e);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TransportException refused(InetSocketAddress wanted, Throwable cause) {
    String where = wanted.getAddress().getHostAddress() + " port=" + wanted.getPort();
    return new TransportException("address=" + where + " cause=" + cause.getMessage(), cause);
  }
}
