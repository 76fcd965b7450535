/**
 * Cores and threads for an operator: the machine drawn with the threads of a layout on it, a layout
 * held against the machine, and a layout proposed for it.
 *
 * <p>Runs at a command and reads only. Drawing and proposing are pure: tests show them machines of
 * other makes.
 */
package io.tradepit.tools.affinity;
