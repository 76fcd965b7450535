package io.tradepit.tools.book;

import io.tradepit.matching.ChangingBook;
import io.tradepit.matching.TornBook;
import io.tradepit.matching.book.BookDepth;
import java.nio.file.Path;
import org.agrona.concurrent.YieldingIdleStrategy;

/** A process that looks at a {@link ChangingBook} flat out and prints what it saw. */
final class BookReader {
  private BookReader() {}

  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    long looks = Long.parseLong(arguments[1]);
    int orders = Integer.parseInt(arguments[2]);
    int levels = Integer.parseInt(arguments[3]);
    BookDepth depth = new BookDepth(levels);
    long busy = 0;
    long changed = 0;
    long version = 0;
    try (SegmentBooks books = SegmentBooks.open(directory).orElseThrow()) {
      System.out.println("looking");
      for (long i = 0; i < looks; i++) {
        if (books.look(ChangingBook.INSTRUMENT, depth) == SegmentBooks.Look.WHOLE) {
          TornBook.check(depth, orders, ChangingBook.QUANTITY);
          if (depth.version() == version) {
            // Nothing new: on a machine with too few cores the writer is waiting for this one.
            YieldingIdleStrategy.INSTANCE.idle();
          } else {
            changed++;
            version = depth.version();
          }
        } else {
          busy++;
        }
      }
      System.out.println(
          "looks="
              + looks
              + " torn=0 busy="
              + busy
              + " tries="
              + books.tries()
              + " differentFromTheLookBefore="
              + changed);
    }
  }
}
