/**
 * Ethernet ports driven past the kernel, by DPDK.
 *
 * <p>{@link io.tradepit.dpdk.Dpdk} is the interface, {@link io.tradepit.dpdk.FfmDpdk} the one
 * binding, over the shim {@code dpdk.c}. The environment is one a process; a port belongs to one
 * thread. Nothing here holds policy or depends on the appliance.
 */
package io.tradepit.dpdk;
