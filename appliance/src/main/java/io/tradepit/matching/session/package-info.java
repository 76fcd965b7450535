/**
 * Member sessions: connection epoch, message numbers, user reference numbers, open orders. The
 * matcher's thread only; must never depend on rules.
 */
package io.tradepit.matching.session;
