/**
 * The machine under the segment: memory on huge pages for the matching state, cores for threads,
 * and what the kernel says that was in fact obtained.
 *
 * <p>Everything here runs at start and at stop, on the main thread; only {@link
 * io.tradepit.host.ThreadPlacement} is called by the threads that it pins. What was asked for and
 * is not there is refused by {@link io.tradepit.host.HostRefusedException}, never replaced. No
 * station may be imported here, and Chronicle Map is known to this package only.
 */
package io.tradepit.host;
