package io.tradepit.matching;

import io.tradepit.matching.rules.Continuation;
import io.tradepit.matching.rules.MatchingState;
import io.tradepit.matching.state.Header;
import io.tradepit.matching.state.Regions;
import io.tradepit.matching.state.StateHash;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.SnapshotBeginDecoder;
import io.tradepit.protocol.sbe.SnapshotEndDecoder;
import io.tradepit.protocol.sbe.SnapshotGatewayDecoder;
import io.tradepit.protocol.sbe.SnapshotInstrumentDecoder;
import io.tradepit.protocol.sbe.SnapshotOrderDecoder;
import io.tradepit.protocol.sbe.SnapshotSessionDecoder;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;

/**
 * Loads the messages of a {@link SnapshotWriter} into a matcher that has applied nothing yet. The
 * matcher's thread, at start: allocates.
 *
 * <p>Everything is checked: form and order of the messages, versions, capacities, counts, a hash of
 * all bytes and the state hash. The matcher applies no command before the snapshot is whole.
 */
public final class SnapshotLoader implements SnapshotSink {
  private static final int FIRST_TEMPLATE = SnapshotBeginDecoder.TEMPLATE_ID;
  private static final String[] NAMES = {
    "begin", "gateways", "instruments", "sessions", "orders", "end"
  };
  private static final int[] BLOCK_LENGTHS = {
    SnapshotBeginDecoder.BLOCK_LENGTH,
    SnapshotGatewayDecoder.BLOCK_LENGTH,
    SnapshotInstrumentDecoder.BLOCK_LENGTH,
    SnapshotSessionDecoder.BLOCK_LENGTH,
    SnapshotOrderDecoder.BLOCK_LENGTH,
    SnapshotEndDecoder.BLOCK_LENGTH
  };
  private static final int BEGIN = 0;
  private static final int GATEWAYS = 1;
  private static final int INSTRUMENTS = 2;
  private static final int SESSIONS = 3;
  private static final int ORDERS = 4;
  private static final int END = 5;

  private final MatchingState state;
  private final Header header;
  private final SnapshotChecks checks = new SnapshotChecks();
  private final SnapshotEntities entities;
  private final MessageHeaderDecoder message = new MessageHeaderDecoder();
  private final SnapshotBeginDecoder begin = new SnapshotBeginDecoder();
  private final SnapshotEndDecoder end = new SnapshotEndDecoder();
  private final long[] seen = new long[NAMES.length];
  private final long[] expected = {1, 0, 0, 0, 0, 1};
  private SnapshotOrders orders;
  private long contentHash;
  private long sequence;
  private long stateHash;
  private long levels;

  /**
   * @param matcher that has applied nothing yet, of the same capacities and rule version
   * @throws SnapshotRefusedException when it has applied something
   */
  public SnapshotLoader(Matcher matcher) {
    this.state = matcher.state();
    this.header = state.header;
    this.entities = new SnapshotEntities(state, checks);
    checks.require(
        header.isFresh(), "lastSequence", matcher.lastSequence(), "the state is not empty");
  }

  /**
   * Takes the next message; always has room.
   *
   * @throws SnapshotRefusedException when the message does not fit; the matcher is of no use then
   */
  @Override
  public boolean onMessage(DirectBuffer buffer, int offset, int length) {
    checks.next();
    int kind = kindOf(buffer, offset, length);
    requirePlace(kind);
    int block = offset + MessageHeaderDecoder.ENCODED_LENGTH;
    switch (kind) {
      case BEGIN -> begin(buffer, block);
      case GATEWAYS -> entities.gateway(buffer, block);
      case INSTRUMENTS -> entities.instrument(buffer, block);
      case SESSIONS -> entities.session(buffer, block);
      case ORDERS -> orders.add(buffer, block);
      default -> end(buffer, block);
    }
    seen[kind]++;
    contentHash = StateHash.ofBytes(contentHash, buffer, offset, length);
    return true;
  }

  /** Whether the snapshot is whole, and the matcher in its state. */
  public boolean isComplete() {
    return seen[END] == 1;
  }

  /**
   * To be called when there are no more messages.
   *
   * @throws SnapshotRefusedException when the snapshot is cut short
   */
  public void requireComplete() {
    if (!isComplete()) {
      int kind = 0;
      while (seen[kind] == expected[kind]) {
        kind++;
      }
      throw counted(kind, "the snapshot is cut short");
    }
  }

  private int kindOf(DirectBuffer buffer, int offset, int length) {
    int headerBytes = MessageHeaderDecoder.ENCODED_LENGTH;
    checks.require(length >= headerBytes, "length", length, "a message has 8 bytes at least");
    message.wrap(buffer, offset);
    int kind = message.templateId() - FIRST_TEMPLATE;
    checks.require(
        kind >= 0 && kind < NAMES.length, "template", message.templateId(), "not of a snapshot");
    checks.requireSame("schemaId", message.schemaId(), MessageHeaderDecoder.SCHEMA_ID);
    checks.requireSame("schemaVersion", message.version(), MessageHeaderDecoder.SCHEMA_VERSION);
    checks.requireSame("blockLength", message.blockLength(), BLOCK_LENGTHS[kind]);
    checks.requireSame(
        "length", length, BitUtil.align(headerBytes + BLOCK_LENGTHS[kind], Long.BYTES));
    return kind;
  }

  /** All of the kinds before it have come, and not all of its own. */
  private void requirePlace(int kind) {
    for (int i = 0; i < kind; i++) {
      if (seen[i] != expected[i]) {
        throw counted(i, "came before this of " + NAMES[kind]);
      }
    }
    if (seen[kind] == expected[kind]) {
      throw counted(kind, "and one more");
    }
  }

  private SnapshotRefusedException counted(int kind, String what) {
    return checks.refusal(
        NAMES[kind] + "=" + seen[kind] + " expected=" + expected[kind] + ": " + what);
  }

  private void begin(DirectBuffer buffer, int block) {
    begin.wrap(
        buffer, block, SnapshotBeginDecoder.BLOCK_LENGTH, SnapshotBeginDecoder.SCHEMA_VERSION);
    requireSameKind();
    requireCounts();
    header.beginLoad();
    header.put(Header.CONTINUATION, Continuation.LOADING);
    sequence = begin.sequence();
    stateHash = begin.stateHash();
    levels = begin.levels();
    header.counter(Header.LAST_SEQUENCE, sequence);
    header.counter(Header.LAST_TIME_NS, begin.lastTimeNs());
    header.counter(Header.DAY_STATE, begin.dayState());
    header.counter(Header.DATE, begin.date());
    header.counter(Header.MIDNIGHT_NS, begin.midnightNs());
    header.counter(Header.ORDER_NUMBER, begin.lastOrderNumber());
    header.counter(Header.MATCH_NUMBER, begin.lastMatchNumber());
    header.counter(Header.FEED_NUMBER, begin.lastFeedMessageNumber());
    header.counter(Header.STALE_COMMANDS, begin.staleCommands());
    header.logHash(begin.logHash());
    orders = new SnapshotOrders(state, checks, (int) expected[ORDERS], levels);
  }

  private void requireSameKind() {
    checks.requireSame("layoutVersion", begin.layoutVersion(), SnapshotEncoder.LAYOUT_VERSION);
    checks.requireSame("ruleVersion", begin.ruleVersion(), MatchingState.RULE_VERSION);
    checks.requireSame("schemaVersion", begin.schemaVersion(), SnapshotBeginDecoder.SCHEMA_VERSION);
    Regions regions = state.regions;
    checks.requireSame("maxOrders", begin.maxOrders(), regions.maxOrders);
    checks.requireSame("maxLevels", begin.maxLevels(), regions.maxLevels);
    checks.requireSame(
        "maxOpenOrdersOfSession", begin.maxOpenOrdersOfSession(), regions.maxOpenOrdersOfSession);
    checks.requireSame("maxInstruments", begin.maxInstruments(), regions.maxInstruments);
    checks.requireSame("maxSessions", begin.maxSessions(), regions.maxSessions);
  }

  private void requireCounts() {
    expect(GATEWAYS, begin.gateways(), SnapshotEncoder.GATEWAYS);
    expect(INSTRUMENTS, begin.instruments(), state.regions.maxInstruments);
    expect(SESSIONS, begin.sessions(), state.regions.maxSessions);
    expect(ORDERS, begin.orders(), state.regions.maxOrders);
    checks.require(
        begin.levels() <= state.regions.maxLevels,
        "levels",
        begin.levels(),
        "more than there is room for");
    checks.require(begin.dayState() <= Header.CLOSED, "dayState", begin.dayState(), "not known");
    checks.require(begin.sequence() >= 0, "sequence", begin.sequence(), "allowed are 0 and more");
  }

  private void expect(int kind, long count, int most) {
    checks.require(count <= most, NAMES[kind], count, "more than there is room for");
    expected[kind] = count;
  }

  private void end(DirectBuffer buffer, int block) {
    end.wrap(buffer, block, SnapshotEndDecoder.BLOCK_LENGTH, SnapshotEndDecoder.SCHEMA_VERSION);
    checks.requireSame("messages", end.messages(), checks.message());
    checks.requireSame("sequence", end.sequence(), sequence);
    checks.requireSame("contentHash", end.contentHash(), contentHash);
    orders.open();
    checks.requireSame("levels", levels, state.books.levelsInUse());
    checks.requireSame("stateHash", stateHash, header.hash());
    entities.endChanges();
    header.put(Header.CONTINUATION, Continuation.NONE);
    header.completeLoad(sequence);
  }
}
