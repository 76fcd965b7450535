package io.tradepit.publication;

import java.nio.ByteBuffer;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The memory of all images: chunks outside of the heap, made when they are needed, never more than
 * allowed, and used again. Two threads: that of the encoder takes, that of the server gives back.
 */
final class ImageMemory {
  /** Bytes of a chunk. */
  static final int CHUNK_BYTES = 1 << 18;

  private final ManyToManyConcurrentArrayQueue<UnsafeBuffer> idle;
  private final int maxChunks;
  // Written by the encoder's thread.
  private int made;

  /**
   * @param maxBytes of all images together
   */
  ImageMemory(long maxBytes) {
    maxChunks = Math.toIntExact(Math.max(2, (maxBytes + CHUNK_BYTES - 1) / CHUNK_BYTES));
    idle = new ManyToManyConcurrentArrayQueue<>(maxChunks);
  }

  /** A chunk, or null when all are in use. For the encoder's thread. */
  UnsafeBuffer take() {
    UnsafeBuffer chunk = idle.poll();
    if (chunk == null && made < maxChunks) {
      chunk = newChunk();
      made += chunk == null ? 0 : 1;
    }
    return chunk;
  }

  // What the JVM does not give is as good as used up.
  private static UnsafeBuffer newChunk() {
    try {
      return new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK_BYTES));
    } catch (OutOfMemoryError e) {
      return null;
    }
  }

  /** Takes a chunk back that nobody reads any more. */
  void give(UnsafeBuffer chunk) {
    idle.offer(chunk);
  }
}
