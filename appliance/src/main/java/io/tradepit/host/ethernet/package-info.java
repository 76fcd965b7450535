/**
 * Ethernet ports that are driven past the kernel: with which arguments DPDK is started and each
 * port opened, and what a killed process left on their interfaces.
 *
 * <p>The main thread starts and stops; a port is opened, polled and closed by the one thread that
 * uses it. Statistics are for any thread. No station may be imported here.
 */
package io.tradepit.host.ethernet;
