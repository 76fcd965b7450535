/**
 * Networks for tests, made by the kernel of this machine and gone with the test: network
 * namespaces, pairs of virtual Ethernet between them, threads and commands inside of them.
 *
 * <p>Begin with {@link io.tradepit.net.NetworkNamespace}. Addresses are of 10.77.0.0/16, which
 * nothing outside of a namespace sees.
 */
package io.tradepit.net;
