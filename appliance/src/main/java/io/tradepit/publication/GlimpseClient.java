package io.tradepit.publication;

import io.tradepit.protocol.soupbin.SoupBin;
import io.tradepit.protocol.soupbin.SoupBinDecoder;
import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One connection to the GLIMPSE server: where it is in its spin. The server's thread. */
final class GlimpseClient {
  /** No packet that a client has to send is longer. */
  private static final int MOST_PACKET_BYTES = 128;

  /** How far a connection is. */
  enum Phase {
    /** Its login has not come. */
    CONNECTED,
    /** Its password is being checked. */
    CHECKING,
    /** Its login was wrong; the answer waits. */
    REFUSED,
    /** It is logged in, and waits for an image. */
    WAITING,
    SPINNING,
    /** It has everything, and may log out. */
    COMPLETE,
    CLOSING
  }

  final long id;
  final InetSocketAddress remote;
  final UnsafeBuffer in = new UnsafeBuffer(new byte[MOST_PACKET_BYTES]);
  Phase phase = Phase.CONNECTED;

  /** When the phase began that has a limit: the connection, the login, the end of the spin. */
  long sinceNs;

  long lastSentNs;
  FeedImage image;
  private int inLength;
  private int chunk;
  private int chunkOffset;

  GlimpseClient(long id, InetSocketAddress remote, long nowNs) {
    this.id = id;
    this.remote = remote;
    sinceNs = nowNs;
    lastSentNs = nowNs;
  }

  void enter(Phase next, long nowNs) {
    phase = next;
    sinceNs = nowNs;
  }

  /** Keeps as many bytes as there is room for; returns how many. */
  int keep(DirectBuffer buffer, int offset, int length) {
    int kept = Math.min(length, MOST_PACKET_BYTES - inLength);
    in.putBytes(inLength, buffer, offset, kept);
    inLength += kept;
    return kept;
  }

  /** Whether a whole packet stands at the beginning of what was kept. */
  boolean hasPacket() {
    return inLength >= SoupBin.LENGTH_FIELD && inLength >= packetLength();
  }

  /** Whether what stands there can never become a packet. */
  boolean isBroken() {
    return inLength >= SoupBin.LENGTH_FIELD
        && (packetLength() > MOST_PACKET_BYTES || packetLength() == SoupBin.LENGTH_FIELD);
  }

  /** Forgets the packet that stands there. */
  void dropPacket() {
    int length = packetLength();
    in.putBytes(0, in, length, inLength - length);
    inLength -= length;
  }

  private int packetLength() {
    return SoupBin.LENGTH_FIELD + SoupBinDecoder.length(in, 0);
  }

  /** What is to be sent next; only while {@link #left} is not 0. */
  DirectBuffer bytes() {
    return image.chunk(chunk);
  }

  int offset() {
    return chunkOffset;
  }

  /** Bytes that are left of the chunk; 0 = the spin is complete. */
  int left() {
    return chunk == image.chunks() ? 0 : image.chunkLength(chunk) - chunkOffset;
  }

  /** Notes that so many bytes were taken. */
  void onSent(int bytes) {
    chunkOffset += bytes;
    if (chunkOffset == image.chunkLength(chunk)) {
      chunk++;
      chunkOffset = 0;
    }
  }

  void releaseImage() {
    if (image != null) {
      image.release();
      image = null;
    }
  }
}
