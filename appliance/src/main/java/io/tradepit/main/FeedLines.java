package io.tradepit.main;

import io.tradepit.config.ExitCode;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.StartException;
import io.tradepit.publication.PacketSender;
import io.tradepit.transport.MulticastSender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import org.agrona.CloseHelper;

/** The two multicast lines of the feed. */
final class FeedLines implements AutoCloseable {
  private final MulticastSender a;
  private final MulticastSender b;

  FeedLines(SegmentConfig.Feed feed) {
    a = open(feed, "lineA", feed.lineA());
    try {
      b = open(feed, "lineB", feed.lineB());
    } catch (RuntimeException e) {
      CloseHelper.quietClose(a);
      throw e;
    }
  }

  PacketSender lineA() {
    return a::trySend;
  }

  PacketSender lineB() {
    return b::trySend;
  }

  private static MulticastSender open(
      SegmentConfig.Feed feed, String line, InetSocketAddress group) {
    try {
      NetworkInterface nic =
          NetworkInterface.getByInetAddress(feed.networkInterface().orElseThrow());
      if (nic == null) {
        throw new StartException(
            ExitCode.CONFIGURATION,
            "feed.interface="
                + feed.networkInterface().orElseThrow().getHostAddress()
                + ": no interface of this machine has that address");
      }
      return new MulticastSender(group, nic, feed.ttl());
    } catch (IOException e) {
      throw new StartException(
          ExitCode.OTHER, "feed." + line + "=" + group + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    CloseHelper.closeAll(a, b);
  }
}
