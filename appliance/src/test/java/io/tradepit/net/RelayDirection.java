package io.tradepit.net;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;

/** One direction of a relay: frames out of one tap into another. Owned by the relay's thread. */
final class RelayDirection {
  private static final int LARGEST_FRAME_BYTES = 1 << 16;
  private static final int BURST = 64;

  /** A frame that is overtaken: until an index, or a time when nothing comes. */
  private static final class Held {
    final byte[] bytes;
    final long untilIndex;
    final long untilNs;

    Held(byte[] bytes, long untilIndex, long untilNs) {
      this.bytes = bytes;
      this.untilIndex = untilIndex;
      this.untilNs = untilNs;
    }
  }

  private final Tap from;
  private final Tap into;
  private final FrameChange change;
  private final MemorySegment frame = Arena.ofAuto().allocate(LARGEST_FRAME_BYTES);
  private final MemorySegment freed = Arena.ofAuto().allocate(LARGEST_FRAME_BYTES);
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private volatile Weather weather = Weather.FAIR;
  private volatile RelayCounts counts = new RelayCounts(0, 0, 0, 0);

  /** What becomes of a frame of a length: its new length, or -1 when it does not go on. */
  interface FrameChange {
    FrameChange NONE = (frame, length) -> length;

    int change(MemorySegment frame, int length);
  }

  RelayDirection(Tap from, Tap into, FrameChange change) {
    this.from = from;
    this.into = into;
    this.change = change;
  }

  void weather(Weather next) {
    weather = next;
  }

  RelayCounts counts() {
    return counts;
  }

  boolean isHolding() {
    return !held.isEmpty();
  }

  /** Moves a burst of what is there. */
  void move() {
    for (int i = 0; i < BURST; i++) {
      int length = from.read(frame);
      if (length < 0) {
        break;
      }
      int changed = change.change(frame, length);
      if (changed >= 0) {
        decide(changed);
      }
      free();
    }
    free();
  }

  private void decide(int length) {
    RelayCounts before = counts;
    Fate fate = weather.fate(before.frames(), frame.asSlice(0, length));
    switch (fate) {
      case PASS -> into.write(frame, length);
      case DOUBLE -> {
        into.write(frame, length);
        into.write(frame, length);
      }
      case HOLD -> hold(before.frames(), length);
      case LOSE -> {} // that is all
    }
    counts = before.and(fate);
  }

  private void hold(long index, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(frame, 0, MemorySegment.ofArray(bytes), 0, length);
    held.add(new Held(bytes, index + Relay.HELD_FRAMES, System.nanoTime() + Relay.HELD_NS));
  }

  private void free() {
    Held first;
    while ((first = held.peek()) != null && isOver(first)) {
      MemorySegment.copy(MemorySegment.ofArray(first.bytes), 0, freed, 0, first.bytes.length);
      into.write(freed, first.bytes.length);
      held.remove();
    }
  }

  private boolean isOver(Held frame) {
    return counts.frames() > frame.untilIndex || System.nanoTime() - frame.untilNs >= 0;
  }
}
