/** Measurements of the parts and of the whole; nothing here is in the product. */
package io.tradepit.perf;
