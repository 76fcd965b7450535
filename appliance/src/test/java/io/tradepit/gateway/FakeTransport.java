package io.tradepit.gateway;

import io.tradepit.transport.CloseReason;
import io.tradepit.transport.Transport;
import io.tradepit.transport.TransportListener;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A transport in memory: the test is every peer, and says how much each of them reads. */
final class FakeTransport implements Transport {
  final Map<Long, Peer> peers = new LinkedHashMap<>();
  TransportListener listener;
  private long nextConnection = 1;

  /** The far end of a connection. */
  static final class Peer {
    final long connection;
    final ByteArrayOutputStream received = new ByteArrayOutputStream();
    final UnsafeBuffer toVenue = new UnsafeBuffer(new byte[1 << 16]);
    int toVenueLength;

    /** Bytes that the venue may still send. */
    long room = Long.MAX_VALUE;

    boolean keeps = true;
    CloseReason closed;

    Peer(long connection) {
      this.connection = connection;
    }

    void send(byte[] bytes) {
      toVenue.putBytes(toVenueLength, bytes);
      toVenueLength += bytes.length;
    }

    /** Packets received so far, without their length field; partial last bytes are left out. */
    List<byte[]> packets() {
      byte[] all = received.toByteArray();
      List<byte[]> packets = new ArrayList<>();
      int at = 0;
      while (at + 2 <= all.length) {
        int length = ((all[at] & 0xFF) << 8) | (all[at + 1] & 0xFF);
        if (at + 2 + length > all.length) {
          break;
        }
        packets.add(Arrays.copyOfRange(all, at + 2, at + 2 + length));
        at += 2 + length;
      }
      return packets;
    }

    /** Types of the packets received, a letter each. */
    String types() {
      StringBuilder types = new StringBuilder();
      for (byte[] packet : packets()) {
        types.append((char) packet[0]);
      }
      return types.toString();
    }

    /** Sequenced packets, whole. */
    List<byte[]> sequenced() {
      return packets().stream().filter(packet -> packet[0] == 'S').toList();
    }
  }

  Peer connect() {
    Peer peer = new Peer(nextConnection++);
    peers.put(peer.connection, peer);
    listener.onOpened(
        peer.connection, new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000));
    return peer;
  }

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public InetSocketAddress localAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
  }

  @Override
  public int poll(int limit) {
    int work = 0;
    for (long connection = 1; connection < nextConnection; connection++) {
      work += poll(peers.get(connection));
    }
    return work;
  }

  private int poll(Peer peer) {
    if (peer.closed != null || peer.toVenueLength == 0) {
      return 0;
    }
    int length = Math.min(MAX_READ_BYTES, peer.toVenueLength);
    int taken = listener.onBytes(peer.connection, peer.toVenue, 0, length, 77L, (byte) 'P');
    peer.toVenue.putBytes(0, peer.toVenue, taken, peer.toVenueLength - taken);
    peer.toVenueLength -= taken;
    return 1;
  }

  @Override
  public int trySend(long connection, DirectBuffer buffer, int offset, int length) {
    Peer peer = peers.get(connection);
    if (peer.closed != null) {
      return -1;
    }
    int taken = (int) Math.min(peer.room, length);
    peer.room -= taken;
    if (peer.keeps) {
      for (int i = 0; i < taken; i++) {
        peer.received.write(buffer.getByte(offset + i));
      }
    }
    return taken;
  }

  @Override
  public int unsentBytes(long connection) {
    return peers.get(connection).closed == null ? 0 : -1;
  }

  @Override
  public void close(long connection, CloseReason reason, int lingerMs) {
    Peer peer = peers.get(connection);
    if (peer.closed == null) {
      peer.closed = reason;
      listener.onClosed(connection, reason);
    }
  }

  @Override
  public void close() {
    peers.values().forEach(peer -> close(peer.connection, CloseReason.SHUTDOWN, 0));
  }
}
