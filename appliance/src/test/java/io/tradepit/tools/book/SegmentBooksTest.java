package io.tradepit.tools.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.host.PageKind;
import io.tradepit.host.StateStore;
import io.tradepit.host.StateStoreContext;
import io.tradepit.kernel.FfmLibc;
import io.tradepit.matching.ChangingBook;
import io.tradepit.matching.StateLayout;
import io.tradepit.matching.book.BookDepth;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A reader in a process of its own, over the files of a real store. */
@Timeout(600)
class SegmentBooksTest {
  private static final int ORDERS = 16;
  private static final int LEVELS = 12;
  private static final long WINDOW_MS = 1_000;

  private Path directory;
  private StateStore store;
  private ChangingBook writer;
  private final AtomicLong changes = new AtomicLong();
  private volatile boolean stop;

  @BeforeEach
  void start() throws IOException {
    directory = Files.createTempDirectory(Path.of("/dev/shm"), "tradepit-test-");
    StateLayout layout = ChangingBook.layout(ORDERS);
    store =
        StateStore.create(
            new StateStoreContext()
                .directory(directory)
                .pageKind(PageKind.BASE)
                .libc(new FfmLibc())
                .area("books", layout.bookBytes(), layout.books())
                .block("pages", layout.pageBytes(), layout.pages())
                .description(layout.description()));
    writer = new ChangingBook(ORDERS, LEVELS, store.buffers("books"), store.buffers("pages"));
  }

  @AfterEach
  void end() {
    store.close();
    store.delete();
  }

  @Test
  void shouldFindABookByItsSymbolAndSeeItChange() {
    try (SegmentBooks books = SegmentBooks.open(directory).orElseThrow()) {
      assertEquals(ChangingBook.INSTRUMENT, books.find("AAAA"));
      assertEquals("AAAA", books.symbol(ChangingBook.INSTRUMENT));
      assertEquals(0, books.find("BBBB"));
      assertEquals(1, books.instruments());
      assertTrue(books.isRunning());
      BookDepth depth = new BookDepth(LEVELS);
      assertEquals(SegmentBooks.Look.WHOLE, books.look(ChangingBook.INSTRUMENT, depth));
      long before = depth.version();
      writer.change();
      assertEquals(before + 2, books.version(ChangingBook.INSTRUMENT));
      assertEquals(SegmentBooks.Look.WHOLE, books.look(ChangingBook.INSTRUMENT, depth));
      assertEquals(2, books.tries());
    }
  }

  @Test
  void shouldSayBusyWhenABookStaysInAChange() {
    try (SegmentBooks books = SegmentBooks.open(directory).orElseThrow()) {
      BookDepth depth = new BookDepth(LEVELS);
      store.buffers("books")[0].putLong(0, store.buffers("books")[0].getLong(0) + 1);
      long begunNs = System.nanoTime();
      assertEquals(SegmentBooks.Look.BUSY, books.look(ChangingBook.INSTRUMENT, depth));
      assertTrue(books.tries() <= SegmentBooks.MOST_TRIES, "tries=" + books.tries());
      assertTrue(System.nanoTime() - begunNs < 1_000_000_000L);
    }
  }

  /** What the matcher loses while another process looks flat out is printed, not judged. */
  @Test
  void shouldNeverShowATornBookToAnotherProcess() throws Exception {
    long looks = Tier.count(100_000, 1_000_000);
    Thread thread =
        new Thread(
            () -> {
              while (!stop) {
                writer.change();
                changes.lazySet(writer.commands());
              }
            },
            "changes");
    thread.start();
    String seen;
    double alone;
    double watched;
    try {
      cpuNsOfACommand(thread);
      alone = cpuNsOfACommand(thread);
      Process reader = reader(looks);
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(reader.getInputStream(), StandardCharsets.UTF_8))) {
        assertEquals("looking", out.readLine());
        watched = cpuNsOfACommand(thread);
        seen = out.readLine();
        assertEquals(0, reader.waitFor(), seen);
      } finally {
        reader.destroyForcibly();
      }
    } finally {
      stop = true;
      thread.join();
    }
    assertTrue(seen.startsWith("looks=" + looks + " torn=0"), seen);
    Tier.ran(
        "book looked at by another process while it changes",
        seen
            + String.format(
                Locale.ROOT,
                " cpuNsOfACommand=%.0f withoutReader=%.0f slowdown=%.2f",
                watched,
                alone,
                watched / alone));
  }

  /** CPU time, since a machine that others use gives the writer more or less of its cores. */
  private double cpuNsOfACommand(Thread thread) throws InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long from = changes.get();
    long cpuNs = threads.getThreadCpuTime(thread.threadId());
    Thread.sleep(WINDOW_MS);
    return (double) (threads.getThreadCpuTime(thread.threadId()) - cpuNs) / (changes.get() - from);
  }

  private Process reader(long looks) throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "@" + Path.of("src/main/jvm/embedded.flags").toAbsolutePath(),
                "-ea",
                "-cp",
                System.getProperty("java.class.path"),
                BookReader.class.getName(),
                directory.toString(),
                Long.toString(looks),
                Integer.toString(ORDERS),
                Integer.toString(LEVELS)))
        .redirectErrorStream(true)
        .start();
  }
}
