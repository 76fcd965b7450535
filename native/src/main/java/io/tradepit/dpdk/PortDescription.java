package io.tradepit.dpdk;

/**
 * What an open port is.
 *
 * @param driver of DPDK, such as {@code net_af_packet}
 * @param can flags of {@link Dpdk} that the device says it can
 * @param does of these, what it was told to
 * @param node of memory that the device is at; -1: none, or not known
 * @param linkMbps speed of the link in Mb/s; 0: not known
 * @param isLinkUp as the driver says; of {@code net_af_packet}, {@code net_ring} and {@code
 *     net_pcap} always, once started
 * @param receiveRing descriptors
 * @param sendRing descriptors
 * @param mtu bytes of an IP packet
 */
public record PortDescription(
    String driver,
    int can,
    int does,
    int node,
    int linkMbps,
    boolean isLinkUp,
    int receiveRing,
    int sendRing,
    int mtu) {}
