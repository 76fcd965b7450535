/**
 * What the machine is made of: sockets, NUMA nodes, third-level caches, cores and the CPUs that
 * share one, network cards and the node that they are at. Read from /sys and /proc through {@link
 * io.tradepit.host.preflight.HostView}, at an operator's command or before a start.
 */
package io.tradepit.host.topology;
