package io.tradepit.host.ethernet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.net.NetworkNamespace;
import io.tradepit.net.VethPair;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** What a kernel sends to an echoing port, and gets back. */
final class Datagrams {
  static final int COUNT = 300;

  /** The kernel's own address. */
  static final String FROM = "10.77.0.2/24";

  private static final InetSocketAddress TO = new InetSocketAddress("10.77.0.1", 4_000);
  private static final int LENGTH = 64;

  private Datagrams() {}

  /** A cable whose end m0 is the kernel's, and b0 nobody's. */
  static void layCable(NetworkNamespace member, NetworkNamespace box) throws IOException {
    VethPair pair = VethPair.between(member, "m0", box, "b0");
    pair.left().address(FROM);
    pair.right().withoutKernel();
  }

  /** Each datagram comes back before the next one goes; who loses one waits until the deadline. */
  static void exchange(NetworkNamespace from, String device, long mac) throws IOException {
    from.ip("neigh", "replace", TO.getHostString(), "lladdr", text(mac), "dev", device);
    try (DatagramChannel channel = from.call(Datagrams::connected)) {
      for (int i = 0; i < COUNT; i++) {
        channel.write(ByteBuffer.allocate(LENGTH).putInt(0, i));
        ByteBuffer answer = ByteBuffer.allocate(LENGTH);
        channel.read(answer);
        assertEquals(i, answer.getInt(0));
      }
    }
  }

  private static DatagramChannel connected() throws IOException {
    return DatagramChannel.open(StandardProtocolFamily.INET).connect(TO);
  }

  private static String text(long mac) {
    StringBuilder text = new StringBuilder();
    for (int shift = 40; shift >= 0; shift -= 8) {
      text.append(text.isEmpty() ? "" : ":").append("%02x".formatted((mac >> shift) & 0xff));
    }
    return text.toString();
  }
}
