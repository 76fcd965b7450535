package io.tradepit.protocol.udp;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes datagrams to one multicast group as whole Ethernet frames, see {@link UdpFrameLayout}: the
 * headers are laid down once, and each frame gets its lengths and checksums. Allocates nothing
 * after construction. One thread.
 *
 * <p>A sender to a group resolves no address and reports no membership: the group's MAC address is
 * made of its number (RFC 1112, 6.4), and only receivers report (RFC 3376, 1). The datagrams are
 * never cut (flag DF), so that their id means nothing and is 0 (RFC 6864, 4.1).
 */
public final class MulticastFrameEncoder {
  private static final int MOST_HOPS = 255;
  private static final int MOST_VLAN = 4094;
  private static final int MOST_PORT = 0xFFFF;

  private final UnsafeBuffer header;
  private final int ipOffset;
  private final int udpOffset;
  private final int mostPayload;
  private final boolean sumsUp;
  private final long ipSum;
  private final long pseudoSum;

  /**
   * @param sourceMac 6 bytes
   * @param vlan 1 to 4094, or 0 for untagged frames
   * @param source address and port that the datagrams come from
   * @param group an IPv4 multicast address and a port
   * @param ttl hops that they may take, 1 to 255
   * @param mtu largest packet, bytes from the IPv4 header on, 576 to 9000
   * @param sumsUp whether checksums are written; if not, they are left 0 for the card to fill in
   * @throws IllegalArgumentException naming what is outside of its range
   */
  public MulticastFrameEncoder(
      byte[] sourceMac,
      int vlan,
      InetSocketAddress source,
      InetSocketAddress group,
      int ttl,
      int mtu,
      boolean sumsUp) {
    require(
        "sourceMac.length", sourceMac.length, UdpFrameLayout.MAC_LENGTH, UdpFrameLayout.MAC_LENGTH);
    require("vlan", vlan, 0, MOST_VLAN);
    require("ttl", ttl, 1, MOST_HOPS);
    require("mtu", mtu, 576, 9_000);
    requireIpv4("source", source);
    requireIpv4("group", group);
    if (!group.getAddress().isMulticastAddress()) {
      throw new IllegalArgumentException("group=" + group + " allowed=224.0.0.0..239.255.255.255");
    }
    this.sumsUp = sumsUp;
    ipOffset = UdpFrameLayout.ETHERNET_LENGTH + (vlan == 0 ? 0 : UdpFrameLayout.TAG_LENGTH);
    udpOffset = ipOffset + UdpFrameLayout.IPV4_LENGTH;
    mostPayload = mtu - UdpFrameLayout.PACKET_HEADER_LENGTH;
    header = new UnsafeBuffer(new byte[udpOffset + UdpFrameLayout.UDP_LENGTH]);
    putEthernet(sourceMac, vlan, group);
    putIpv4(source, group, ttl);
    putPorts(source, group);
    ipSum = InternetChecksum.sum(header, ipOffset, UdpFrameLayout.IPV4_LENGTH);
    pseudoSum =
        InternetChecksum.sum(header, ipOffset + UdpFrameLayout.SOURCE_OFFSET, 2 * Integer.BYTES)
            + UdpFrameLayout.PROTOCOL_UDP
            + source.getPort()
            + group.getPort();
  }

  // The lower 23 bits of the group stand in the MAC address: 32 groups share one.
  private void putEthernet(byte[] sourceMac, int vlan, InetSocketAddress group) {
    byte[] address = group.getAddress().getAddress();
    byte[] mac = {0x01, 0x00, 0x5E, (byte) (address[1] & 0x7F), address[2], address[3]};
    header.putBytes(0, mac);
    header.putBytes(UdpFrameLayout.MAC_LENGTH, sourceMac);
    if (vlan != 0) {
      put(UdpFrameLayout.TYPE_OFFSET, UdpFrameLayout.TYPE_TAG);
      put(UdpFrameLayout.TYPE_OFFSET + Short.BYTES, vlan);
    }
    put(ipOffset - Short.BYTES, UdpFrameLayout.TYPE_IPV4);
  }

  private void putIpv4(InetSocketAddress source, InetSocketAddress group, int ttl) {
    header.putByte(
        ipOffset + UdpFrameLayout.VERSION_OFFSET, (byte) UdpFrameLayout.VERSION_4_OF_5_WORDS);
    put(ipOffset + UdpFrameLayout.FLAGS_OFFSET, UdpFrameLayout.DO_NOT_FRAGMENT);
    header.putByte(ipOffset + UdpFrameLayout.TTL_OFFSET, (byte) ttl);
    header.putByte(ipOffset + UdpFrameLayout.PROTOCOL_OFFSET, (byte) UdpFrameLayout.PROTOCOL_UDP);
    header.putBytes(ipOffset + UdpFrameLayout.SOURCE_OFFSET, source.getAddress().getAddress());
    header.putBytes(ipOffset + UdpFrameLayout.DESTINATION_OFFSET, group.getAddress().getAddress());
  }

  private void putPorts(InetSocketAddress source, InetSocketAddress group) {
    put(udpOffset + UdpFrameLayout.SOURCE_PORT_OFFSET, source.getPort());
    put(udpOffset + UdpFrameLayout.DESTINATION_PORT_OFFSET, group.getPort());
  }

  private void put(int offset, int value) {
    header.putShort(offset, (short) value, ByteOrder.BIG_ENDIAN);
  }

  /** Bytes of the largest payload that fits into a frame. */
  public int mostPayload() {
    return mostPayload;
  }

  /**
   * Bytes of the frame of a payload.
   *
   * @param payloadLength 0 to {@link #mostPayload}
   */
  public int frameLength(int payloadLength) {
    assert payloadLength >= 0 && payloadLength <= mostPayload : "payloadLength=" + payloadLength;
    return header.capacity() + payloadLength;
  }

  /**
   * Writes a frame, whose length is {@link #frameLength}.
   *
   * @param frame where it goes, at 0
   * @param payloadLength 0 to {@link #mostPayload}
   */
  public void encode(
      MutableDirectBuffer frame, DirectBuffer payload, int payloadOffset, int payloadLength) {
    int udpLength = UdpFrameLayout.UDP_LENGTH + payloadLength;
    int ipLength = UdpFrameLayout.IPV4_LENGTH + udpLength;
    frame.putBytes(0, header, 0, header.capacity());
    frame.putBytes(header.capacity(), payload, payloadOffset, payloadLength);
    put(frame, ipOffset + UdpFrameLayout.LENGTH_OFFSET, ipLength);
    put(frame, udpOffset + UdpFrameLayout.UDP_LENGTH_OFFSET, udpLength);
    if (sumsUp) {
      long sum = InternetChecksum.sum(payload, payloadOffset, payloadLength);
      putChecksums(frame, ipLength, udpLength, sum);
    }
  }

  private void putChecksums(MutableDirectBuffer frame, int ipLength, int udpLength, long sum) {
    put(frame, ipOffset + UdpFrameLayout.CHECKSUM_OFFSET, InternetChecksum.of(ipSum + ipLength));
    // The length counts twice: in the header and in the pseudo header in front of it.
    int checksum = InternetChecksum.of(pseudoSum + 2L * udpLength + sum);
    // Zero would say that there is none (RFC 768).
    put(frame, udpOffset + UdpFrameLayout.UDP_CHECKSUM_OFFSET, checksum == 0 ? 0xFFFF : checksum);
  }

  private static void put(MutableDirectBuffer frame, int offset, int value) {
    frame.putShort(offset, (short) value, ByteOrder.BIG_ENDIAN);
  }

  private static void requireIpv4(String name, InetSocketAddress address) {
    if (!(address.getAddress() instanceof Inet4Address)) {
      throw new IllegalArgumentException(name + "=" + address + " allowed=an IPv4 address");
    }
    require(name + ".port", address.getPort(), 1, MOST_PORT);
  }

  private static void require(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + "=" + value + " allowed=" + least + ".." + most);
    }
  }
}
