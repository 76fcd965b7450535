package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.protocol.udp.MulticastFrameEncoder;
import io.tradepit.telemetry.CounterFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PortMulticastSenderTest {
  private static final int WARM_UP_ROUNDS = 10;
  private static final int HEADERS = 14 + 20 + 8;

  private final ByteBuffer large = ByteBuffer.allocateDirect(1_400);
  private final FakeDpdk dpdk = new FakeDpdk(4);
  private final AtomicCounter ignored = CounterFactory.unexported().counter("i", "i");
  private final PortMulticastSender sender =
      new PortMulticastSender(
          dpdk,
          FakeDpdk.PORT,
          new MulticastFrameEncoder(
              new byte[] {2, 0, 0, 0, 0, 1},
              0,
              new InetSocketAddress("10.77.1.1", 30_001),
              new InetSocketAddress("239.192.7.1", 30_001),
              4,
              1500,
              true),
          ignored);

  @Test
  void shouldSendWhatItTookAtTheNextFlushOnly() {
    ByteBuffer packet = ByteBuffer.allocateDirect(100);
    for (int i = 0; i < 100; i++) {
      packet.put(i, (byte) i);
    }
    assertTrue(sender.trySend(packet.position(10).limit(30)));
    assertEquals(0, dpdk.sent.size());
    sender.flush();

    byte[] frame = dpdk.sent.getFirst();
    assertEquals(HEADERS + 20, frame.length);
    byte[] payload = new byte[20];
    packet.get(10, payload);
    assertArrayEquals(payload, Arrays.copyOfRange(frame, HEADERS, HEADERS + 20));
  }

  @Test
  void shouldSayThatThereIsNoRoomUntilTheWireTakesSome() {
    ByteBuffer packet = ByteBuffer.allocateDirect(20);
    for (int i = 0; i < 4; i++) {
      assertTrue(sender.trySend(packet.clear()));
    }
    dpdk.isStuck = true;
    sender.flush();
    assertFalse(sender.trySend(packet.clear()));
    dpdk.isStuck = false;
    sender.flush();
    assertTrue(sender.trySend(packet.clear()));
    assertEquals(4, dpdk.sent.size());
  }

  @Test
  void shouldThrowAwayAndCountWhatComesIn() {
    dpdk.waiting = 100;
    sender.flush();
    sender.flush();
    sender.flush();
    assertEquals(100, ignored.get());
    assertEquals(0, dpdk.held);
  }

  @Test
  void shouldAllocateNothing() {
    int rounds = (int) Tier.count(20, 200);
    dpdk.keepsSent = false;
    Runnable round = () -> send(50_000);
    // The compiler's last change of mind costs some bytes, once, in the third round or so.
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      round.run();
    }
    long bytes = 0;
    for (int i = 0; i < rounds; i++) {
      bytes += AllocationMeter.bytesAllocatedBy(round);
    }
    assertEquals(0, bytes, "allocatedBytes");
    Tier.ran("frames of the feed", "packets=" + 50_000L * rounds + " allocatedBytes=" + bytes);
  }

  @Test
  void shouldSeeAWireThatAllocates() {
    assertTrue(AllocationMeter.bytesAllocatedBy(() -> send(1_000)) >= 1_000 * 1_400);
  }

  private void send(long count) {
    for (long i = 0; i < count; i++) {
      if (!sender.trySend(large.position(0).limit(1_400))) {
        throw new AssertionError("packet=" + i);
      }
      dpdk.waiting = 1;
      sender.flush();
    }
  }
}
