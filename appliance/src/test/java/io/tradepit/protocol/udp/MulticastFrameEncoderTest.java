package io.tradepit.protocol.udp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MulticastFrameEncoderTest {
  private static final byte[] MAC = HexFormat.of().parseHex("02a1b2c3d4e5");
  private static final InetSocketAddress SOURCE = new InetSocketAddress("10.77.0.1", 30001);
  private static final InetSocketAddress GROUP = new InetSocketAddress("239.192.7.1", 30001);
  private static final int MTU = 1500;

  private final UnsafeBuffer frame = new UnsafeBuffer(ByteBuffer.allocateDirect(2048));

  @Test
  void shouldWriteEveryFieldOfAFrame() {
    MulticastFrameEncoder encoder = new MulticastFrameEncoder(MAC, 0, SOURCE, GROUP, 4, MTU, true);

    // Checksums by another implementation of RFC 1071.
    assertEquals(
        "01005e400701" // the group's MAC: its lower 23 bits
            + "02a1b2c3d4e5"
            + "0800"
            + "4500002100004000041175bd0a4d0001efc00701"
            + "75317531000dd08f"
            + "68656c6c6f",
        encoded(encoder, "hello"));
  }

  @Test
  void shouldWriteTheTagOfAVlanInFrontOfTheType() {
    MulticastFrameEncoder encoder =
        new MulticastFrameEncoder(MAC, 301, SOURCE, GROUP, 4, MTU, true);

    String hex = encoded(encoder, "x".repeat(20));
    assertEquals("01005e40070102a1b2c3d4e5" + "8100012d" + "0800" + "4500", hex.substring(0, 40));
    assertEquals(2 * (14 + 4 + 28 + 20), hex.length());
  }

  @Test
  void shouldLeaveChecksumsToACardThatFillsThemIn() {
    MulticastFrameEncoder encoder = new MulticastFrameEncoder(MAC, 0, SOURCE, GROUP, 4, MTU, false);

    assertEquals(
        "01005e40070102a1b2c3d4e508004500002100004000041100000a4d0001efc00701"
            + "75317531000d0000"
            + "68656c6c6f",
        encoded(encoder, "hello"));
  }

  @Test
  void shouldMapGroupsThatDifferInTheirUpperBitsToOneMac() {
    InetSocketAddress other = new InetSocketAddress("224.64.7.1", 1);
    MulticastFrameEncoder encoder = new MulticastFrameEncoder(MAC, 0, SOURCE, other, 1, MTU, true);

    assertTrue(encoded(encoder, "hello").startsWith("01005e400701"));
  }

  @Test
  void shouldHaveChecksumsThatAReceiverFindsRightAtEveryLength() {
    long seed = Tier.seed(11);
    Random random = new Random(seed);
    byte[] bytes = new byte[MTU];
    UnsafeBuffer payload = new UnsafeBuffer(bytes);
    int frames = 0;
    for (int vlan : new int[] {0, 4094}) {
      MulticastFrameEncoder encoder =
          new MulticastFrameEncoder(MAC, vlan, SOURCE, GROUP, 255, MTU, true);
      for (int length = 0; length <= encoder.mostPayload(); length++) {
        random.nextBytes(bytes);
        int at = random.nextInt(MTU - length + 1);
        encoder.encode(frame, payload, at, length);
        byte[] sent = new byte[encoder.frameLength(length)];
        frame.getBytes(0, sent);
        requireReceived(sent, vlan == 0 ? 14 : 18, bytes, at, length);
        frames++;
      }
    }
    Tier.ran("frames with checksums", "frames=" + frames + " seed=" + seed);
  }

  // RFC 768: zero says that there is none, so that a sum of zero goes as all ones.
  @Test
  void shouldNeverSendTheUdpChecksumThatSaysThatThereIsNone() {
    MulticastFrameEncoder encoder = new MulticastFrameEncoder(MAC, 0, SOURCE, GROUP, 1, MTU, true);
    byte[] two = new byte[2];
    boolean found = false;
    for (int value = 0; value <= 0xFFFF; value++) {
      two[0] = (byte) (value >> 8);
      two[1] = (byte) value;
      encoder.encode(frame, new UnsafeBuffer(two), 0, 2);
      int checksum = word(frame, 14 + 20 + 6);
      assertTrue(checksum != 0);
      found |= checksum == 0xFFFF;
    }
    assertTrue(found);
  }

  @Test
  void shouldRefuseWhatNoFrameCanHave() {
    assertRefused("vlan=4095 allowed=0..4094", MAC, 4095, SOURCE, GROUP, 1, MTU);
    assertRefused("ttl=0 allowed=1..255", MAC, 0, SOURCE, GROUP, 0, MTU);
    assertRefused("mtu=575 allowed=576..9000", MAC, 0, SOURCE, GROUP, 1, 575);
    assertRefused("sourceMac.length=5 allowed=6..6", new byte[5], 0, SOURCE, GROUP, 1, MTU);
    assertRefused(
        "group=/10.0.0.1:5 allowed=224.0.0.0..239.255.255.255",
        MAC,
        0,
        SOURCE,
        new InetSocketAddress("10.0.0.1", 5),
        1,
        MTU);
    assertRefused(
        "source=/[0:0:0:0:0:0:0:1]:5 allowed=an IPv4 address",
        MAC,
        0,
        new InetSocketAddress(InetAddress.ofLiteral("::1"), 5),
        GROUP,
        1,
        MTU);
  }

  private static void assertRefused(
      String message,
      byte[] mac,
      int vlan,
      InetSocketAddress source,
      InetSocketAddress group,
      int ttl,
      int mtu) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MulticastFrameEncoder(mac, vlan, source, group, ttl, mtu, true));
    assertEquals(message, e.getMessage());
  }

  private String encoded(MulticastFrameEncoder encoder, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    encoder.encode(frame, new UnsafeBuffer(bytes), 0, bytes.length);
    byte[] sent = new byte[encoder.frameLength(bytes.length)];
    frame.getBytes(0, sent);
    return HexFormat.of().formatHex(sent);
  }

  private static void requireReceived(byte[] sent, int ip, byte[] bytes, int at, int length) {
    assertEquals(20 + 8 + length, word(new UnsafeBuffer(sent), ip + 2));
    assertEquals(8 + length, word(new UnsafeBuffer(sent), ip + 20 + 4));
    // What is summed together with its checksum gives all ones.
    assertEquals(0xFFFF, slowSum(sent, ip, 20, 0));
    int pseudo = slowSum(sent, ip + 12, 8, 17 + 8 + length);
    assertEquals(0xFFFF, slowSum(sent, ip + 20, 8 + length, pseudo));
    byte[] carried = new byte[length];
    System.arraycopy(sent, ip + 28, carried, 0, length);
    byte[] wanted = new byte[length];
    System.arraycopy(bytes, at, wanted, 0, length);
    assertArrayEquals(wanted, carried);
  }

  private static int slowSum(byte[] bytes, int offset, int length, int begin) {
    int sum = begin;
    for (int i = 0; i < length; i++) {
      sum += (bytes[offset + i] & 0xFF) << (i % 2 == 0 ? 8 : 0);
      sum = (sum & 0xFFFF) + (sum >> 16);
    }
    return sum;
  }

  private static int word(UnsafeBuffer buffer, int offset) {
    return ((buffer.getByte(offset) & 0xFF) << 8) | (buffer.getByte(offset + 1) & 0xFF);
  }
}
