/** The venue. Packages are the stations that an order passes; ARCHITECTURE.md walks them. */
package io.tradepit;
