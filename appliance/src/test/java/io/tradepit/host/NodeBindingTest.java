package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.kernel.FfmLibc;
import io.tradepit.kernel.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Matching state on its node: bound by the kernel, and read back from it. */
@Timeout(60)
class NodeBindingTest {
  private static final int NO_SUCH_NODE = 1000;
  private static final Path NUMA_MAPS = Path.of("/proc/self/numa_maps");

  private Path shm;

  @BeforeEach
  void makeDirectory() throws IOException {
    assumeTrue(Files.exists(NUMA_MAPS), "the kernel is without NUMA");
    shm = Files.createTempDirectory(Path.of("/dev/shm"), "tradepit-test-").resolve("state");
  }

  @AfterEach
  void removeDirectory() {
    if (shm != null) {
      IoUtil.delete(shm.getParent().toFile(), true);
    }
  }

  @Test
  void shouldBindTheStateToItsNode() throws IOException {
    try (StateStore store = StateStore.create(context(new FfmLibc(), 0))) {
      String line = policyOf(store);
      assertTrue(line.contains(" bind:0 ") && line.contains(" N0="), line);
      assertTrue(store.pages("books").isHuge());
      store.delete();
    }
  }

  @Test
  void shouldLeaveTheStateToTheKernelWhenNoNodeIsAsked() throws IOException {
    try (StateStore store = StateStore.create(context(new FfmLibc(), -1))) {
      assertTrue(policyOf(store).contains(" default "), policyOf(store));
      store.delete();
    }
  }

  @Test
  void shouldRefuseANodeThatIsNotThere() {
    assertRefused(new FfmLibc(), NO_SUCH_NODE, "node=1000 errno=22");
  }

  @Test
  void shouldRefuseAKernelThatCannotBind() {
    assertRefused(new FakeLibc().answer("mbind", -Libc.ENOSYS), 0, "node=0 errno=38");
  }

  @Test
  void shouldRefuseWhenTheKernelSaysThatItIsNotBound() {
    assertRefused(new FakeLibc().answer("mbind", 0), 0, "node=0 policy=default pagesOfNodes={0=");
  }

  /** Else every later start would meet the same files and be refused. */
  @Test
  void shouldGiveUpMemoryLeftBehindThatCannotBeMovedToItsNode() throws IOException {
    StateStore.create(context(new FfmLibc(), -1)).close();
    Path description = shm.resolve(StateDescription.FILE_NAME);
    String written = Files.readString(description);
    Files.writeString(description, written.replaceFirst("writer=.*", "writer=1/1"));

    StateLostException lost =
        assertThrows(
            StateLostException.class,
            () -> StateStore.takeOver(context(new FakeLibc().answer("mbind", -Libc.EAGAIN), 0)));
    assertTrue(lost.getMessage().contains("node=0 errno=11"), lost.getMessage());
  }

  private void assertRefused(Libc libc, int node, String found) {
    HostRefusedException refused =
        assertThrows(HostRefusedException.class, () -> StateStore.create(context(libc, node)));

    assertTrue(
        refused.getMessage().startsWith("directory=" + shm + " " + found), refused.getMessage());
    assertTrue(refused.getMessage().contains("leave out node of matching-state"));
    assertEquals(HostRefusedException.Kind.NODE, refused.kind());
    assertFalse(Files.exists(shm), "left behind: " + shm);
  }

  /** By the kernel's file, not by the class that reads it. */
  private static String policyOf(StateStore store) throws IOException {
    String start = Long.toHexString(store.pages("books").start()) + " ";
    List<String> lines = Files.readAllLines(NUMA_MAPS);
    return lines.stream().filter(line -> line.startsWith(start)).findFirst().orElseThrow();
  }

  private StateStoreContext context(Libc libc, int node) {
    return new StateStoreContext()
        .directory(shm)
        .pageKind(PageKind.COLLAPSE)
        .libc(libc)
        .node(node < 0 ? OptionalInt.empty() : OptionalInt.of(node))
        .area("books", 65_536, 4);
  }
}
