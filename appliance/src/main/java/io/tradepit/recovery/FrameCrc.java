package io.tradepit.recovery;

import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;

/** The checksum by which a snapshot knows the events that it is of. */
public final class FrameCrc {
  private FrameCrc() {}

  /** The CRC-32C of a frame, header and events; 0 to 2^32 - 1. */
  public static long of(DirectBuffer buffer, int offset, int length) {
    byte[] bytes = new byte[length];
    buffer.getBytes(offset, bytes);
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return crc.getValue();
  }
}
