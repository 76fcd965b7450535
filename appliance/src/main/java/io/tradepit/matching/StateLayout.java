package io.tradepit.matching;

import io.tradepit.matching.state.Regions;
import java.util.Map;

/**
 * Sizes of the matching state: a book for each instrument, and pages that all share. The same
 * capacities always give the same layout.
 */
public final class StateLayout {
  private final Capacities capacities;
  private final Regions regions;

  private StateLayout(Capacities capacities) {
    this.capacities = capacities;
    this.regions =
        new Regions(
            capacities.maxOrders(),
            capacities.maxLevels(),
            capacities.maxOpenOrdersOfSession(),
            capacities.maxInstruments(),
            capacities.maxSessions());
  }

  /** The layout for these capacities. */
  public static StateLayout of(Capacities capacities) {
    return new StateLayout(capacities);
  }

  public Capacities capacities() {
    return capacities;
  }

  /** Bytes of a book: four cache lines. */
  public int bookBytes() {
    return Regions.BOOK_BYTES;
  }

  public int books() {
    return capacities.maxInstruments();
  }

  /** Bytes of a page: a huge page. */
  public int pageBytes() {
    return Regions.PAGE_BYTES;
  }

  public int pages() {
    return regions.pages();
  }

  /** What another process needs to find the books, by name; see {@code book.BookView}. */
  public Map<String, String> description() {
    return regions.description();
  }

  Regions regions() {
    return regions;
  }
}
