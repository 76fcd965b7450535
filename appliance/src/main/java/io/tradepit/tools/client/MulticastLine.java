package io.tradepit.tools.client;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.concurrent.UnsafeBuffer;

/** One multicast group, joined on one interface and read without waiting. One thread. */
final class MulticastLine implements AutoCloseable {
  private final String description;
  private final DatagramChannel channel;
  private final ByteBuffer bytes;
  private final UnsafeBuffer buffer;
  private final ReceivedLine received;

  MulticastLine(
      String name, InetSocketAddress group, InetAddress address, FeedReceiverContext context) {
    description =
        "line=%s group=%s:%d interface=%s"
            .formatted(
                name,
                group.getAddress().getHostAddress(),
                group.getPort(),
                address.getHostAddress());
    // A byte more than a packet may have shows that a datagram was cut short.
    bytes = ByteBuffer.allocateDirect(context.maxPacketBytes() + 1);
    buffer = new UnsafeBuffer(bytes);
    try {
      channel = DatagramChannel.open(StandardProtocolFamily.INET);
    } catch (IOException e) {
      throw refused(e);
    }
    try {
      int obtained = join(group, nic(address), context.receiveBufferBytes());
      received =
          new ReceivedLine(
              name, group, context.receiveBufferBytes(), obtained, context.lineSilentAfterNs());
    } catch (IOException e) {
      close();
      throw refused(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private int join(InetSocketAddress group, NetworkInterface nic, int receiveBufferBytes)
      throws IOException {
    // Several receivers of a host may listen to the same group.
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
    // Bound to the group itself, else datagrams of other groups to this port come too.
    channel.bind(group);
    channel.join(group.getAddress(), nic);
    channel.configureBlocking(false);
    return channel.getOption(StandardSocketOptions.SO_RCVBUF);
  }

  private NetworkInterface nic(InetAddress address) throws IOException {
    NetworkInterface nic = NetworkInterface.getByInetAddress(address);
    if (nic == null) {
      throw new StartException(
          ExitCode.CONFIGURATION, description + ": no interface of this machine has that address");
    }
    return nic;
  }

  /**
   * Reads the next datagram.
   *
   * @return whether there was one
   */
  boolean receive(FeedArbiter arbiter, long nowNs) {
    bytes.clear();
    try {
      if (channel.receive(bytes) == null) {
        return false;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(description + " cause=" + e.getMessage(), e);
    }
    arbiter.onDatagram(received, buffer, bytes.position(), nowNs);
    return true;
  }

  ReceivedLine received() {
    return received;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(description + " cause=" + e.getMessage(), e);
    }
  }

  private StartException refused(IOException cause) {
    return new StartException(ExitCode.OTHER, description + " cause=" + cause.getMessage(), cause);
  }
}
