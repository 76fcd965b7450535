package io.tradepit.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Sends datagrams to one multicast group through one interface, without waiting and without
 * allocating.
 *
 * <p>One thread uses it. The channel is connected, so that the kernel looks the route up once, and
 * datagrams that other hosts send to its port are dropped by the kernel.
 */
public final class MulticastSender implements AutoCloseable {
  /** Largest payload of an IPv4 datagram; a larger one is refused before the kernel sees it. */
  public static final int MAX_DATAGRAM_BYTES = 65_507;

  private static final int MAX_TTL = 255;

  private final InetSocketAddress group;
  private final NetworkInterface nic;
  private final DatagramChannel channel;

  /** As the other constructor, with copies for receivers on this host. */
  public MulticastSender(InetSocketAddress group, NetworkInterface nic, int ttl) {
    this(group, nic, ttl, true);
  }

  /**
   * @param group an IPv4 multicast address and a port
   * @param nic the interface that datagrams leave by; never left to the routing table
   * @param ttl 0 to 255: how many hops a datagram may travel, 0 stays on this host
   * @param loopback whether receivers on this host get a copy; {@code lo} gives them one either way
   * @throws IllegalArgumentException when an argument is outside of its range
   * @throws UncheckedIOException when the kernel refuses the socket; names group and interface
   */
  public MulticastSender(InetSocketAddress group, NetworkInterface nic, int ttl, boolean loopback) {
    this.group = requireMulticast(group);
    this.nic = nic;
    if (ttl < 0 || ttl > MAX_TTL) {
      throw new IllegalArgumentException("ttl=" + ttl + " allowed=0.." + MAX_TTL);
    }
    try {
      channel = DatagramChannel.open(StandardProtocolFamily.INET);
    } catch (IOException e) {
      throw fault("open", e);
    }
    try {
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, nic);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, ttl);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_LOOP, loopback);
      channel.configureBlocking(false);
      channel.connect(group);
    } catch (IOException e) {
      close();
      throw fault("connect", e);
    }
  }

  /**
   * Sends what lies between the buffer's position and limit as one datagram.
   *
   * @param direct a direct buffer (a heap buffer would be copied by the JDK) of at most {@link
   *     #MAX_DATAGRAM_BYTES}; its position moves to its limit when the datagram was taken, and
   *     stays otherwise
   * @return false when the socket's send buffer is full: try again in the next duty cycle
   * @throws UncheckedIOException on an operational fault, such as an interface that went down
   */
  public boolean trySend(ByteBuffer direct) {
    assert direct.isDirect() && direct.remaining() <= MAX_DATAGRAM_BYTES
        : "direct=" + direct.isDirect() + " length=" + direct.remaining();
    boolean empty = !direct.hasRemaining();
    try {
      // An empty datagram is 0 bytes taken as well as 0 bytes refused; nobody needs one.
      return channel.write(direct) > 0 || empty;
    } catch (IOException e) {
      throw fault("send", e);
    }
  }

  /** The group and port that datagrams go to. */
  public InetSocketAddress group() {
    return group;
  }

  /** The address and port that datagrams come from. */
  public InetSocketAddress localAddress() {
    try {
      return (InetSocketAddress) channel.getLocalAddress();
    } catch (IOException e) {
      throw fault("address", e);
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

  private static InetSocketAddress requireMulticast(InetSocketAddress group) {
    if (group.getAddress() == null || !group.getAddress().isMulticastAddress()) {
      throw new IllegalArgumentException("group=" + group + " allowed=224.0.0.0..239.255.255.255");
    }
    return group;
  }

  private UncheckedIOException fault(String step, IOException cause) {
    String message =
        "multicast step=%s group=%s interface=%s cause=%s"
            .formatted(step, group, nic.getName(), cause.getMessage());
    return new UncheckedIOException(message, cause);
  }
}
