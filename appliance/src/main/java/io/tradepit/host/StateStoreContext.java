package io.tradepit.host;

import io.tradepit.kernel.Libc;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Configuration of a {@link StateStore}. Directory, kind of pages, C library and one area are
 * needed.
 */
public final class StateStoreContext {
  private static final int LEAST_ALIGNMENT = 64;
  private static final int BASE_PAGE_BYTES = 4096;

  /** From this size on the room for the alignment to base pages is a sixteenth at most. */
  private static final int LEAST_BYTES_TO_ALIGN_TO_PAGES = 16 * BASE_PAGE_BYTES;

  private static final long LEAST_MACHINE_HEADROOM_BYTES = 256L << 20;
  private static final long MACHINE_HEADROOM_DIVISOR = 20;

  private final List<Area> areas = new ArrayList<>();
  private Map<String, String> description = Map.of();
  private Path directory;
  private PageKind pageKind;
  private Libc libc;
  private OptionalInt node = OptionalInt.empty();
  private Path proc = Path.of("/proc");
  private OptionalLong machineHeadroomBytes = OptionalLong.empty();
  private long mountHeadroomBytes = 16L << 20;

  /**
   * Fixed-size entries of one kind, in a file of their own.
   *
   * @param name of the area and of its file
   * @param entryBytes of each entry
   * @param entries number of them
   * @param entriesOfValue how many lie side by side in one value of the map: one, or all
   * @param alignmentBytes of each value's address
   */
  record Area(String name, int entryBytes, int entries, int entriesOfValue, int alignmentBytes) {
    /** Values of the map. */
    int values() {
      return entries / entriesOfValue;
    }

    /** Chronicle Map aligns a value to 4 bytes: room to move it to the alignment. */
    long valueBytes() {
      return (long) entryBytes * entriesOfValue + alignmentBytes;
    }
  }

  /** Where the files are; it belongs to the store alone and is made when it is missing. */
  public StateStoreContext directory(Path stateDirectory) {
    directory = stateDirectory;
    return this;
  }

  /** What the files shall stand on. */
  public StateStoreContext pageKind(PageKind kind) {
    pageKind = kind;
    return this;
  }

  /** The NUMA node whose memory it shall be; none unless set. */
  public StateStoreContext node(OptionalInt numaNode) {
    node = numaNode;
    return this;
  }

  /** The C library. */
  public StateStoreContext libc(Libc library) {
    libc = library;
    return this;
  }

  /** The proc file system; /proc unless a test has its own. */
  public StateStoreContext proc(Path procDirectory) {
    proc = procDirectory;
    return this;
  }

  /**
   * Memory that must be available on the machine beside the files: heap and code of this process,
   * page tables, page cache of the recordings. A twentieth of the machine's memory, at least 256
   * MiB, unless set.
   *
   * @param bytes 0 or more
   */
  public StateStoreContext machineHeadroomBytes(long bytes) {
    machineHeadroomBytes = OptionalLong.of(bytes);
    return this;
  }

  /**
   * Room that must stay on the mount of the files; 16 MiB unless set. What others keep on it, such
   * as Aeron's buffers, is preallocated before and so is not counted again.
   *
   * @param bytes 0 or more
   */
  public StateStoreContext mountHeadroomBytes(long bytes) {
    mountHeadroomBytes = bytes;
    return this;
  }

  /**
   * Adds an area. Entries of 64 KiB and more that are whole base pages are aligned to 4096 bytes,
   * others to 64: on huge pages the difference is nothing but memory.
   *
   * @param name lower-case letters, the file is NAME.map
   * @param entryBytes 64 or more, a multiple of 64
   * @param entries 1 or more
   */
  public StateStoreContext area(String name, int entryBytes, int entries) {
    areas.add(new Area(name, entryBytes, entries, 1, alignment(entryBytes)));
    return this;
  }

  /**
   * Adds an area whose entries lie side by side, as one range of addresses.
   *
   * @see #area
   */
  public StateStoreContext block(String name, int entryBytes, int entries) {
    areas.add(new Area(name, entryBytes, entries, entries, alignment(entryBytes)));
    return this;
  }

  private static int alignment(int entryBytes) {
    boolean isWholePages = entryBytes % BASE_PAGE_BYTES == 0;
    boolean isLarge = entryBytes >= LEAST_BYTES_TO_ALIGN_TO_PAGES;
    return isWholePages && isLarge ? BASE_PAGE_BYTES : LEAST_ALIGNMENT;
  }

  /** What is published of the memory for other processes, by name; default nothing. */
  public StateStoreContext description(Map<String, String> values) {
    description = Map.copyOf(values);
    return this;
  }

  /** Validates. */
  StateStoreContext conclude() {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(pageKind, "pageKind");
    Objects.requireNonNull(libc, "libc");
    require(
        machineHeadroomBytes.orElse(0) >= 0,
        "machineHeadroomBytes=" + machineHeadroomBytes.orElse(0) + ": allowed are 0 and more");
    require(
        mountHeadroomBytes >= 0,
        "mountHeadroomBytes=" + mountHeadroomBytes + ": allowed are 0 and more");
    require(!areas.isEmpty(), "areas=0: at least one is needed");
    areas.forEach(StateStoreContext::validate);
    long names = areas.stream().map(Area::name).distinct().count();
    require(names == areas.size(), "areas=" + areas + ": each name is allowed once");
    return this;
  }

  private static void validate(Area area) {
    require(
        area.name().matches("[a-z]+"), "area=" + area.name() + ": allowed are lower-case letters");
    require(
        area.entryBytes() >= LEAST_ALIGNMENT && area.entryBytes() % LEAST_ALIGNMENT == 0,
        "area="
            + area.name()
            + " entryBytes="
            + area.entryBytes()
            + ": allowed are multiples of 64");
    require(
        area.entries() > 0,
        "area=" + area.name() + " entries=" + area.entries() + ": allowed are 1 and more");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  Path directory() {
    return directory;
  }

  PageKind pageKind() {
    return pageKind;
  }

  OptionalInt node() {
    return node;
  }

  Libc libc() {
    return libc;
  }

  Path proc() {
    return proc;
  }

  /** For a machine with this memory. */
  long machineHeadroomOf(long memoryBytes) {
    return machineHeadroomBytes.orElse(
        Math.max(LEAST_MACHINE_HEADROOM_BYTES, memoryBytes / MACHINE_HEADROOM_DIVISOR));
  }

  long mountHeadroomBytes() {
    return mountHeadroomBytes;
  }

  Map<String, String> description() {
    return description;
  }

  List<Area> areas() {
    return List.copyOf(areas);
  }
}
