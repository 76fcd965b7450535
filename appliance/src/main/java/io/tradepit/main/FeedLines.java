package io.tradepit.main;

import io.tradepit.config.EthernetPort;
import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.StartException;
import io.tradepit.dpdk.Dpdk;
import io.tradepit.host.ethernet.EthernetPorts.OpenPort;
import io.tradepit.protocol.udp.MulticastFrameEncoder;
import io.tradepit.protocol.udp.UdpFrameLayout;
import io.tradepit.publication.PacketSender;
import io.tradepit.publication.PublisherContext;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.transport.MulticastSender;
import io.tradepit.transport.PortMulticastSender;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.status.AtomicCounter;

/** The two multicast lines of the feed: by an interface of the kernel, or by Ethernet ports. */
final class FeedLines implements AutoCloseable {
  private final SegmentConfig.Feed feed;
  private final SegmentPorts ports;
  private final List<MulticastSender> sockets = new ArrayList<>();
  private final PacketSender a;
  private final PacketSender b;

  /**
   * @param ports open, those of the feed among them
   */
  FeedLines(SegmentConfig.Feed feed, SegmentPorts ports, CounterFactory counters) {
    this.feed = feed;
    this.ports = ports;
    if (feed.linePorts().isPresent()) {
      SegmentConfig.LinePorts lines = feed.linePorts().get();
      AtomicCounter ignored =
          counters.counter(
              "feed_ignored_frames_total", "Frames that came in by the Ethernet ports of the feed");
      a = port("lineAPort", lines.lineA(), feed.lineA(), ignored);
      b = port("lineBPort", lines.lineB(), feed.lineB(), ignored);
      return;
    }
    InetAddress address = feed.networkInterface().orElseThrow();
    try {
      a = socket(address, "lineA", feed.lineA());
      b = socket(address, "lineB", feed.lineB());
    } catch (RuntimeException e) {
      CloseHelper.quietCloseAll(sockets);
      throw e;
    }
  }

  PacketSender lineA() {
    return a;
  }

  PacketSender lineB() {
    return b;
  }

  private PacketSender port(
      String key, EthernetPort port, InetSocketAddress group, AtomicCounter ignored) {
    OpenPort open = ports.port(port);
    requireRoom(key, port.name(), open.description().mtu(), PublisherContext.MAX_PAYLOAD_BYTES);
    MulticastFrameEncoder encoder =
        new MulticastFrameEncoder(
            open.macBytes(),
            port.vlan(),
            // Receivers know a line by its group; its port says as much of where it comes from.
            new InetSocketAddress(port.address(), group.getPort()),
            group,
            feed.ttl(),
            open.description().mtu(),
            !open.does(Dpdk.FILLS_CHECKSUMS));
    return new OfPort(new PortMulticastSender(ports.dpdk(), open.handle(), encoder, ignored));
  }

  /**
   * Packets of the feed are never cut: a port that does not take the largest would lose it.
   *
   * @param mtu of the port, bytes of an IP packet
   * @param payloadBytes of the largest packet of the feed
   */
  static void requireRoom(String key, String port, int mtu, int payloadBytes) {
    int packetBytes = payloadBytes + UdpFrameLayout.PACKET_HEADER_LENGTH;
    if (packetBytes > mtu) {
      throw new StartException(
          ExitCode.HOST,
          "feed.%s=%s mtu=%d: the feed's largest packet has %d bytes"
              .formatted(key, port, mtu, packetBytes));
    }
  }

  private record OfPort(PortMulticastSender sender) implements PacketSender {
    @Override
    public boolean trySend(ByteBuffer packet) {
      return sender.trySend(packet);
    }

    @Override
    public void flush() {
      sender.flush();
    }
  }

  private PacketSender socket(InetAddress address, String line, InetSocketAddress group) {
    try {
      NetworkInterface nic = NetworkInterface.getByInetAddress(address);
      if (nic == null) {
        throw new StartException(
            ExitCode.CONFIGURATION,
            "feed.interface="
                + address.getHostAddress()
                + ": no interface of this machine has that address");
      }
      MulticastSender sender = new MulticastSender(group, nic, feed.ttl());
      sockets.add(sender);
      return sender::trySend;
    } catch (IOException e) {
      throw new StartException(
          ExitCode.OTHER, "feed." + line + "=" + group + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    CloseHelper.closeAll(sockets);
  }
}
