/**
 * The market as a receiver of the feed sees it: books, states, last trades and volumes of all
 * instruments. Runs on the thread that polls the feed; allocates, since it serves people.
 */
package io.tradepit.tools.market;
