package io.tradepit.dpdk;

/**
 * What an open port is.
 *
 * @param driver of DPDK, such as {@code net_af_packet}
 * @param can flags of {@link Dpdk} that the device says it can
 * @param does of these, what it was told to
 * @param node of memory that the device is at; -1: none, or not known
 * @param linkMbps speed of the link in Mb/s; 0: not known
 * @param isLinkUp of an interface of the kernel, which {@code net_af_packet}, {@code net_af_xdp}
 *     and {@code net_pcap} have, as the kernel says; else as the driver says, of {@code net_ring}
 *     always
 * @param receiveRing descriptors
 * @param sendRing descriptors
 * @param mtu bytes of an IP packet
 * @param mayWait its driver asks the kernel for each burst, and may wait for it
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
    int mtu,
    boolean mayWait) {}
