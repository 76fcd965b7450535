package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.kernel.FfmLibc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What another process sees of a store's files. */
@Timeout(60)
class StateViewTest {
  private static final int BOOK_BYTES = 256;
  private static final int PAGE_BYTES = 1 << 21;

  private Path directory;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Files.createTempDirectory(Path.of("/dev/shm"), "tradepit-test-");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    StateStore.delete(directory);
    Files.deleteIfExists(directory);
  }

  private StateStore create() {
    return StateStore.create(
        new StateStoreContext()
            .directory(directory)
            .pageKind(PageKind.BASE)
            .libc(new FfmLibc())
            .area("books", BOOK_BYTES, 5)
            .area("pages", PAGE_BYTES, 2)
            .description(Map.of("maxOrders", "17")));
  }

  private StateView view() {
    return StateView.open(directory).orElseThrow();
  }

  @Test
  void shouldSeeWhatTheOwnerWritesAtOnce() {
    try (StateStore store = create();
        StateView view = view()) {
      for (String area : List.of("books", "pages")) {
        UnsafeBuffer[] written = store.buffers(area);
        MemorySegment[] seen = view.entries(area);
        assertEquals(written.length, seen.length);
        for (int i = 0; i < written.length; i++) {
          assertEquals(written[i].capacity(), seen[i].byteSize());
          written[i].putLong(8, 1_000 + i);
          assertEquals(1_000 + i, seen[i].get(ValueLayout.JAVA_LONG, 8));
        }
      }
      assertEquals(Map.of("maxOrders", "17"), view.description());
    }
  }

  @Test
  void shouldNotBeAbleToChangeAnything() {
    try (StateStore store = create();
        StateView view = view()) {
      assertEquals(5, store.buffers("books").length);
      MemorySegment book = view.entries("books")[0];
      assertTrue(book.isReadOnly());
      assertThrows(IllegalArgumentException.class, () -> book.set(ValueLayout.JAVA_LONG, 0, 1L));
    }
  }

  @Test
  void shouldFindNothingBeforeTheFilesAreWholeAndAfterTheyAreDeleted() throws IOException {
    assertTrue(StateView.open(directory).isEmpty());
    StateStore store = create();
    try (StateView view = view()) {
      store.close();
      store.delete();
      assertTrue(StateView.open(directory).isEmpty());
      assertFalse(Files.exists(directory));
      // What is mapped stays.
      assertEquals(0, view.entries("books")[0].get(ValueLayout.JAVA_LONG, 0));
    }
  }

  @Test
  void shouldSayWhetherTheOwnerRuns() throws Exception {
    try (StateStore store = create();
        StateView view = view()) {
      assertEquals(2, store.areaNames().size());
      assertTrue(view.isWriterRunning());
      assertEquals(ProcessHandle.current().pid(), view.writerPid());
    }
    Process other = new ProcessBuilder("sleep", "60").start();
    RunningProcess running = new RunningProcess(other.pid(), startTicks(other.pid()));
    assertTrue(running.isAlive());
    assertTrue(RunningProcess.parse(running.toString()).isAlive());
    // A later process of the same number.
    assertFalse(new RunningProcess(other.pid(), running.startTicks() + 1).isAlive());
    other.destroyForcibly().waitFor();
    assertFalse(running.isAlive());
  }

  private static long startTicks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]);
  }

  @Test
  void shouldNameTheDirectoryWhenTheDescriptionCannotBeRead() throws IOException {
    Files.createDirectory(directory.resolve("state.properties"));
    UncheckedIOException refused =
        assertThrows(UncheckedIOException.class, () -> StateView.open(directory));
    assertTrue(refused.getMessage().contains(directory.toString()));
    Files.delete(directory.resolve("state.properties"));
  }
}
