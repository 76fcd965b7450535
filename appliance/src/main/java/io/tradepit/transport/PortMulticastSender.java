package io.tradepit.transport;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.FrameLayout;
import io.tradepit.protocol.udp.MulticastFrameEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Sends datagrams to one multicast group by an Ethernet port, past the kernel: each is written
 * once, as a whole frame, into the port's memory. Neither waits nor allocates. Used by the thread
 * that the port belongs to.
 *
 * <p>What the port receives is thrown away and counted: a sender of multicast asks nothing of the
 * network and owes it no answer, see {@link MulticastFrameEncoder}.
 */
public final class PortMulticastSender {
  private static final int BURST = 64;

  private final Dpdk dpdk;
  private final long port;
  private final MulticastFrameEncoder encoder;
  private final AtomicCounter ignored;
  private final UnsafeBuffer packet = new UnsafeBuffer();
  private final UnsafeBuffer frame = new UnsafeBuffer();
  private final UnsafeBuffer received =
      new UnsafeBuffer(
          ByteBuffer.allocateDirect(BURST * FrameLayout.LENGTH).order(ByteOrder.nativeOrder()));

  /**
   * @param port open, its handle
   * @param ignored counts frames that were received
   */
  public PortMulticastSender(
      Dpdk dpdk, long port, MulticastFrameEncoder encoder, AtomicCounter ignored) {
    this.dpdk = dpdk;
    this.port = port;
    this.encoder = encoder;
    this.ignored = ignored;
  }

  /**
   * Takes what lies between the buffer's position and limit as one datagram, which the next {@link
   * #flush} sends.
   *
   * @param direct a direct buffer of at most {@link MulticastFrameEncoder#mostPayload} bytes
   * @return false when the port has no room now: try again in the next duty cycle
   */
  public boolean trySend(ByteBuffer direct) {
    int length = direct.remaining();
    int frameLength = encoder.frameLength(length);
    long address = dpdk.reserve(port, frameLength);
    if (address == 0) {
      return false;
    }
    packet.wrap(direct);
    frame.wrap(address, frameLength);
    encoder.encode(frame, packet, direct.position(), length);
    return true;
  }

  /** Hands what was taken to the wire, and throws away what came in; once a duty cycle. */
  public void flush() {
    dpdk.flush(port);
    int count = dpdk.receive(port, received.addressOffset(), BURST);
    if (count > 0) {
      dpdk.release(port, received.addressOffset(), count);
      ignored.getAndAddRelease(count);
    }
  }
}
