package io.tradepit.transport;

import org.agrona.BitUtil;

/**
 * First in, first out, of slot numbers. As large as there are slots; its users put a slot in at
 * most once at a time, so that it is never full.
 */
public final class SlotQueue {
  private final int[] slots;
  private final int mask;
  private int head;
  private int tail;

  public SlotQueue(int capacity) {
    slots = new int[BitUtil.findNextPositivePowerOfTwo(capacity)];
    mask = slots.length - 1;
  }

  public int size() {
    return tail - head;
  }

  public void add(int slot) {
    assert size() < slots.length : "size=" + size();
    slots[tail++ & mask] = slot;
  }

  public int take() {
    assert size() > 0 : "size=0";
    return slots[head++ & mask];
  }
}
