package io.tradepit.tools.client;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Packets that wait for one before them, in no order; a fixed number of slots. Searches look at
 * every slot in use: packets are held only while something is missing.
 */
final class HeldPackets {
  /** Returned when there is no such packet. */
  static final int NONE = -1;

  private final int slotBytes;
  private final UnsafeBuffer bytes;
  private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
  private final long[] sequences;
  private final int[] counts;
  private final int[] lengths;
  private final long[] arrivals;
  // Slots in use are those below size.
  private final int[] slots;
  private int size;

  HeldPackets(int capacity, int slotBytes) {
    this.slotBytes = slotBytes;
    bytes = new UnsafeBuffer(new byte[Math.multiplyExact(capacity, slotBytes)]);
    sequences = new long[capacity];
    counts = new int[capacity];
    lengths = new int[capacity];
    arrivals = new long[capacity];
    slots = new int[capacity];
    for (int i = 0; i < capacity; i++) {
      slots[i] = i;
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean isFull() {
    return size == slots.length;
  }

  /** Whether one held packet brings all of these messages. */
  boolean covers(long sequence, int count) {
    for (int i = 0; i < size; i++) {
      int slot = slots[i];
      if (sequences[slot] <= sequence && sequence + count <= sequences[slot] + counts[slot]) {
        return true;
      }
    }
    return false;
  }

  void hold(DirectBuffer packet, int length, long sequence, int count, long nowNs) {
    int slot = slots[size++];
    bytes.putBytes(slot * slotBytes, packet, 0, length);
    sequences[slot] = sequence;
    counts[slot] = count;
    lengths[slot] = length;
    arrivals[slot] = nowNs;
  }

  /** Index of the packet that begins first; {@link #NONE} when nothing is held. */
  int lowest() {
    int lowest = NONE;
    for (int i = 0; i < size; i++) {
      if (lowest == NONE || sequence(i) < sequence(lowest)) {
        lowest = i;
      }
    }
    return lowest;
  }

  long sequence(int index) {
    return sequences[slots[index]];
  }

  /** When the packet came that has been held longest; something must be held. */
  long firstArrivalNs() {
    long first = arrivals[slots[0]];
    for (int i = 1; i < size; i++) {
      first = Math.min(first, arrivals[slots[i]]);
    }
    return first;
  }

  int length(int index) {
    return lengths[slots[index]];
  }

  /** The bytes of a packet, valid until the next {@link #hold}. */
  DirectBuffer view(int index) {
    view.wrap(bytes, slots[index] * slotBytes, lengths[slots[index]]);
    return view;
  }

  void release(int index) {
    int slot = slots[index];
    slots[index] = slots[--size];
    slots[size] = slot;
  }

  void clear() {
    size = 0;
  }
}
