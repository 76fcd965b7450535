package io.tradepit.dpdk;

/**
 * How a port is opened.
 *
 * @param device DPDK's name of it: a driver and a name ({@code net_af_packet_members}), or the
 *     address of a card ({@code 0000:17:00.1})
 * @param arguments of its driver, such as {@code iface=eth2}; empty for none
 * @param buffers frames that its pool holds, those in its rings included
 * @param receiveRing descriptors, as near as the driver allows
 * @param sendRing descriptors, as near as the driver allows
 * @param mtu bytes of an IP packet, 576 to 9000
 */
public record PortOptions(
    String device, String arguments, int buffers, int receiveRing, int sendRing, int mtu) {
  /** Rings of 1024 and 512, 8191 buffers, frames of 1500 bytes. */
  public static PortOptions of(String device, String arguments) {
    return new PortOptions(device, arguments, 8191, 1024, 512, 1500);
  }
}
