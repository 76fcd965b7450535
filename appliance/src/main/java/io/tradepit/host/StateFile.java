package io.tradepit.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import net.openhft.chronicle.bytes.RandomDataInput;
import net.openhft.chronicle.bytes.RandomDataOutput;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.hash.serialization.SizeMarshaller;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.ExternalMapQueryContext;

/**
 * The Chronicle Map file of one area: key is a number from 0, value an entry, or all of them.
 *
 * <pre>
 *   0                                                                      whole huge pages
 *   +--------+--------+-----+-------------+-----+-------------+-----------+---------+
 *   | header | lookup | key | pad | value | key | pad | value | ...       | unused  |
 *   +--------+--------+-----+-------------+-----+-------------+-----------+---------+
 * </pre>
 *
 * Every value is made at once and never moves: sizes are constant, there is one segment and no
 * second tier. A value begins at a multiple of the area's alignment.
 */
final class StateFile {
  static final String SUFFIX = ".map";

  /** What Chronicle needs besides a value, with a margin: key, alignment, lookup. */
  private static final long OVERHEAD_BYTES_PER_VALUE = 48;

  private static final long OVERHEAD_BYTES = 256L << 10;

  private final Path path;
  private final long lengthBytes;
  private final long[] entryOffsets;

  private StateFile(Path path, long lengthBytes, long[] entryOffsets) {
    this.path = path;
    this.lengthBytes = lengthBytes;
    this.entryOffsets = entryOffsets;
  }

  /** What the file of an area will need, rounded up to whole huge pages. */
  static long estimateBytes(StateStoreContext.Area area) {
    return wholeHugePages(
        area.values() * (area.valueBytes() + OVERHEAD_BYTES_PER_VALUE) + OVERHEAD_BYTES);
  }

  /** Has the classes loaded that {@link #create} needs. */
  static void prepare() {
    StateStoreContext.Area smallest = new StateStoreContext.Area("prepare", 64, 1, 1, 64);
    try (ChronicleMap<Integer, Block> map = builder(smallest).create()) {
      insert(map, 0, new Zeros(smallest.valueBytes()));
      map.getUsing(0, new Block());
    }
  }

  /** Makes the file with all its entries, each filled with zeros. */
  static StateFile create(Path directory, Path proc, StateStoreContext.Area area)
      throws IOException {
    Path path = directory.resolve(area.name() + SUFFIX);
    long[] offsets;
    // Closed at once: the matcher's mapping is its own, and no one can call the map behind it.
    try (ChronicleMap<Integer, Block> map = builder(area).createPersistedTo(path.toFile())) {
      offsets = createEntries(map, area, proc);
    }
    long lengthBytes = wholeHugePages(Files.size(path));
    extend(path, lengthBytes);
    return new StateFile(path, lengthBytes, offsets);
  }

  /** A file that was made before, at the offsets that were published of it. */
  static StateFile existing(Path directory, String area, StateDescription.Entries entries)
      throws IOException {
    Path path = directory.resolve(area + SUFFIX);
    long[] offsets = entries.offsets().stream().mapToLong(Long::longValue).toArray();
    long lengthBytes = Files.size(path);
    long needed = wholeHugePages(Arrays.stream(offsets).max().orElse(0) + entries.bytes());
    if (lengthBytes < needed || lengthBytes % PageReport.HUGE_PAGE_BYTES != 0) {
      throw new IOException("file=" + path + " lengthBytes=" + lengthBytes + " needed=" + needed);
    }
    return new StateFile(path, lengthBytes, offsets);
  }

  private static ChronicleMapBuilder<Integer, Block> builder(StateStoreContext.Area area) {
    return ChronicleMapBuilder.of(Integer.class, Block.class)
        .name(area.name())
        .entries(area.values())
        .valueSizeMarshaller(SizeMarshaller.constant(area.valueBytes()))
        .actualSegments(1)
        .allowSegmentTiering(false)
        .checksumEntries(false)
        .putReturnsNull(true)
        .removeReturnsNull(true)
        .skipCloseOnExitHook(true);
  }

  private static long[] createEntries(
      ChronicleMap<Integer, Block> map, StateStoreContext.Area area, Path proc) {
    long[] addresses = new long[area.entries()];
    Block block = new Block();
    for (int i = 0; i < addresses.length; i++) {
      int inValue = i % area.entriesOfValue();
      if (inValue == 0) {
        int key = i / area.entriesOfValue();
        insert(map, key, new Zeros(area.valueBytes()));
        map.getUsing(key, block);
      }
      long begin = roundUp(block.address(), area.alignmentBytes());
      addresses[i] = begin + (long) inValue * area.entryBytes();
    }
    // Chronicle maps the whole file at once; where, only the kernel says.
    long fileAddress = new Smaps(proc).mappingOf(addresses[0]).start();
    return Arrays.stream(addresses).map(address -> address - fileAddress).toArray();
  }

  private static void insert(ChronicleMap<Integer, Block> map, int key, Zeros value) {
    try (ExternalMapQueryContext<Integer, Block, ?> query = map.queryContext(key)) {
      query.updateLock().lock();
      query.absentEntry().doInsert(value);
    }
  }

  /**
   * A value of zeros, which a new file has already: nothing is written. Chronicle writes it 8 bytes
   * at a time, which takes a cold process seconds.
   *
   * @param size bytes
   */
  @SuppressWarnings("rawtypes")
  private record Zeros(long size) implements Data<Block> {
    @Override
    public void writeTo(RandomDataOutput target, long targetOffset) {
      // They are there.
    }

    @Override
    public RandomDataInput bytes() {
      throw new UnsupportedOperationException("zeros are only inserted");
    }

    @Override
    public long offset() {
      return 0;
    }

    @Override
    public Block get() {
      throw new UnsupportedOperationException("zeros are only inserted");
    }

    @Override
    public Block getUsing(Block using) {
      return get();
    }
  }

  private static void extend(Path path, long lengthBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      if (channel.size() < lengthBytes) {
        channel.write(ByteBuffer.allocate(1), lengthBytes - 1);
      }
    }
  }

  private static long wholeHugePages(long bytes) {
    return roundUp(bytes, PageReport.HUGE_PAGE_BYTES);
  }

  private static long roundUp(long value, long unit) {
    return (value + unit - 1) / unit * unit;
  }

  Path path() {
    return path;
  }

  /** Whole huge pages. */
  long lengthBytes() {
    return lengthBytes;
  }

  /** What other processes are told of it. */
  StateDescription.Entries entries(StateStoreContext.Area area) {
    return new StateDescription.Entries(
        area.entryBytes(), Arrays.stream(entryOffsets).boxed().toList());
  }

  /** Where an entry begins in the file, a multiple of the area's alignment. */
  long entryOffset(int entry) {
    return entryOffsets[entry];
  }
}
