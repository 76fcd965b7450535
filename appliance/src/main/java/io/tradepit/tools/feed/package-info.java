/**
 * Follows a feed and prints it for people and programs.
 *
 * <p>The thread of the tool. Uses {@code tools.client} and {@code protocol}; knows no station.
 */
package io.tradepit.tools.feed;
