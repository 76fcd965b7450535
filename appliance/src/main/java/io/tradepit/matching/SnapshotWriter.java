package io.tradepit.matching;

import io.tradepit.matching.book.OrderBook;
import io.tradepit.matching.rules.MatchingState;
import io.tradepit.matching.session.Sessions;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.StateHash;

/**
 * Writes the state of a matcher as SBE messages (schema: templates 201 to 206), in steps, on the
 * matcher's thread. Allocates nothing after construction.
 *
 * <p>A snapshot is of one moment between two commands: no command may be applied before it is
 * complete. Between two steps the caller may do anything else, such as answer heartbeats. Equal
 * states give equal bytes, wherever their records lie in memory.
 */
public final class SnapshotWriter {
  /** No message is longer: the payload of a datagram on any network, so that none is split. */
  public static final int MOST_MESSAGE_BYTES = 1376;

  private static final int BEGIN = 0;
  private static final int GATEWAYS = 1;
  private static final int INSTRUMENTS = 2;
  private static final int SESSIONS = 3;
  private static final int ORDERS = 4;
  private static final int END = 5;
  private static final int COMPLETE = 6;

  private final MatchingState state;
  private final SnapshotEncoder encoder;
  private int phase = COMPLETE;
  private boolean isPending;
  private int next;
  private int side;
  private int order;
  private long sequence;
  private long messages;
  private long contentHash;

  /**
   * @param matcher whose state is written
   */
  public SnapshotWriter(Matcher matcher) {
    this.state = matcher.state();
    this.encoder = new SnapshotEncoder(state);
  }

  /**
   * Begins a snapshot of the state as it is now; one in progress is given up.
   *
   * @throws IllegalStateException when a command is not complete
   */
  public void begin() {
    requireWhole();
    sequence = state.header.counter(Header.LAST_SEQUENCE);
    phase = BEGIN;
    isPending = false;
    messages = 0;
    contentHash = 0;
  }

  /**
   * The next step.
   *
   * @param limit messages that are handed over at most
   * @return messages that the sink has taken; 0 when it has no room or the snapshot is complete
   * @throws IllegalStateException when a command was applied since {@link #begin}
   */
  public int write(SnapshotSink sink, int limit) {
    int taken = 0;
    requireUnchanged();
    while (taken < limit && phase != COMPLETE) {
      prepare();
      if (!sink.onMessage(encoder.buffer, 0, encoder.length())) {
        return taken;
      }
      isPending = false;
      taken++;
      phase = phase == END ? COMPLETE : phase;
    }
    return taken;
  }

  /** Whether the sink has taken all messages of the snapshot that was begun last. */
  public boolean isComplete() {
    return phase == COMPLETE;
  }

  private void requireWhole() {
    if (state.header.isHalfApplied()) {
      throw new IllegalStateException(
          "snapshot=refused sequence="
              + state.header.counter(Header.LAST_SEQUENCE)
              + ": the command is not complete");
    }
  }

  private void requireUnchanged() {
    if (phase != COMPLETE && state.header.begun() != sequence) {
      throw new IllegalStateException(
          "snapshot=refused sequence="
              + sequence
              + " begun="
              + state.header.begun()
              + ": a command was applied before the snapshot was complete");
    }
  }

  private void prepare() {
    if (!isPending) {
      encodeNext();
      isPending = true;
      messages++;
      contentHash = StateHash.ofBytes(contentHash, encoder.buffer, 0, encoder.length());
    }
  }

  private void encodeNext() {
    boolean encoded = false;
    while (!encoded) {
      encoded =
          switch (phase) {
            case BEGIN -> begins();
            case GATEWAYS -> nextGateway();
            case INSTRUMENTS -> nextInstrument();
            case SESSIONS -> nextSession();
            case ORDERS -> nextOrder();
            default -> ends();
          };
    }
  }

  private boolean enter(int nextPhase, int first) {
    phase = nextPhase;
    next = first;
    return false;
  }

  private boolean begins() {
    encoder.begin();
    enter(GATEWAYS, 0);
    return true;
  }

  private boolean nextGateway() {
    while (next < SnapshotEncoder.GATEWAYS) {
      int gateway = next++;
      if (state.header.gatewaySequence(gateway) != 0) {
        encoder.gateway(gateway);
        return true;
      }
    }
    return enter(INSTRUMENTS, 1);
  }

  private boolean nextInstrument() {
    if (next > state.instruments.count()) {
      return enter(SESSIONS, 0);
    }
    encoder.instrument(next++);
    return true;
  }

  private boolean nextSession() {
    while (next < state.sessions.capacity()) {
      int session = next++;
      if (state.sessions.is(session, Sessions.DEFINED)) {
        encoder.session(session);
        return true;
      }
    }
    side = OrderBook.ASK;
    order = 0;
    return enter(ORDERS, 0);
  }

  /** The side of an instrument is at its end when there is no next order. */
  private boolean nextOrder() {
    while (order == 0) {
      next += side;
      side = 1 - side;
      if (next > state.instruments.count()) {
        return enter(END, 0);
      }
      order = state.books.book(next).best(side);
    }
    encoder.order(order);
    order = state.books.book(next).next(order, side);
    return true;
  }

  private boolean ends() {
    encoder.end(messages + 1, contentHash);
    return true;
  }
}
