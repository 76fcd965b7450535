package io.tradepit.host;

import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads a state file by Chronicle Map itself, as whoever did not write it would. */
final class ChronicleFile {
  private ChronicleFile() {}

  /** The number at an offset of an entry, which begins at the first aligned byte of its value. */
  static long readLong(Path file, int entry, int alignmentBytes, int offset) throws IOException {
    // What an existing file says of itself overrides the builder.
    try (ChronicleMap<Integer, Block> map =
        ChronicleMapBuilder.of(Integer.class, Block.class)
            .entries(1)
            .skipCloseOnExitHook(true)
            .createPersistedTo(file.toFile())) {
      Block block = map.getUsing(entry, new Block());
      long aligned = (block.address() + alignmentBytes - 1) / alignmentBytes * alignmentBytes;
      return new UnsafeBuffer(aligned, offset + Long.BYTES).getLong(offset);
    }
  }
}
