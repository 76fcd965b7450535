package io.tradepit.matching.rules;

import io.tradepit.matching.book.Books;
import io.tradepit.matching.book.Instruments;
import io.tradepit.matching.book.Orders;
import io.tradepit.matching.session.OpenOrders;
import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.session.Timers;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Memory;
import io.tradepit.matching.state.Regions;
import org.agrona.concurrent.UnsafeBuffer;

/** Everything that the rules act on. */
public final class MatchingState {
  /** The rule version of this build. */
  public static final int RULE_VERSION = 3;

  public final Regions regions;
  public final Memory memory;
  public final Header header;
  public final Books books;
  public final Orders orders;
  public final Instruments instruments;
  public final Sessions sessions;
  public final OpenOrders openOrders;
  public final Timers timers;

  public MatchingState(Regions regions, UnsafeBuffer[] books, UnsafeBuffer[] pages) {
    this.memory = new Memory(pages);
    if (pages.length != regions.pages() || books.length != regions.maxInstruments) {
      throw new IllegalArgumentException(
          "pages="
              + pages.length
              + " needed="
              + regions.pages()
              + " books="
              + books.length
              + " needed="
              + regions.maxInstruments);
    }
    this.regions = regions;
    this.header = new Header(memory, RULE_VERSION);
    this.books = new Books(books, memory, regions, header);
    this.orders = this.books.orders();
    this.instruments = this.books.instruments();
    this.sessions = new Sessions(memory, regions, header);
    this.openOrders = new OpenOrders(memory, regions, sessions, orders);
    this.timers = new Timers(memory, regions, header);
  }

  boolean dayIsOpen() {
    int state = header.dayState();
    return state == Header.OPEN || state == Header.TRADING;
  }
}
