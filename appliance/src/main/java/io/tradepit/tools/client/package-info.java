/**
 * The clients that a member would write: order entry by OUCH over SoupBinTCP, market data by ITCH
 * over MoldUDP64.
 *
 * <p>Each is polled by the one thread that uses it, never waits after its login, and allocates
 * nothing in the steady state. Depends on {@code protocol}, {@code config} and Agrona.
 */
package io.tradepit.tools.client;
