/**
 * The C library and the Linux kernel behind it: clocks, memory advice, the notification socket of
 * systemd.
 *
 * <p>{@link io.tradepit.kernel.Libc} is the interface, {@link io.tradepit.kernel.FfmLibc} the one
 * binding; tests use a fake. Any thread may call. Nothing here holds policy or depends on the
 * appliance.
 */
package io.tradepit.kernel;
