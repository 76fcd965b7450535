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
  private final boolean[] recovered;
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
    recovered = new boolean[capacity];
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

  /**
   * Keeps a packet; there must be room.
   *
   * @param fromServer whether it was asked for, instead of coming on a line
   */
  void hold(
      DirectBuffer packet, int length, long sequence, int count, long nowNs, boolean fromServer) {
    int slot = slots[size++];
    bytes.putBytes(slot * slotBytes, packet, 0, length);
    sequences[slot] = sequence;
    counts[slot] = count;
    lengths[slot] = length;
    arrivals[slot] = nowNs;
    recovered[slot] = fromServer;
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

  /** Index of the packet that begins last; {@link #NONE} when nothing is held. */
  int highest() {
    int highest = NONE;
    for (int i = 0; i < size; i++) {
      if (highest == NONE || sequence(i) > sequence(highest)) {
        highest = i;
      }
    }
    return highest;
  }

  /** The first number from this one on that no held packet brings. */
  long firstMissing(long from) {
    long missing = from;
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int i = 0; i < size; i++) {
        if (sequence(i) <= missing && missing < end(i)) {
          missing = end(i);
          moved = true;
        }
      }
    }
    return missing;
  }

  /** Where the first held packet begins behind this number, or the limit when none does before. */
  long nextHeld(long from, long limit) {
    long next = limit;
    for (int i = 0; i < size; i++) {
      if (sequence(i) > from) {
        next = Math.min(next, sequence(i));
      }
    }
    return next;
  }

  /** The highest number that a packet begins with which came at or before this time; else 0. */
  long highestOfBefore(long timeNs) {
    long highest = 0;
    for (int i = 0; i < size; i++) {
      if (arrivals[slots[i]] - timeNs <= 0) {
        highest = Math.max(highest, sequence(i));
      }
    }
    return highest;
  }

  /** The number behind the last message of a packet. */
  long end(int index) {
    return sequence(index) + counts[slots[index]];
  }

  /** Whether a packet was asked for. */
  boolean isRecovered(int index) {
    return recovered[slots[index]];
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
