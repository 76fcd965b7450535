package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Feed;
import io.tradepit.config.SegmentConfig.LinePorts;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the section {@code feed}: where market data leaves, and who is helped that lost some. */
final class FeedReader {
  private static final Pattern ANY = Pattern.compile(".+");
  private static final int MOST_HOPS = 255;

  private final PlantReader plant;
  private final PortReader ports;

  FeedReader(PlantReader plant, PortReader ports) {
    this.plant = plant;
    this.ports = ports;
  }

  Feed feed(Section section) {
    boolean isBypass = section.has("lineAPort") || section.has("lineBPort");
    InetSocketAddress lineA = group(section, "lineA", isBypass);
    InetSocketAddress lineB = group(section, "lineB", isBypass);
    if (lineA != null && lineA.equals(lineB)) {
      section.notAllowed("lineB", "another group or port than that of lineA");
    }
    Optional<LinePorts> linePorts = ports.ofFeed(section);
    Feed feed =
        new Feed(
            lineA,
            lineB,
            networkInterface(section, isBypass),
            linePorts,
            // Frames that a port sends always leave the host.
            section.integer("ttl", 1, isBypass ? 1 : 0, MOST_HOPS),
            plant.retransmission(section),
            plant.glimpse(section));
    section.finish();
    return feed;
  }

  private static Optional<InetAddress> networkInterface(Section section, boolean isBypass) {
    if (!isBypass) {
      return Optional.of(SegmentConfigReader.address(section, "interface", "127.0.0.1"));
    }
    if (section.has("interface")) {
      section.notAllowed("interface", "not beside lineAPort and lineBPort, which are in its place");
    }
    return Optional.empty();
  }

  private static InetSocketAddress group(Section section, String key, boolean isBypass) {
    String allowed =
        "GROUP:PORT with "
            + (isBypass ? "an IPv4 multicast group" : "a multicast group")
            + ", such as 239.1.1.1:30001";
    String text = section.text(key, null, ANY, allowed);
    int colon = text.lastIndexOf(':');
    Optional<InetAddress> group =
        colon < 0 ? Optional.empty() : Cidr.literal(text.substring(0, colon));
    String port = text.substring(colon + 1);
    if (group.isPresent()
        && group.get().isMulticastAddress()
        && (!isBypass || group.get() instanceof Inet4Address)
        && port.matches("\\d{1,5}")
        && Integer.parseInt(port) >= 1
        && Integer.parseInt(port) <= SegmentConfigReader.MAX_PORT) {
      return new InetSocketAddress(group.get(), Integer.parseInt(port));
    }
    if (section.has(key)) {
      section.notAllowed(key, allowed);
    }
    return null;
  }
}
