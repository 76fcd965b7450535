package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import io.tradepit.kernel.FfmLibc;
import io.tradepit.kernel.Libc;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class StateStoreTest {
  private static final int BOOK_BYTES = 64 << 10;
  private static final int BOOKS = 8;
  private static final int PAGE_BYTES = 4096;
  private static final int PAGES = 2_000;
  private static final long HUGE = PageReport.HUGE_PAGE_BYTES;

  @TempDir private Path temporary;
  private Path shm;

  @BeforeEach
  void makeDirectory() throws IOException {
    shm = Files.createTempDirectory(Path.of("/dev/shm"), "tradepit-test-");
  }

  @AfterEach
  void removeDirectory() throws IOException {
    Files.deleteIfExists(temporary.resolve("proc/self/smaps"));
    StateStore.delete(shm);
    assertFalse(Files.exists(shm), "left behind: " + shm);
  }

  private static StateStoreContext context(Path directory, PageKind kind) {
    return new StateStoreContext()
        .directory(directory)
        .pageKind(kind)
        .libc(new FfmLibc())
        .area("books", BOOK_BYTES, BOOKS)
        .area("pages", PAGE_BYTES, PAGES);
  }

  /** Else each process that opens a store would compile it, for two seconds of processor time. */
  @Test
  void shouldFindTheClassThatChronicleWouldCompile() {
    assertNotNull(
        StateStore.class.getResource(
            "/net/openhft/chronicle/hash/VanillaGlobalMutableState$$Native.class"));
  }

  @Test
  void shouldStandOnHugePagesByTheKernelsOwnAccountWhenCollapsed() {
    try (StateStore store = StateStore.create(context(shm, PageKind.COLLAPSE))) {
      for (String area : store.areaNames()) {
        PageReport now = new Smaps(Path.of("/proc")).mappingOf(addressOf(store, area));

        assertEquals(0, now.start() % HUGE);
        assertEquals(0, now.sizeBytes() % HUGE);
        assertEquals(now.sizeBytes(), now.shmemPmdMappedBytes());
        assertEquals(shm.resolve(area + ".map").toString(), now.path());
        assertEquals(now, store.pages(area));
        Tier.ran(
            "state store",
            area + " Size=" + now.sizeBytes() + " ShmemPmdMapped=" + now.shmemPmdMappedBytes());
      }
      assertEquals(HUGE, store.pages("books").sizeBytes());
      assertEquals(4 * HUGE, store.pages("pages").sizeBytes());
    }
  }

  @Test
  void shouldStandOnBasePagesWhenBaseIsAskedFor() {
    try (StateStore store = StateStore.create(context(shm, PageKind.BASE))) {
      assertEquals(0, store.pages("pages").hugeBytes());
      assertFalse(store.pages("pages").isHuge());
      assertEquals(4096, store.pages("pages").pageBytesObtained());
    }
  }

  @Test
  void shouldStandOnHugePagesWhenTheMountGivesThem() throws Exception {
    try (TmpfsMount mount = TmpfsMount.of(temporary, "huge=always,size=64m")) {
      Path directory = mount.directory().resolve("state");
      try (StateStore store = StateStore.create(context(directory, PageKind.HUGE_TMPFS))) {
        PageReport pages = store.pages("pages");

        assertEquals(pages.sizeBytes(), pages.shmemPmdMappedBytes());
        store.delete();
      }
      assertFalse(Files.exists(directory));
    }
  }

  @Test
  void shouldKeepTheDirectoryWhenItIsTheMountItself() throws Exception {
    try (TmpfsMount mount = TmpfsMount.of(temporary, "huge=within_size,size=64m")) {
      StateStore store = StateStore.create(context(mount.directory(), PageKind.HUGE_TMPFS));
      store.close();
      store.delete();

      assertTrue(Files.exists(mount.directory()));
      assertEquals(0, mount.directory().toFile().list().length);
    }
  }

  @Test
  void shouldGiveZeroedAlignedEntriesThatDoNotOverlap() {
    try (StateStore store = StateStore.create(context(shm, PageKind.BASE))) {
      assertZeroedAndApart(store.buffers("books"), BOOKS, BOOK_BYTES, 4096);
      assertZeroedAndApart(store.buffers("pages"), PAGES, PAGE_BYTES, 64);
    }
  }

  private static void assertZeroedAndApart(
      UnsafeBuffer[] buffers, int count, int bytes, int alignment) {
    assertEquals(count, buffers.length);
    for (int i = 0; i < count; i++) {
      assertEquals(0, buffers[i].addressOffset() % alignment);
      assertEquals(bytes, buffers[i].capacity());
      for (int offset = 0; offset < bytes; offset += Long.BYTES) {
        assertEquals(0, buffers[i].getLong(offset));
      }
      // An entry that overlapped a later one would leave it not zero.
      buffers[i].setMemory(0, bytes, (byte) -1);
    }
  }

  private StateStoreContext block() {
    return new StateStoreContext()
        .directory(shm)
        .pageKind(PageKind.BASE)
        .libc(new FfmLibc())
        .block("pages", PAGE_BYTES, 500);
  }

  @Test
  void shouldPutTheEntriesOfABlockSideBySide() throws Exception {
    try (StateStore store = StateStore.create(block())) {
      UnsafeBuffer[] pages = store.buffers("pages");
      assertZeroedAndApart(pages, 500, PAGE_BYTES, 64);
      for (int i = 0; i < pages.length; i++) {
        assertEquals(
            (long) i * PAGE_BYTES, pages[i].addressOffset() - pages[0].addressOffset(), "i=" + i);
      }
      long takenBytes = store.pages("pages").sizeBytes();
      assertTrue(StateStore.wantedBytes(block()) >= takenBytes, "takenBytes=" + takenBytes);
    }
    leave(text -> text);
    try (StateStore store = StateStore.takeOver(block())) {
      assertEquals(-1, store.buffers("pages")[499].getLong(PAGE_BYTES - Long.BYTES));
    }
  }

  @Test
  void shouldNotTakeOverABlockThatIsDescribedInPieces() throws IOException {
    StateStore.create(block()).close();
    leave(text -> text.replaceFirst("(area.pages=4096 \\d+ )(\\d+)", "$1$20"));

    StateLostException lost =
        assertThrows(StateLostException.class, () -> StateStore.takeOver(block()));
    assertEquals("area=pages entry=1: the memory is not in one piece", lost.getMessage());
  }

  /** The description as a process would have left it that is gone. */
  private void leave(UnaryOperator<String> change) throws IOException {
    Path description = shm.resolve(StateDescription.FILE_NAME);
    String written = Files.readString(description).replaceFirst("writer=.*", "writer=1/1");
    Files.writeString(description, change.apply(written));
  }

  @Test
  void shouldAlignSmallEntriesToACacheLine() {
    StateStoreContext context =
        new StateStoreContext()
            .directory(shm)
            .pageKind(PageKind.BASE)
            .libc(new FfmLibc())
            .area("lines", 64, 100_000);
    try (StateStore store = StateStore.create(context)) {
      for (UnsafeBuffer buffer : store.buffers("lines")) {
        assertEquals(0, buffer.addressOffset() % 64);
      }
      // What is checked against the memory there is must not be less than what is taken.
      long takenBytes = store.pages("lines").sizeBytes();
      assertTrue(StateStore.wantedBytes(context) >= takenBytes, "takenBytes=" + takenBytes);
    }
  }

  @Test
  void shouldLeaveWhatWasWrittenInTheFileOfAChronicleMap() throws IOException {
    try (StateStore store = StateStore.create(context(shm, PageKind.COLLAPSE))) {
      UnsafeBuffer page = store.buffers("pages")[1_234];
      page.putLong(8, 0x1122334455667788L);
      long offset = page.addressOffset() - store.pages("pages").start();

      try (FileChannel file = FileChannel.open(shm.resolve("pages.map"))) {
        var mapped = file.map(MapMode.READ_ONLY, offset, PAGE_BYTES);
        assertEquals(0x1122334455667788L, mapped.order(ByteOrder.nativeOrder()).getLong(8));
      }
      assertEquals(
          0x1122334455667788L, ChronicleFile.readLong(shm.resolve("pages.map"), 1_234, 64, 8));
    }
  }

  @Test
  void shouldReplaceWhatAKilledProcessLeft() throws IOException {
    Files.write(shm.resolve("books.map"), new byte[] {1, 2, 3});
    Files.write(shm.resolve("gone.map"), new byte[] {1, 2, 3});

    try (StateStore store = StateStore.create(context(shm, PageKind.BASE))) {
      assertEquals(0, store.buffers("books")[0].getLong(0));
    }
    assertFalse(Files.exists(shm.resolve("gone.map")));
  }

  @Test
  void shouldUnmapWhenClosed() {
    StateStore store = StateStore.create(context(shm, PageKind.BASE));
    long address = addressOf(store, "books");
    store.close();
    store.close();

    assertThrows(
        IllegalArgumentException.class, () -> new Smaps(Path.of("/proc")).mappingOf(address));
  }

  @Test
  void shouldRefuseWhenTheMountHasTooLittleRoom() throws Exception {
    try (TmpfsMount mount = TmpfsMount.of(temporary, "huge=always,size=4m")) {
      Path directory = mount.directory().resolve("state");

      assertRefused(
          context(directory, PageKind.HUGE_TMPFS),
          HostRefusedException.Kind.MEMORY,
          "directory="
              + directory
              + " pages=huge-tmpfs wantedBytes=12582912 headroomBytes=16777216"
              + " availableBytes=4194304:"
              + " too little memory on the mount; give it more, or ask for smaller capacities");
      assertFalse(Files.exists(directory));
    }
  }

  @Test
  void shouldRefuseWhenTheMachineHasTooLittleMemory() throws IOException {
    Path proc = fakeProc("MemTotal: 100 kB\nMemAvailable:       10 kB\n", "/ / tmpfs rw 0 0\n");

    assertRefused(
        context(shm, PageKind.COLLAPSE).proc(proc),
        HostRefusedException.Kind.MEMORY,
        "directory="
            + shm
            + " pages=collapse wantedBytes=12582912 headroomBytes=268435456 availableBytes=10240:"
            + " too little memory on the machine; give it more, or ask for smaller capacities");
  }

  @Test
  void shouldAskForATwentiethOfALargeMachineAsHeadroom() throws IOException {
    long wantedKb = 12_288;
    long headroomKb = (100L << 20) / 20;

    assertRefused(
        context(shm, PageKind.BASE).proc(proc(100L << 20, wantedKb + headroomKb - 1)),
        HostRefusedException.Kind.MEMORY,
        "directory="
            + shm
            + " pages=base wantedBytes=12582912 headroomBytes=5368709120 availableBytes=5381291008:"
            + " too little memory on the machine; give it more, or ask for smaller capacities");
  }

  @Test
  void shouldTakeTheHeadroomThatIsSet() throws IOException {
    StateStoreContext exact =
        context(shm, PageKind.BASE).proc(proc(100L << 20, 12_289)).machineHeadroomBytes(1024);
    try (StateStore store = StateStore.create(exact)) {
      assertEquals(2, store.areaNames().size());
    }
    assertRefused(
        exact.machineHeadroomBytes(1025),
        HostRefusedException.Kind.MEMORY,
        "directory="
            + shm
            + " pages=base wantedBytes=12582912 headroomBytes=1025 availableBytes=12583936:"
            + " too little memory on the machine; give it more, or ask for smaller capacities");
  }

  @Test
  void shouldLeaveTheHeadroomOfTheMountFree() throws Exception {
    try (TmpfsMount mount = TmpfsMount.of(temporary, "size=20m")) {
      Path directory = mount.directory().resolve("state");
      StateStoreContext context = context(directory, PageKind.BASE);

      assertRefused(
          context,
          HostRefusedException.Kind.MEMORY,
          "directory="
              + directory
              + " pages=base wantedBytes=12582912 headroomBytes=16777216 availableBytes=20971520:"
              + " too little memory on the mount; give it more, or ask for smaller capacities");
      try (StateStore store = StateStore.create(context.mountHeadroomBytes(8 << 20))) {
        assertEquals(2, store.areaNames().size());
        store.delete();
      }
    }
  }

  @Test
  void shouldRefuseAHeadroomBelowNothing() {
    assertEquals(
        "machineHeadroomBytes=-1: allowed are 0 and more",
        assertThrows(
                IllegalArgumentException.class,
                () -> StateStore.create(context(shm, PageKind.BASE).machineHeadroomBytes(-1)))
            .getMessage());
    assertEquals(
        "mountHeadroomBytes=-1: allowed are 0 and more",
        assertThrows(
                IllegalArgumentException.class,
                () -> StateStore.create(context(shm, PageKind.BASE).mountHeadroomBytes(-1)))
            .getMessage());
  }

  @Test
  void shouldRefuseHugeTmpfsWhenTheMountDoesNotGiveHugePages() throws IOException {
    Path proc = fakeProc("MemAvailable: 10 kB\n", "shm /dev/shm tmpfs rw,huge=never 0 0\n");

    assertRefused(
        context(shm, PageKind.HUGE_TMPFS).proc(proc),
        HostRefusedException.Kind.PAGES,
        "directory="
            + shm
            + " pages=huge-tmpfs mount=/dev/shm type=tmpfs options=rw,huge=never:"
            + " allowed is a tmpfs mounted with huge=always or huge=within_size,"
            + " or ask for pages=collapse");
  }

  @Test
  void shouldRefuseCollapseWhenTheDirectoryIsOnADisk() throws IOException {
    Path proc = fakeProc("MemAvailable: 10 kB\n", "disk / ext4 rw 0 0\n");

    assertRefused(
        context(shm, PageKind.COLLAPSE).proc(proc),
        HostRefusedException.Kind.PAGES,
        "directory="
            + shm
            + " pages=collapse mount=/ type=ext4 options=rw:"
            + " allowed is a tmpfs such as /dev/shm, or ask for pages=base");
  }

  @Test
  void shouldRefuseWhenTheKernelDoesNotCollapse() {
    assertRefused(
        context(shm, PageKind.COLLAPSE).libc(new FakeLibc(Libc.MADV_COLLAPSE, -Libc.EINVAL)),
        HostRefusedException.Kind.PAGES,
        "directory="
            + shm
            + " pages=collapse wantedBytes=2097152 hugeBytes=0 errno=22:"
            + " huge pages were not obtained; free memory, or ask for pages=base");
  }

  @Test
  void shouldTryAgainWhenTheKernelAsksForIt() {
    Libc busy = new FakeLibc(Libc.MADV_COLLAPSE, -Libc.EAGAIN, -Libc.EAGAIN);

    try (StateStore store = StateStore.create(context(shm, PageKind.COLLAPSE).libc(busy))) {
      assertTrue(store.pages("books").isHuge());
    }
  }

  @Test
  void shouldRefuseWhenMemoryCannotBePopulated() {
    assertRefused(
        context(shm, PageKind.BASE).libc(new FakeLibc(Libc.MADV_POPULATE_WRITE, -Libc.ENOMEM)),
        HostRefusedException.Kind.MEMORY,
        "directory=" + shm + " pages=base wantedBytes=2097152 errno=12: memory was not obtained");
  }

  @Test
  void shouldRefuseAContextThatIsNotValid() {
    StateStoreContext context = context(shm, PageKind.BASE).area("odd", 100, 1);

    assertEquals(
        "area=odd entryBytes=100: allowed are multiples of 64",
        assertThrows(IllegalArgumentException.class, () -> StateStore.create(context))
            .getMessage());
  }

  private static void assertRefused(
      StateStoreContext context, HostRefusedException.Kind kind, String message) {
    HostRefusedException refused =
        assertThrows(HostRefusedException.class, () -> StateStore.create(context));

    assertEquals(message, refused.getMessage());
    assertEquals(kind, refused.kind());
    assertFalse(Files.exists(context.directory()), "left behind: " + context.directory());
  }

  private Path proc(long totalKb, long availableKb) throws IOException {
    Path proc =
        fakeProc(
            "MemTotal: " + totalKb + " kB\nMemAvailable: " + availableKb + " kB\n",
            Files.readString(Path.of("/proc/self/mounts")));
    Files.createSymbolicLink(proc.resolve("self/smaps"), Path.of("/proc/self/smaps"));
    return proc;
  }

  private Path fakeProc(String meminfo, String mounts) throws IOException {
    Path self = Files.createDirectories(temporary.resolve("proc/self"));
    Files.writeString(self.resolve("mounts"), mounts);
    Files.writeString(temporary.resolve("proc/meminfo"), meminfo);
    return temporary.resolve("proc");
  }

  private static long addressOf(StateStore store, String area) {
    return store.buffers(area)[0].addressOffset();
  }

  /** A tmpfs of the test's own. */
  private record TmpfsMount(Path directory) implements AutoCloseable {
    static TmpfsMount of(Path parent, String options) throws Exception {
      Path directory = Files.createDirectory(parent.resolve("mount"));
      assumeTrue(
          run(List.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString())) == 0,
          "only root mounts a tmpfs with " + options);
      return new TmpfsMount(directory);
    }

    @Override
    public void close() throws IOException {
      try {
        assertEquals(0, run(List.of("umount", directory.toString())));
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    private static int run(List<String> command) throws IOException, InterruptedException {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }
}
