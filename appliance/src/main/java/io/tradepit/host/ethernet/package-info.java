/**
 * Ethernet ports that are driven past the kernel: with which arguments DPDK is started and each
 * port opened, and what a killed process left on their interfaces.
 *
 * <p>The starting thread opens and closes the ports; in between each belongs to the one thread that
 * polls it. Statistics are for any thread. No station may be imported here.
 */
package io.tradepit.host.ethernet;
