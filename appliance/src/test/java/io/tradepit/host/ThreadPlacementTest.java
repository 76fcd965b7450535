package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.host.ThreadPlacement.Placement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ThreadPlacementTest {
  private static final int NO_SUCH_CORE = 1_000;

  @TempDir private Path proc;

  @Test
  void shouldPinEachCoreThatIsAllowed() throws Exception {
    List<Integer> allowed = Machine.read().allowedCpus();
    for (int core : allowed) {
      Placement placement = onThread("tp-seq", () -> new ThreadPlacement().place(core));

      assertEquals("tp-seq", placement.threadName());
      assertEquals(core, placement.wantedCore());
      assertEquals(List.of(core), placement.cpus());
      assertTrue(placement.isPinned());
      assertTrue(placement.threadId() > 0);
    }
  }

  @Test
  void shouldLeaveTheThreadWhereItIsWhenAnyCoreWillDo() throws Exception {
    Placement placement =
        onThread("tp-admin", () -> new ThreadPlacement().place(ThreadPlacement.ANY));

    assertEquals(Machine.read().allowedCpus(), placement.cpus());
    assertFalse(placement.isPinned());
  }

  @Test
  void shouldRefuseACoreThatIsNotThere() {
    HostRefusedException refused =
        assertThrows(
            HostRefusedException.class,
            () -> onThread("tp-seq", () -> new ThreadPlacement().place(NO_SUCH_CORE)));

    assertEquals(
        "thread=tp-seq core=1000: not obtained, the thread may run on "
            + Machine.read().allowedCpus()
            + "; name one of those that the process may use, or core=any",
        refused.getMessage());
    assertEquals(HostRefusedException.Kind.CORE, refused.kind());
  }

  @Test
  void shouldRefuseWhenTheKernelSaysAnotherCore() throws Exception {
    Files.writeString(
        Files.createDirectory(proc.resolve("thread-self")).resolve("status"),
        "Name:\ttp-seq\nPid:\t7\nCpus_allowed_list:\t0-1\n");
    int core = Machine.read().allowedCpus().getFirst();

    HostRefusedException refused =
        assertThrows(
            HostRefusedException.class,
            () -> onThread("tp-seq", () -> new ThreadPlacement(proc).place(core)));

    assertEquals(
        "thread=tp-seq core="
            + core
            + ": not obtained, the thread may run on [0, 1]"
            + "; name one of those that the process may use, or core=any",
        refused.getMessage());
  }

  /** A pinned thread stays pinned: the test's own must not be. */
  private static Placement onThread(String name, Callable<Placement> place) throws Exception {
    FutureTask<Placement> task = new FutureTask<>(place);
    Thread thread = new Thread(task, name);
    thread.start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HostRefusedException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
