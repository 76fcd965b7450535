package io.tradepit.host;

import net.openhft.chronicle.bytes.Byteable;
import net.openhft.chronicle.bytes.BytesStore;

/**
 * A value of a Chronicle Map that is nothing but bytes: it says where they are. Chronicle makes
 * instances without a constructor, so the size of the map's values is given to its builder.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class Block implements Byteable {
  private BytesStore bytes;
  private long offset;
  private long lengthBytes;

  @Override
  public void bytesStore(BytesStore store, long valueOffset, long length) {
    bytes = store;
    offset = valueOffset;
    lengthBytes = length;
  }

  @Override
  public BytesStore bytesStore() {
    return bytes;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long maxSize() {
    return lengthBytes;
  }
}
