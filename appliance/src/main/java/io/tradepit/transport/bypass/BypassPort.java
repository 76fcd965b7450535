package io.tradepit.transport.bypass;

import java.net.Inet4Address;

/**
 * An Ethernet port that a {@link BypassTransport} may have to itself.
 *
 * @param name as the configuration calls it
 * @param device address of its {@code struct tp_device} ({@code device.h}); it outlives the
 *     transport
 * @param address its own IPv4 address, which the kernel does not own
 * @param prefix bits of its network, 1 to 32
 * @param gateway the way to other networks; null: there is none
 * @param vlan 1 to 4094; 0 for untagged frames
 * @param onThread called once on the thread that polls, before it touches the port
 * @param offThread called once on it, when it does so no more
 */
public record BypassPort(
    String name,
    long device,
    Inet4Address address,
    int prefix,
    Inet4Address gateway,
    int vlan,
    Runnable onThread,
    Runnable offThread) {}
