/**
 * Members' connections: sessions, logins, the way of a message in and of an event out.
 *
 * <p>Everything runs on the thread of {@link io.tradepit.gateway.GatewayAgent}, but for the check
 * of passwords, which has a thread of its own, {@code tp-login}. Steady state allocates nothing; a
 * login and a close may, and write a line of the log. Depends on the seams (transport, stream,
 * time, telemetry) and the wire (soupbin, ouch, sbe); never on another station.
 */
package io.tradepit.gateway;
