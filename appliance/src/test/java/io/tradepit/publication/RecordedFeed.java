package io.tradepit.publication;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.journal.InMemoryEventStream;
import io.tradepit.protocol.mold.MoldPacketDecoder;
import io.tradepit.telemetry.CounterFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A recorded day of the feed with a publisher, whose packets go where a test says, and feed
 * recovery beside it.
 */
final class RecordedFeed implements AutoCloseable {
  static final String SESSION = "20261120A ";

  private static final int CAPACITY = (int) Tier.count(1 << 24, 1 << 27);

  final EventScript script = new EventScript();
  final InMemoryEventStream stream = new InMemoryEventStream(CAPACITY, CAPACITY);
  final CountersOfTest counters = new CountersOfTest();
  final PublisherAgent publisher;
  final FeedRecoveryAgent recovery;
  long nowNs = 1;
  private long number;

  RecordedFeed(PacketSender line, UnaryOperator<FeedRecoveryContext> settings) {
    this(line, packet -> true, settings);
  }

  RecordedFeed(
      PacketSender lineA, PacketSender lineB, UnaryOperator<FeedRecoveryContext> settings) {
    publisher =
        new PublisherAgent(
            new PublisherContext()
                .eventReader(stream.newReader())
                .lineA(lineA)
                .lineB(lineB)
                .clock(() -> nowNs)
                .counters(CounterFactory.unexported())
                .conclude());
    recovery =
        new FeedRecoveryAgent(
            settings.apply(
                new FeedRecoveryContext()
                    .histories(stream::newHistory)
                    .clock(() -> nowNs)
                    .counters(counters)));
  }

  /** Records what the script got since the last call. */
  void record() {
    script.poll(
        (buffer, offset, length, position) ->
            assertTrue(stream.offer(buffer, offset, length) >= 0, "streamCapacity=" + CAPACITY),
        Integer.MAX_VALUE);
  }

  /** Opens the day: messages 1 and 2. */
  RecordedFeed open() {
    script.dayOpened(SESSION).notified(1, 'O').listed(2, 100).frame(1);
    number = 2;
    record();
    return this;
  }

  /** Frames of an order that is accepted and partly executed, two messages each. */
  RecordedFeed orders(int count) {
    for (int i = 0; i < count; i++) {
      long order = number;
      script.accepted(++number, order, 'B', i % 3 == 0 ? 'A' : 'Y', 100, 1_503_400);
      script.executed(++number, order, 40, order).frame(number);
    }
    record();
    return this;
  }

  /** Closes the day with one message more. */
  RecordedFeed closeDay() {
    script.notified(++number, 'C').dayClosed().frame(number);
    record();
    return this;
  }

  /** Number of the last message. */
  long last() {
    return number;
  }

  /** Lets the publisher send all that there is. */
  void publish() {
    while (publisher.doWork() > 0) {
      nowNs++;
    }
  }

  /** Lets feed recovery do all that it has to do. */
  void recover() {
    while (recovery.doWork() > 0) {
      nowNs++;
    }
  }

  /** Every message of the packets that a line sent, from number 1 on. */
  static List<byte[]> messagesOf(CapturedLine line) {
    List<byte[]> messages = new ArrayList<>();
    for (String hex : line.packets) {
      byte[] packet = HexFormat.of().parseHex(hex);
      MoldPacketDecoder decoder = new MoldPacketDecoder();
      assertTrue(decoder.wrap(new UnsafeBuffer(packet), 0, packet.length), hex);
      while (decoder.next()) {
        int from = decoder.messageOffset();
        messages.add(Arrays.copyOfRange(packet, from, from + decoder.messageLength()));
      }
    }
    return messages;
  }

  static UnsafeBuffer session() {
    return new UnsafeBuffer(SESSION.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    recovery.onClose();
  }
}
