package io.tradepit.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;

/** Datagrams of a kernel to a {@link FrameMirror}, each of which has to come back as it went. */
final class Datagrams {
  private static final int LARGEST_BYTES = 1472;
  private static final int WAIT_MS = 10_000;

  private Datagrams() {}

  /**
   * Sends them one behind the other, of 1 to 1472 bytes; the last ends the mirror.
   *
   * @param peer with the mirror's MAC among the neighbours of the namespace
   */
  static void exchange(NetworkNamespace member, InetSocketAddress peer, long seed, int count)
      throws IOException {
    Random random = new Random(seed);
    try (DatagramSocket socket = member.call(() -> new DatagramSocket())) {
      socket.setSoTimeout(WAIT_MS);
      socket.connect(peer);
      DatagramPacket answer = new DatagramPacket(new byte[2_000], 2_000);
      for (int i = 1; i <= count; i++) {
        byte[] sent = new byte[1 + random.nextInt(LARGEST_BYTES)];
        random.nextBytes(sent);
        sent[0] = i == count ? FrameMirror.LAST : FrameMirror.MORE;
        socket.send(new DatagramPacket(sent, sent.length));
        socket.receive(answer);
        assertArrayEquals(
            sent, Arrays.copyOf(answer.getData(), answer.getLength()), "datagram=" + i);
      }
    }
  }
}
