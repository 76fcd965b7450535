package io.tradepit.dpdk;

/**
 * How a port is opened.
 *
 * @param device DPDK's name of it: a driver and a name ({@code net_af_packet_members}), at most 63
 *     bytes, or the address of a card ({@code 0000:17:00.1})
 * @param arguments of its driver, such as {@code iface=eth2}; empty for none
 * @param buffers frames that its pool holds, those in its rings included
 * @param offloads flags of {@link Dpdk} that it is told to do where it can
 * @param receiveRing descriptors, as near as the driver allows
 * @param sendRing descriptors, as near as the driver allows
 * @param mtu bytes of an IP packet, 576 to 9000
 * @param stampTickNs nanoseconds of one tick of its stamps; 0: only of a device that says it
 *     stamps, by 1
 * @param stampOffsetNs added to each stamp, such as -37 s where the card's clock is TAI
 */
public record PortOptions(
    String device,
    String arguments,
    int buffers,
    int offloads,
    int receiveRing,
    int sendRing,
    int mtu,
    int stampTickNs,
    long stampOffsetNs) {
  /** Rings of 1024 and 512, 8191 buffers, frames of 1500 bytes, all that the device can do. */
  public static PortOptions of(String device, String arguments) {
    return new PortOptions(device, arguments, 8191, Dpdk.ALL_OFFLOADS, 1024, 512, 1500, 0, 0);
  }

  /** The same, with other offloads. */
  public PortOptions withOffloads(int flags) {
    return new PortOptions(
        device, arguments, buffers, flags, receiveRing, sendRing, mtu, stampTickNs, stampOffsetNs);
  }

  /** The same, with stamps of another tick and offset. */
  public PortOptions withStamps(int tickNs, long offsetNs) {
    return new PortOptions(
        device, arguments, buffers, offloads, receiveRing, sendRing, mtu, tickNs, offsetNs);
  }
}
