package io.tradepit.host;

import static io.tradepit.host.HostRefusedException.Kind.MEMORY;
import static io.tradepit.host.HostRefusedException.Kind.PAGES;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The memory of the matching state: Chronicle Map files on the pages that were asked for.
 *
 * <p>Once they are whole a description is published beside them, by which another process finds
 * what is in them, see {@link StateView}.
 *
 * <p>Made, closed and deleted by the main thread. The buffers are the matcher's; nothing of the
 * store is called while it runs. The files outlive a killed process; they are derived state, the
 * log is the truth.
 */
public final class StateStore implements AutoCloseable {
  private final StateStoreContext context;
  private final Map<String, OpenArea> areas = new LinkedHashMap<>();

  /** An area in memory. */
  private record OpenArea(
      AlignedMapping mapping,
      PageReport pages,
      List<UnsafeBuffer> buffers,
      StateDescription.Entries entries) {}

  private StateStore(StateStoreContext context) {
    this.context = context;
  }

  /**
   * Makes the files anew, in place of what a killed process left, and faults them in. A process
   * that has called {@link #prepare} waits for the kernel mostly, which finds the pages and fills
   * them with zeros: a second for some hundred MiB.
   *
   * @throws HostRefusedException when memory or pages are not there; nothing is left behind
   */
  public static StateStore create(StateStoreContext context) {
    context.conclude();
    StateStore store = new StateStore(context);
    try {
      Files.createDirectories(context.directory());
      removeFiles(context.directory());
      store.requireMount();
      store.requireRoom();
      for (StateStoreContext.Area area : context.areas()) {
        store.open(area);
      }
      store.publish();
      return store;
    } catch (IOException e) {
      store.abandon();
      throw new UncheckedIOException("directory=" + context.directory(), e);
    } catch (RuntimeException e) {
      store.abandon();
      throw e;
    }
  }

  /**
   * Takes over the files that a process left which was killed: what is in them stays. It may be
   * anything, and is to be proved before {@link #accept}; until then no one else can find it.
   * Chronicle's own recovery is not used.
   *
   * @throws StateLostException when there are no files of this context; nothing was changed
   * @throws HostRefusedException when the pages are not of the kind asked for
   */
  public static StateStore takeOver(StateStoreContext context) throws StateLostException {
    context.conclude();
    StateStore store = new StateStore(context);
    try {
      StateDescription left = leftBehind(context);
      store.requireMount();
      for (StateStoreContext.Area area : context.areas()) {
        store.map(area, StateFile.existing(context.directory(), area.name(), left.of(area)));
      }
      StateDescription.delete(context.directory());
      return store;
    } catch (IOException e) {
      store.close();
      throw new StateLostException("directory=" + context.directory() + " " + e.getMessage(), e);
    } catch (HostRefusedException e) {
      store.close();
      if (e.kind() == HostRefusedException.Kind.NODE) {
        // New files may be had where these can't go.
        throw new StateLostException(e.getMessage(), e);
      }
      throw e;
    } catch (StateLostException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static StateDescription leftBehind(StateStoreContext context)
      throws IOException, StateLostException {
    StateDescription left;
    try {
      left = StateDescription.read(context.directory());
    } catch (NoSuchFileException e) {
      throw new StateLostException("no memory was left behind", e);
    } catch (RuntimeException e) {
      throw new StateLostException("what describes the memory can't be read: " + e, e);
    }
    if (left.writer().isAlive()) {
      throw new StateLostException("the process that made the memory runs: " + left.writer());
    }
    left.requireSame(context);
    return left;
  }

  /**
   * Fills every entry with zeros: what was taken over is of no use, but its memory is as good as
   * new. Others find it again from now on.
   */
  public StateStore clear() {
    for (OpenArea area : areas.values()) {
      area.buffers().forEach(entry -> entry.setMemory(0, entry.capacity(), (byte) 0));
    }
    accept();
    return this;
  }

  /** What was taken over is right: others may find it. */
  public void accept() {
    try {
      publish();
    } catch (IOException e) {
      throw new UncheckedIOException("directory=" + context.directory(), e);
    }
  }

  /**
   * Has loaded what {@link #create} needs, which takes a cold process a second; to be called on a
   * thread of its own while something else is made ready.
   */
  public static void prepare() {
    StateFile.prepare();
  }

  /** Whether a process left files in a directory that might be taken over. */
  public static boolean isLeftBehind(Path directory) {
    return Files.exists(directory.resolve(StateDescription.FILE_NAME));
  }

  private void requireMount() {
    Mount mount = Mount.of(context.proc(), context.directory());
    if (context.pageKind() == PageKind.COLLAPSE && !mount.isTmpfs()) {
      throw new HostRefusedException(
          PAGES,
          request() + " " + mount + ": allowed is a tmpfs such as /dev/shm, or ask for pages=base");
    }
    if (context.pageKind() == PageKind.HUGE_TMPFS && !mount.givesHugePages()) {
      throw new HostRefusedException(
          PAGES,
          request()
              + " "
              + mount
              + ": allowed is a tmpfs mounted with huge=always or huge=within_size,"
              + " or ask for pages=collapse");
    }
  }

  /**
   * The kernel would kill the process, or a store would fault, long after a start that succeeded.
   */
  private void requireRoom() throws IOException {
    long wantedBytes = wantedBytes(context);
    FileStore fileStore = Files.getFileStore(context.directory());
    // A tmpfs without a limit says that it has no blocks at all.
    if (fileStore.getTotalSpace() > 0) {
      requireRoom("mount", wantedBytes, context.mountHeadroomBytes(), fileStore.getUsableSpace());
    }
    long headroomBytes = context.machineHeadroomOf(Machine.memoryBytes(context.proc()));
    requireRoom("machine", wantedBytes, headroomBytes, Machine.availableBytes(context.proc()));
  }

  private void requireRoom(
      String where, long wantedBytes, long headroomBytes, long availableBytes) {
    if (availableBytes - headroomBytes < wantedBytes) {
      throw new HostRefusedException(
          MEMORY,
          request()
              + " wantedBytes="
              + wantedBytes
              + " headroomBytes="
              + headroomBytes
              + " availableBytes="
              + availableBytes
              + ": too little memory on the "
              + where
              + "; give it more, or ask for smaller capacities");
    }
  }

  private String request() {
    return "directory=" + context.directory() + " pages=" + context.pageKind().configName();
  }

  private void open(StateStoreContext.Area area) throws IOException {
    map(area, StateFile.create(context.directory(), context.proc(), area));
  }

  private void map(StateStoreContext.Area area, StateFile file) {
    AlignedMapping mapping = AlignedMapping.of(context.libc(), file.path(), file.lengthBytes());
    try {
      HugePages.populate(context, mapping);
      NodeBinding.bind(context, mapping);
      PageReport pages = HugePages.obtain(context, mapping);
      NodeBinding.confirm(context, mapping);
      List<UnsafeBuffer> buffers = List.of(buffers(mapping, file, area));
      areas.put(area.name(), new OpenArea(mapping, pages, buffers, file.entries(area)));
    } catch (RuntimeException e) {
      mapping.close();
      throw e;
    }
  }

  private void publish() throws IOException {
    Map<String, StateDescription.Entries> entries = new LinkedHashMap<>();
    areas.forEach((name, area) -> entries.put(name, area.entries()));
    RunningProcess self = RunningProcess.self();
    new StateDescription(self, context.description(), entries).write(context.directory());
  }

  private static UnsafeBuffer[] buffers(
      AlignedMapping mapping, StateFile file, StateStoreContext.Area area) {
    UnsafeBuffer[] buffers = new UnsafeBuffer[area.entries()];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = new UnsafeBuffer(mapping.address() + file.entryOffset(i), area.entryBytes());
    }
    return buffers;
  }

  /** What the files of these areas need, whole huge pages. */
  public static long wantedBytes(StateStoreContext context) {
    return context.areas().stream().mapToLong(StateFile::estimateBytes).sum();
  }

  /**
   * The entries of an area, filled with zeros when the store was made; those of a {@link
   * StateStoreContext#block} lie side by side.
   */
  public UnsafeBuffer[] buffers(String area) {
    return areas.get(area).buffers().toArray(new UnsafeBuffer[0]);
  }

  /** The kernel's account of an area, taken when the store was made. */
  public PageReport pages(String area) {
    return areas.get(area).pages();
  }

  /** The names of the areas, in the order of the context. */
  public List<String> areaNames() {
    return List.copyOf(areas.keySet());
  }

  /** Unmaps. No agent may use a buffer any more: it would crash the process. */
  @Override
  public void close() {
    areas.values().forEach(area -> area.mapping().close());
  }

  /** Removes the files and the directory. Memory that is mapped stays until it is unmapped. */
  public void delete() {
    delete(context.directory(), context.proc());
  }

  /** Removes what a killed process left in a store's directory, and the directory. */
  public static void delete(Path directory) {
    delete(directory, Path.of("/proc"));
  }

  private static void delete(Path directory, Path proc) {
    try {
      if (Files.isDirectory(directory)) {
        removeFiles(directory);
        removeEmptyDirectory(directory, proc);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("directory=" + directory, e);
    }
  }

  private static void removeFiles(Path directory) throws IOException {
    StateDescription.delete(directory);
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, "*" + StateFile.SUFFIX)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  /** What is mounted here, or holds something else, is not ours to remove. */
  private static void removeEmptyDirectory(Path directory, Path proc) throws IOException {
    boolean isEmpty;
    try (DirectoryStream<Path> content = Files.newDirectoryStream(directory)) {
      isEmpty = !content.iterator().hasNext();
    }
    if (isEmpty && !Mount.of(proc, directory).directory().equals(directory.toRealPath())) {
      Files.delete(directory);
    }
  }

  private void abandon() {
    close();
    delete();
  }
}
