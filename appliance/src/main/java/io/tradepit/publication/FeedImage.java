package io.tradepit.publication;

import java.util.Iterator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All that a GLIMPSE spin sends of one moment: whole SoupBinTCP packets, one behind the other, in
 * chunks. Unchangeable once it is made; any number of clients read it.
 */
public final class FeedImage {
  private final ImageMemory memory;
  private final List<UnsafeBuffer> chunks;
  private final int[] lengths;
  private final long messages;
  private final long nextNumber;
  private int users;

  /**
   * @param chunks as many as lengths
   * @param lengths bytes used of each
   * @param messages that of the end included
   * @param nextNumber of the next message of the feed to apply
   */
  FeedImage(
      ImageMemory memory,
      List<UnsafeBuffer> chunks,
      int[] lengths,
      long messages,
      long nextNumber) {
    this.memory = memory;
    this.chunks = List.copyOf(chunks);
    this.lengths = lengths;
    this.messages = messages;
    this.nextNumber = nextNumber;
  }

  /** Messages of the spin, that of its end included. */
  public long messages() {
    return messages;
  }

  /** Number of the next message of the feed to apply. */
  public long nextNumber() {
    return nextNumber;
  }

  int chunks() {
    return lengths.length;
  }

  DirectBuffer chunk(int index) {
    return chunks.get(index);
  }

  int chunkLength(int index) {
    return lengths[index];
  }

  /** One more who reads it; for the server's thread. */
  FeedImage retain() {
    users++;
    return this;
  }

  /** One less; behind the last the memory is free. For the server's thread. */
  void release() {
    if (--users == 0) {
      for (Iterator<UnsafeBuffer> each = chunks.iterator(); each.hasNext(); ) {
        memory.give(each.next());
      }
    }
  }
}
