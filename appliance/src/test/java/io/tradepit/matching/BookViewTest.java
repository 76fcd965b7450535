package io.tradepit.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.matching.book.BookDepth;
import io.tradepit.matching.book.BookView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A reader looks at a book while the matcher changes it as fast as it can. What it should see when
 * nothing changes is checked by {@link MatcherDifferentialTest}.
 */
@Timeout(600)
class BookViewTest {
  private final long looks = Tier.count(100_000, 1_000_000);
  private final AtomicBoolean stop = new AtomicBoolean();
  private volatile Throwable failure;

  private StateLayout layout;
  private UnsafeBuffer[] books;
  private UnsafeBuffer[] pages;
  private BookView view;
  private ChangingBook writer;

  private void start(int orders, int levels) {
    layout = ChangingBook.layout(orders);
    books = StateMemory.books(layout);
    pages = StateMemory.pages(layout);
    writer = new ChangingBook(orders, levels, books, pages);
    view = view(layout.description());
  }

  private BookView view(Map<String, String> description) {
    return BookView.of(description, StateMemory.readOnly(books), StateMemory.readOnly(pages));
  }

  /** Changes the book in a thread of its own until told to stop. */
  private Thread changing(int pauseSpins) {
    Thread thread =
        new Thread(
            () -> {
              while (!stop.get()) {
                writer.change();
                for (int i = 0; i < pauseSpins; i++) {
                  Thread.onSpinWait();
                }
              }
            },
            "changes");
    thread.setUncaughtExceptionHandler((t, e) -> failure = e);
    thread.start();
    return thread;
  }

  private void end(Thread thread) throws InterruptedException {
    stop.set(true);
    thread.join();
    assertEquals(null, failure);
  }

  @Test
  void shouldNeverShowATornBookOfAFewLevels() throws Exception {
    shouldNeverShowATornBook(16, 12, 0);
  }

  /** Many leaves on each side, which come and go. */
  @Test
  void shouldNeverShowATornBookOfManyLevels() throws Exception {
    shouldNeverShowATornBook(400, 400, 500);
  }

  private void shouldNeverShowATornBook(int orders, int levels, int pauseSpins) throws Exception {
    start(orders, levels);
    BookDepth depth = new BookDepth(levels);
    Thread thread = changing(pauseSpins);
    long tries = 0;
    long changes = 0;
    long version = 0;
    for (long i = 0; i < looks; i++) {
      tries++;
      while (!view.tryCopy(ChangingBook.INSTRUMENT, depth)) {
        tries++;
        Thread.onSpinWait();
      }
      TornBook.check(depth, orders, ChangingBook.QUANTITY);
      if (depth.version() == version) {
        // Nothing new: on a machine with too few cores the writer is waiting for this one.
        YieldingIdleStrategy.INSTANCE.idle();
      } else {
        changes++;
        version = depth.version();
      }
    }
    end(thread);
    assertTrue(changes > looks / 1_000, "changes=" + changes);
    Tier.ran(
        "book of " + orders + " orders a side looked at while it changes",
        "looks="
            + looks
            + " torn=0 tries="
            + tries
            + " differentFromTheLookBefore="
            + changes
            + " commands="
            + writer.commands());
  }

  /** The control: without the version a reader does see books that never were. */
  @Test
  void shouldShowTornBooksToAReaderThatIgnoresTheVersion() throws Exception {
    start(16, 12);
    BookDepth depth = new BookDepth(12);
    Thread thread = changing(0);
    long torn = 0;
    long tries = 0;
    while (torn < 100 && tries < 100_000_000) {
      boolean makesSense = view.copy(ChangingBook.INSTRUMENT, depth);
      torn += makesSense && TornBook.fault(depth, 16, ChangingBook.QUANTITY) == null ? 0 : 1;
      tries++;
    }
    end(thread);
    assertTrue(torn > 0, "torn=" + torn + " tries=" + tries);
    Tier.ran("the same without the version", "looks=" + tries + " torn=" + torn);
  }

  @Test
  void shouldCountChangesByTwoAndSeeAReplacedOrderInOneStep() {
    start(16, 12);
    long before = view.version(ChangingBook.INSTRUMENT);
    writer.change();
    assertEquals(before + 2, view.version(ChangingBook.INSTRUMENT));
    assertEquals(writer.commands(), view.lastSequence());
    assertFalse(view.isHalfApplied());
  }

  @Test
  void shouldSayNothingOfABookThatIsLeftHalfChanged() {
    start(16, 12);
    BookDepth depth = new BookDepth(12);
    books[0].putLong(0, books[0].getLong(0) + 1);
    assertFalse(view.tryCopy(ChangingBook.INSTRUMENT, depth));
    assertTrue(view.copy(ChangingBook.INSTRUMENT, depth));
    TornBook.check(depth, 16, ChangingBook.QUANTITY);
    assertEquals(1, depth.version() & 1);
  }

  /** Whatever lies in memory, a copy ends and stays within it. */
  @Test
  void shouldSurviveMemoryThatMakesNoSense() {
    start(400, 400);
    SplittableRandom random = new SplittableRandom(Tier.seed(1));
    BookDepth depth = new BookDepth(400);
    byte[] noise = new byte[64];
    int wholes = 0;
    int rounds = 20_000;
    for (int i = 0; i < rounds; i++) {
      // Small numbers are followed further than large ones.
      for (int j = 0; j < noise.length; j++) {
        noise[j] = (byte) (j % 4 == 0 ? random.nextInt(256) : random.nextInt(50) == 0 ? -1 : 0);
      }
      UnsafeBuffer page = pages[random.nextInt(pages.length)];
      page.putBytes(random.nextInt(page.capacity() / 64) * 64, noise);
      books[0].putBytes(128 + 64 * random.nextInt(2), noise, 0, 32);
      wholes += view.copy(ChangingBook.INSTRUMENT, depth) ? 1 : 0;
    }
    assertTrue(wholes < rounds, "wholes=" + wholes);
    Tier.ran("views of senseless memory", "rounds=" + rounds + " makingSense=" + wholes);
  }

  @Test
  void shouldAllocateNothing() {
    start(400, 400);
    BookDepth depth = new BookDepth(400);
    long bytes = 1;
    for (int round = 0; bytes != 0 && round < 8; round++) {
      bytes =
          AllocationMeter.bytesAllocatedBy(() -> {
            for (int i = 0; i < 20_000; i++) {
              view.tryCopy(ChangingBook.INSTRUMENT, depth);
            }
          });
    }
    assertEquals(0, bytes);
  }

  @Test
  void shouldRefuseAnotherLayout() {
    start(16, 12);
    Map<String, String> newer = new HashMap<>(layout.description());
    newer.put("layoutVersion", "999");
    assertThrows(IllegalArgumentException.class, () -> view(newer));
    Map<String, String> larger = new HashMap<>(layout.description());
    larger.put("maxOrders", "9999999");
    assertThrows(IllegalArgumentException.class, () -> view(larger));
    Map<String, String> less = new HashMap<>(layout.description());
    less.remove("maxLevels");
    assertThrows(IllegalArgumentException.class, () -> view(less));
    books = Arrays.copyOf(books, 0);
    assertThrows(IllegalArgumentException.class, () -> view(layout.description()));
  }
}
