/**
 * The raw memory of the matching state: pages, regions, record pools, header and state hash. The
 * matcher's thread only; depends on Agrona only and knows no rule.
 */
package io.tradepit.matching.state;
