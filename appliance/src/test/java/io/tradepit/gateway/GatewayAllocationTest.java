package io.tradepit.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.protocol.Hex;
import io.tradepit.protocol.sbe.CancelOrderEncoder;
import io.tradepit.protocol.sbe.MessageHeaderEncoder;
import io.tradepit.protocol.sbe.OrderCanceledEncoder;
import io.tradepit.protocol.sbe.OriginEncoder;
import io.tradepit.stream.EventFrame;
import io.tradepit.telemetry.StampReader;
import java.nio.ByteOrder;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The order path with its stamps allocates nothing: a million messages in, a million out. */
@Timeout(120)
class GatewayAllocationTest {
  private static final int MESSAGES = 1_000_000;
  private static final long FIRST_COMMAND = 1_000;

  private final Venue venue = new Venue();
  private final byte[] order =
      Venue.packet(
          'U',
          Hex.bytes(
              "4f00000001420000006441434d4520202020000000000016f0a83059414e4e4f52443030303120202020"
                  + "202020"
                  + "0003021c01"));
  private final UnsafeBuffer bytes = new UnsafeBuffer(order);
  private final UnsafeBuffer frame = new UnsafeBuffer(new byte[256]);
  private final OrderCanceledEncoder event = new OrderCanceledEncoder();
  private final MessageHandler sink = (type, buffer, index, length) -> {};
  private final UnsafeBuffer command = new UnsafeBuffer(new byte[64]);
  private final StampReader reader = venue.stamps.reader(FIRST_COMMAND + 1);
  private final StampReader.Handler counted = new Counted();
  private FakeTransport.Peer peer;
  private long number;
  private long stamped;

  private final class Counted implements StampReader.Handler {
    @Override
    public void onOrder(
        byte source, long ingress, long sequenced, long released, long matched, long written) {
      stamped++;
    }

    @Override
    public void onUnanswered() {}

    @Override
    public void onBehind() {}

    @Override
    public void onMissed() {}
  }

  @Test
  void shouldAllocateNothingForAMessageInAndAMessageOut() {
    peer = venue.login("MM01", 1);
    peer.keeps = false;
    new MessageHeaderEncoder().wrap(command, 0).templateId(CancelOrderEncoder.TEMPLATE_ID);
    new OriginEncoder()
        .wrap(command, MessageHeaderEncoder.ENCODED_LENGTH)
        .sessionId(0)
        .gateway((short) 1);
    frame.putShort(EventFrame.COUNT_OFFSET, (short) 1, ByteOrder.LITTLE_ENDIAN);
    frame.putShort(EventFrame.FLAGS_OFFSET, EventFrame.LAST, ByteOrder.LITTLE_ENDIAN);
    event
        .wrapAndApplyHeader(frame, EventFrame.HEADER_LENGTH, venue.events.header)
        .sessionId(0)
        .userRefNum(1)
        .quantity(100)
        .remaining(0)
        .reason((byte) 'U')
        .userRefIdx((short) 0);
    // The meter and the JIT have one-off allocations of their own.
    long warmUp = AllocationMeter.bytesAllocatedBy(() -> run(MESSAGES));
    long before = venue.sentMessages();
    long bytesOfPath = AllocationMeter.bytesAllocatedBy(() -> run(MESSAGES));
    assertEquals(MESSAGES, venue.sentMessages() - before);
    long control = AllocationMeter.bytesAllocatedBy(() -> boxed(1_000));
    Tier.ran(
        "gateway allocation",
        "messages="
            + MESSAGES
            + " bytes="
            + bytesOfPath
            + " warmUp="
            + warmUp
            + " control="
            + control);
    assertEquals(0, bytesOfPath);
    assertEquals(2L * MESSAGES, stamped);
    assertTrue(control >= 1_000 * Long.BYTES);
  }

  // As the matcher's agent does, so that the gateway finds whose answer it sends.
  private void stampCommand(long sequence) {
    frame.putLong(EventFrame.COMMAND_SEQUENCE_OFFSET, sequence, ByteOrder.LITTLE_ENDIAN);
    venue.commandStamps.onPoll();
    venue.commandStamps.onReleased(sequence, command, 0);
    venue.commandStamps.onMatched(sequence, sequence);
  }

  private void run(int messages) {
    for (int i = 0; i < messages; i++) {
      int taken = venue.agent.onBytes(peer.connection, bytes, 0, order.length, 1L, (byte) 'P');
      if (taken != order.length) {
        throw new AssertionError("taken=" + taken);
      }
      venue.ring.read(sink);
      event.sessionMessageNumber(++number);
      stampCommand(FIRST_COMMAND + number);
      venue.agent.onLiveFrame(frame, 0, 128, venue.events.end());
      venue.agent.doWork();
      reader.poll(counted, 1);
    }
  }

  private static void boxed(int count) {
    Object[] kept = new Object[count];
    for (int i = 0; i < count; i++) {
      kept[i] = new long[1];
    }
    assertEquals(count, kept.length);
  }
}
