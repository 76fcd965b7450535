/**
 * Members' connections: sessions, logins, the way of a message in and of an event out.
 *
 * <p>Everything runs on the thread of {@link io.tradepit.gateway.GatewayAgent}, but for the check
 * of passwords, which has a small pool of its own. Steady state allocates nothing; a login and a
 * close may. Depends on the seams (transport, stream, time, telemetry) and the wire (soupbin, ouch,
 * sbe); never on another station.
 */
package io.tradepit.gateway;
