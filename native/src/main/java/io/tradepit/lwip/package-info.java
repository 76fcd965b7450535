/**
 * The TCP stack lwIP over an Ethernet device, for the one thread that polls it.
 *
 * <p>{@link io.tradepit.lwip.Lwip} is the interface, {@link io.tradepit.lwip.FfmLwip} the one
 * binding. Bytes, news and orders pass through shared memory, whose layouts stand here and are
 * asserted against the shim's own when it is loaded; only a poll is a call. Nothing here holds
 * policy or depends on the appliance.
 */
package io.tradepit.lwip;
