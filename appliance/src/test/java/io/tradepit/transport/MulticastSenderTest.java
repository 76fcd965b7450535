package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class MulticastSenderTest {
  private static final String GROUP = "239.192.77.1";
  private static final int BATCH = 25_000;

  private final NetworkInterface loopback = loopbackInterface();

  @Test
  void shouldDeliverDatagramsByteForByteWhenReceiverJoined() throws IOException {
    try (DatagramChannel receiver = receiver();
        MulticastSender sender = new MulticastSender(groupOf(receiver), loopback, 0)) {
      ByteBuffer datagram = ByteBuffer.allocateDirect(64);
      for (long i = 0; i < 100; i++) {
        datagram.clear().putLong(0, i).putLong(8, ~i).limit(16 + (int) (i % 48));
        assertTrue(sender.trySend(datagram));
        assertEquals(0, datagram.remaining());
        ByteBuffer received = ByteBuffer.allocate(128);
        assertEquals(sender.localAddress(), receiver.receive(received));
        assertEquals(datagram.flip(), received.flip());
      }
    }
  }

  @Test
  void shouldSendFromPositionWhenBufferIsPartlyFilled() throws IOException {
    try (DatagramChannel receiver = receiver();
        MulticastSender sender = new MulticastSender(groupOf(receiver), loopback, 0)) {
      ByteBuffer datagram = ByteBuffer.allocateDirect(8).putLong(0, 0x0102030405060708L);
      assertTrue(sender.trySend(datagram.position(2).limit(5)));
      ByteBuffer received = ByteBuffer.allocate(8);
      receiver.receive(received);
      assertEquals(ByteBuffer.wrap(new byte[] {3, 4, 5}), received.flip());
    }
  }

  @Test
  void shouldReachNobodyOnThisHostWhenLoopbackIsOff() throws IOException {
    NetworkInterface nic = otherInterface();
    assumeTrue(nic != null, "no interface but lo, which hands every datagram back by itself");
    try (DatagramChannel receiver = receiver(nic);
        MulticastSender silent = new MulticastSender(groupOf(receiver), nic, 0, false);
        MulticastSender heard = new MulticastSender(groupOf(receiver), nic, 0, true)) {
      assertTrue(silent.trySend(ByteBuffer.allocateDirect(1)));
      assertTrue(heard.trySend(ByteBuffer.allocateDirect(2)));
      ByteBuffer received = ByteBuffer.allocate(8);
      receiver.receive(received);
      assertEquals(2, received.position());
    }
  }

  @Test
  void shouldRefuseWhenArgumentsAreOutOfRange() {
    InetSocketAddress unicast = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4000);
    InetSocketAddress group = new InetSocketAddress(GROUP, 4000);
    assertEquals(
        "group=localhost/127.0.0.1:4000 allowed=224.0.0.0..239.255.255.255",
        assertThrows(
                IllegalArgumentException.class, () -> new MulticastSender(unicast, loopback, 1))
            .getMessage());
    assertEquals(
        "ttl=256 allowed=0..255",
        assertThrows(
                IllegalArgumentException.class, () -> new MulticastSender(group, loopback, 256))
            .getMessage());
  }

  @Test
  void shouldNameGroupAndInterfaceWhenSendingFails() {
    MulticastSender sender = new MulticastSender(new InetSocketAddress(GROUP, 4000), loopback, 0);
    sender.close();
    UncheckedIOException fault =
        assertThrows(
            UncheckedIOException.class, () -> sender.trySend(ByteBuffer.allocateDirect(1)));
    assertEquals(
        "multicast step=send group=/239.192.77.1:4000 interface=lo cause=null", fault.getMessage());
  }

  @Test
  void shouldAllocateNothingWhenSending() {
    int count = (int) Tier.count(1_000_000, 10_000_000);
    InetSocketAddress group = new InetSocketAddress(GROUP, 4001);
    try (MulticastSender sender = new MulticastSender(group, loopback, 0)) {
      ByteBuffer direct = ByteBuffer.allocateDirect(64);
      ByteBuffer heap = ByteBuffer.allocate(64);
      // Steady state: the first sends, and the moments when compiled code takes over, allocate
      // once.
      AllocationMeter.bytesAllocatedBy(() -> sendBatches(sender, direct, 20));
      long bytes =
          AllocationMeter.bytesAllocatedBy(() -> sendBatches(sender, direct, count / BATCH));
      long negativeControl =
          AllocationMeter.bytesAllocatedBy(() -> sendCopies(sender, heap, 1_000));
      Tier.ran(
          "MulticastSender allocation",
          "sends=%d bytes=%d negativeControl=%d".formatted(count, bytes, negativeControl));
      assertEquals(0, bytes);
      assertTrue(negativeControl >= 1_000 * 16);
    }
  }

  private static void sendBatches(MulticastSender sender, ByteBuffer direct, int batches) {
    for (int i = 0; i < batches; i++) {
      send(sender, direct, BATCH);
    }
  }

  private static void send(MulticastSender sender, ByteBuffer direct, int count) {
    for (int i = 0; i < count; i++) {
      direct.clear();
      while (!sender.trySend(direct)) {
        Thread.onSpinWait();
      }
    }
  }

  /** A view for each datagram, which is what a careless publisher would do. */
  private static void sendCopies(MulticastSender sender, ByteBuffer heap, int count) {
    for (int i = 0; i < count; i++) {
      ByteBuffer copy = ByteBuffer.allocateDirect(heap.capacity());
      sender.trySend(copy.put(heap.clear()).flip());
    }
  }

  private DatagramChannel receiver() throws IOException {
    return receiver(loopback);
  }

  private static DatagramChannel receiver(NetworkInterface nic) throws IOException {
    DatagramChannel receiver = DatagramChannel.open(StandardProtocolFamily.INET);
    receiver.bind(new InetSocketAddress(GROUP, 0));
    receiver.join(new InetSocketAddress(GROUP, 0).getAddress(), nic);
    return receiver;
  }

  private static NetworkInterface otherInterface() throws IOException {
    for (NetworkInterface nic : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      boolean ipv4 = nic.inetAddresses().anyMatch(Inet4Address.class::isInstance);
      if (ipv4 && nic.isUp() && nic.supportsMulticast() && !nic.isLoopback()) {
        return nic;
      }
    }
    return null;
  }

  private static InetSocketAddress groupOf(DatagramChannel receiver) throws IOException {
    return (InetSocketAddress) receiver.getLocalAddress();
  }

  private static NetworkInterface loopbackInterface() {
    try {
      return NetworkInterface.getByName("lo");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
