package io.tradepit.publication;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Packets that wait to leave, all slots allocated at start. Packets are numbered from 0; slot =
 * number modulo capacity. One thread: the packer appends at the head, and each line keeps the
 * number of the packet that it sends next.
 *
 * <pre>
 *   slot   0        1        2              capacity-1
 *        +--------+--------+--------+-----+--------+
 *        |packet  |packet  |packet  | ... |packet  |   slots of equal length, direct memory
 *        +--------+--------+--------+-----+--------+
 *             ^ next of line B  ^ next of line A = head
 * </pre>
 */
final class PacketRing {
  private final UnsafeBuffer buffer;
  private final ByteBuffer[] packets;
  private final int slotLength;
  private final int mask;
  private long head;

  /**
   * @param capacity packets, a power of two
   * @param slotLength bytes of the largest packet
   */
  PacketRing(int capacity, int slotLength) {
    this.slotLength = slotLength;
    mask = capacity - 1;
    ByteBuffer memory = ByteBuffer.allocateDirect(capacity * slotLength);
    buffer = new UnsafeBuffer(memory);
    packets = new ByteBuffer[capacity];
    for (int i = 0; i < capacity; i++) {
      packets[i] = memory.slice(i * slotLength, slotLength);
    }
  }

  int capacity() {
    return packets.length;
  }

  int slotLength() {
    return slotLength;
  }

  /** Where the slot at the head is written. */
  UnsafeBuffer buffer() {
    return buffer;
  }

  /** Index in the buffer of the slot at the head; it must not hold a packet that still waits. */
  int headOffset() {
    return ((int) head & mask) * slotLength;
  }

  /** Makes what was written into the slot at the head the next packet. */
  void commit(int length) {
    packets[(int) head & mask].limit(length);
    head++;
  }

  /** Number that the next packet will have. */
  long head() {
    return head;
  }

  /** A packet that was committed at most {@link #capacity} packets ago, ready to be sent. */
  ByteBuffer packet(long number) {
    assert number < head && head - number <= packets.length : "packet=" + number + " head=" + head;
    return packets[(int) number & mask].position(0);
  }
}
