package io.tradepit.lwip;

/**
 * How the stack is opened.
 *
 * @param address its own IPv4 address, the first byte the highest
 * @param prefix bits of its network, 1 to 32
 * @param gateway IPv4 address of the way to other networks; 0 for none
 * @param vlan 1 to 4094; 0 for untagged frames
 * @param maxConnections 1 to 4096; one more is accepted and closed at once, and reset when 64 are
 *     being closed already
 * @param maxHalfOpen handshakes at a time, 1 to 4096; for one more the oldest is dropped
 * @param sendBytes of each connection's send ring, a power of two from 4096
 */
public record StackOptions(
    int address,
    int prefix,
    int gateway,
    int vlan,
    int maxConnections,
    int maxHalfOpen,
    int sendBytes) {
  /** The largest {@link #maxConnections} and {@link #maxHalfOpen}. */
  public static final int LIMIT = 4096;
}
