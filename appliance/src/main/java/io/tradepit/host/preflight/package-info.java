/**
 * Compares the machine with the files of {@code affinity-config}, {@code hugepages} and {@code
 * nic-config}, fact by fact. One {@link io.tradepit.host.preflight.FactSource} a group.
 *
 * <p>Runs at the operator's command and before a pinned segment starts, never beside the order
 * path. Reads only: nothing here changes the machine.
 */
package io.tradepit.host.preflight;
