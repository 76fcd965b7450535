/**
 * What people run beside a segment: clients, replays, reports, screens.
 *
 * <p>Tools meet a segment as a member would, over its ports and its feed, or look at what it
 * publishes read-only. They stand on the ground; no station knows them, and they know no station
 * but the read-only views that {@code matching} publishes for them.
 */
package io.tradepit.tools;
