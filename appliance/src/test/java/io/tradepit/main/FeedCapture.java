package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.protocol.mold.MoldPacketDecoder;
import io.tradepit.protocol.mold.MoldPacketEncoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a line of the feed carried over all lives of a segment, a checksum for each number: a number
 * that comes again must be the same message.
 */
final class FeedCapture implements AutoCloseable {
  private static final int REQUESTED = 60;
  private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long LIMIT_NS = TimeUnit.MINUTES.toNanos(5);

  private final DatagramChannel line = DatagramChannel.open(StandardProtocolFamily.INET);
  private final ByteBuffer packet = ByteBuffer.allocateDirect(1 << 16);
  private final UnsafeBuffer view = new UnsafeBuffer(packet);
  private final MoldPacketDecoder decoder = new MoldPacketDecoder();
  private final CRC32C crc = new CRC32C();
  private int[] seen = new int[1 << 20];
  private long count;
  private long next = 1;
  private String session;

  FeedCapture(InetSocketAddress group) throws IOException {
    line.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    line.setOption(StandardSocketOptions.SO_RCVBUF, 8 << 20);
    line.bind(group);
    line.join(
        group.getAddress(), NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
    line.configureBlocking(false);
  }

  /** Takes what has come. */
  void poll() throws IOException {
    while (line.receive(packet.clear()) != null) {
      take(packet.position());
    }
  }

  private int take(int length) {
    assertTrue(decoder.wrap(view, 0, length), "malformed packet, length=" + length);
    session = decoder.session();
    next = Math.max(next, decoder.sequenceNumber());
    int messages = 0;
    while (decoder.next()) {
      take(decoder.messageSequenceNumber(), decoder.messageOffset(), decoder.messageLength());
      messages++;
    }
    return messages;
  }

  private void take(long number, int offset, int length) {
    crc.reset();
    crc.update(packet.duplicate().limit(offset + length).position(offset));
    int hash = (int) crc.getValue() | 1;
    int index = (int) number;
    if (index >= seen.length) {
      seen = Arrays.copyOf(seen, 2 * index);
    }
    if (seen[index] != 0) {
      assertEquals(seen[index], hash, "feed message " + number + " came twice and differs");
    } else {
      seen[index] = hash;
      count++;
    }
    next = Math.max(next, number + 1);
  }

  /** Messages that the line carried. */
  long count() {
    return count;
  }

  /** Asks a retransmission server for every message; those seen before must be the same. */
  long requestAll(InetSocketAddress server) throws IOException {
    long deadline = System.nanoTime() + LIMIT_NS;
    try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
      channel.connect(server).configureBlocking(false);
      long wanted = 1;
      while (wanted < next) {
        assertTrue(System.nanoTime() < deadline, "wanted=" + wanted + " next=" + next);
        wanted += request(channel, wanted);
      }
    }
    assertEquals(next - 1, count, "every number from 1 on");
    return next - 1;
  }

  private int request(DatagramChannel channel, long first) throws IOException {
    ByteBuffer request = ByteBuffer.allocate(20);
    UnsafeBuffer name =
        new UnsafeBuffer("%-10s".formatted(session).getBytes(StandardCharsets.US_ASCII));
    int wanted = (int) Math.min(REQUESTED, next - first);
    MoldPacketEncoder.encodeRequest(new UnsafeBuffer(request), 0, name, first, wanted);
    channel.write(request);
    long retry = System.nanoTime() + RETRY_NS;
    while (System.nanoTime() < retry) {
      if (channel.receive(packet.clear()) != null) {
        int messages = take(packet.position());
        if (messages > 0 && decoder.sequenceNumber() == first) {
          return messages;
        }
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
