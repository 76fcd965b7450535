/**
 * Network devices for an operator: what the machine has and how each can be driven past the kernel,
 * and what DPDK makes of one.
 *
 * <p>{@code show} reads only. {@code probe} opens a device as a segment would and polls it for a
 * moment, on a thread of its own.
 */
package io.tradepit.tools.nic;
