/**
 * Simulated members on a segment of their own, over real TCP, and the screen that shows what they
 * do.
 *
 * <p>One thread ({@link io.tradepit.tools.demo.TradingFloor}) runs all members and the feed; the
 * starting thread draws what it publishes. Behaviour is drawn from one seed.
 */
package io.tradepit.tools.demo;
