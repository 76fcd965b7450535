package io.tradepit.protocol.udp;

/**
 * Byte layout of an Ethernet frame that carries a UDP datagram over IPv4 without options. Numbers
 * are big-endian.
 *
 * <pre>
 *   0            6            12        14
 *   +------------+------------+---------+
 *   |destination |source      |EtherType|                                  Ethernet II
 *   |MAC         |MAC         |u16 0x800|
 *   +------------+------------+---------+    a tagged frame has 802.1Q's four bytes (0x8100, id of
 *                                            the VLAN) in front of the EtherType
 *   0    1    2       4    6       8    9        10        12       16            20
 *   +----+----+-------+----+-------+----+--------+---------+--------+-------------+
 *   |0x45|TOS |length |id  |flags  |TTL |protocol|checksum |source  |destination  |   RFC 791
 *   |    |u8  |u16    |u16 |u16    |u8  |u8 17   |u16      |u32     |u32          |
 *   +----+----+-------+----+-------+----+--------+---------+--------+-------------+
 *   0       2            4       6         8
 *   +-------+------------+-------+---------+---------+
 *   |source |destination |length |checksum |payload  |                                 RFC 768
 *   |port   |port        |u16    |u16      |         |
 *   +-------+------------+-------+---------+---------+
 * </pre>
 *
 * The lengths count from the header that they stand in to the end of the payload.
 */
public final class UdpFrameLayout {
  /** Bytes of a MAC address. */
  public static final int MAC_LENGTH = 6;

  /** Length of the Ethernet header without a tag. */
  public static final int ETHERNET_LENGTH = 14;

  /** Length of a tag, which stands in front of the EtherType. */
  public static final int TAG_LENGTH = 4;

  public static final int IPV4_LENGTH = 20;
  public static final int UDP_LENGTH = 8;

  /** What a packet has in front of its payload. */
  public static final int PACKET_HEADER_LENGTH = IPV4_LENGTH + UDP_LENGTH;

  static final int TYPE_OFFSET = 12;
  static final int TYPE_IPV4 = 0x0800;
  static final int TYPE_TAG = 0x8100;

  // From the IPv4 header on.
  static final int VERSION_OFFSET = 0;
  static final int VERSION_4_OF_5_WORDS = 0x45;
  static final int LENGTH_OFFSET = 2;
  static final int FLAGS_OFFSET = 6;
  static final int DO_NOT_FRAGMENT = 0x4000;
  static final int TTL_OFFSET = 8;
  static final int PROTOCOL_OFFSET = 9;
  static final int PROTOCOL_UDP = 17;
  static final int CHECKSUM_OFFSET = 10;
  static final int SOURCE_OFFSET = 12;
  static final int DESTINATION_OFFSET = 16;

  // From the UDP header on.
  static final int SOURCE_PORT_OFFSET = 0;
  static final int DESTINATION_PORT_OFFSET = 2;
  static final int UDP_LENGTH_OFFSET = 4;
  static final int UDP_CHECKSUM_OFFSET = 6;

  private UdpFrameLayout() {}
}
