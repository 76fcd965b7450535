/**
 * The wire: codecs without state of their own. Nothing here knows a station, a socket or a thread.
 */
package io.tradepit.protocol;
