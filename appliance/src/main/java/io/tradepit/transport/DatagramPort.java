package io.tradepit.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * A UDP port of one unicast address: datagrams in from anyone, and answers out. One thread; no call
 * waits.
 *
 * <p>The JDK makes an address object for a datagram whose sender is another one than that of the
 * datagram before; nothing else is allocated.
 */
public final class DatagramPort implements AutoCloseable {
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  private final InetSocketAddress asked;
  private final DatagramChannel channel;

  /**
   * Takes the port.
   *
   * @param address port 0 takes a free one, see {@link #localAddress}
   * @throws TransportException when it is taken or not of this machine; the message says which
   */
  public DatagramPort(InetSocketAddress address) {
    asked = address;
    try {
      channel =
          DatagramChannel.open(
              address.getAddress() instanceof Inet6Address
                  ? StandardProtocolFamily.INET6
                  : StandardProtocolFamily.INET);
    } catch (IOException e) {
      throw refused(e);
    }
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
      channel.bind(address);
      channel.configureBlocking(false);
    } catch (IOException e) {
      close();
      throw refused(e);
    }
  }

  /** The address and port in fact obtained. */
  public InetSocketAddress localAddress() {
    try {
      return (InetSocketAddress) channel.getLocalAddress();
    } catch (IOException e) {
      throw fault("address", e);
    }
  }

  /**
   * Reads the next datagram to the buffer's position; what does not fit is cut off.
   *
   * @return who sent it, or null when there is none
   * @throws UncheckedIOException on an operational fault
   */
  public InetSocketAddress receive(ByteBuffer direct) {
    try {
      return (InetSocketAddress) channel.receive(direct);
    } catch (IOException e) {
      throw fault("receive", e);
    }
  }

  /**
   * Sends what lies between the buffer's position and limit, which is not empty, as one datagram.
   *
   * @return false when the socket's send buffer is full
   * @throws UncheckedIOException on an operational fault, such as no route to the receiver
   */
  public boolean trySend(ByteBuffer direct, InetSocketAddress to) {
    try {
      return channel.send(direct, to) > 0;
    } catch (IOException e) {
      throw fault("send", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw fault("close", e);
    }
  }

  private TransportException refused(IOException cause) {
    return new TransportException(
        "datagrams address=" + asked + " available=no cause=" + cause.getMessage(), cause);
  }

  private UncheckedIOException fault(String step, IOException cause) {
    return new UncheckedIOException(
        "datagrams step=" + step + " address=" + asked + " cause=" + cause.getMessage(), cause);
  }
}
