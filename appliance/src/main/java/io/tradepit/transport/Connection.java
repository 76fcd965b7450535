package io.tradepit.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import java.net.InetSocketAddress;
import org.agrona.DirectBuffer;

/**
 * One connection: what Netty reports of it is noted here, and told to the listener in turns.
 *
 * <pre>
 *  OPEN --close()--> FLUSHING --all sent--> DRAINING --peer closed or linger over--> gone
 *    |                   +-- linger over, or none ------------------------------------^
 *    +--peer closed, its bytes taken--------------------------------------------------^
 * </pre>
 *
 * <p>DRAINING: our side is shut and the listener knows it closed. The socket stays a while to throw
 * away what the peer still sends, for a socket that is closed with bytes unread resets the
 * connection, and a reset may destroy our last bytes in the peer's kernel.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  private enum State {
    OPEN,
    FLUSHING,
    DRAINING
  }

  final int slot;
  final long id;
  private final NettyTransport transport;
  private final Channel channel;
  private final SendBuffer sendBuffer;
  private final ReceiveBuffer receiveBuffer;
  private State state = State.OPEN;
  private CloseReason closeReason = CloseReason.PEER;
  private long lingerDeadlineNs;
  private long ingressTimeNs;
  private boolean isOpenedTold;
  private boolean isClosedDue;
  private boolean isClosedTold;
  private boolean isChannelGone;
  private boolean isReady;
  private boolean isSending;
  private boolean isLingering;

  Connection(
      int slot,
      long id,
      NettyTransport transport,
      Channel channel,
      SendBuffer sendBuffer,
      ReceiveBuffer receiveBuffer) {
    this.slot = slot;
    this.id = id;
    this.transport = transport;
    this.channel = channel;
    this.sendBuffer = sendBuffer;
    this.receiveBuffer = receiveBuffer;
  }

  // What Netty reports, within a run of its event loop.

  @Override
  public void channelActive(ChannelHandlerContext context) {
    becomeReady();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    if (state != State.OPEN) {
      bytes.release();
      return;
    }
    if (receiveBuffer.isEmpty()) {
      ingressTimeNs = transport.turnTimeNs();
    }
    receiveBuffer.add(bytes);
    becomeReady();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    isChannelGone = true;
    closeDue();
    transport.releaseIfGone(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A reset, or a send on what is closed already: the peer is gone either way.
    closeChannel();
  }

  // What the transport asks, outside of Netty.

  boolean isWritable() {
    return state == State.OPEN && !isChannelGone;
  }

  int trySend(DirectBuffer buffer, int offset, int length) {
    int count = sendBuffer.offer(buffer, offset, length);
    if (count > 0 && !isSending) {
      isSending = true;
      transport.sending(slot);
    }
    return count;
  }

  int unsentBytes() {
    return sendBuffer.unsentBytes();
  }

  /**
   * Moves the send buffer on, and asks for another flush when there is more to do.
   *
   * @return whether something was handed to Netty
   */
  boolean flush() {
    settle();
    if (sendBuffer.becameShort()) {
      transport.counters().shortWrites.incrementRelease();
    }
    boolean isHandedOver = false;
    // Twice: a ring has at most two contiguous parts.
    for (int part = 0; part < 2 && !isChannelGone; part++) {
      isHandedOver |= sendBuffer.send(channel);
      settle();
    }
    isSending = sendBuffer.unsentBytes() > 0 && !isChannelGone;
    if (isSending) {
      transport.sending(slot);
    } else {
      transport.releaseIfGone(this);
    }
    return isHandedOver;
  }

  private void settle() {
    int went = sendBuffer.settle();
    if (went > 0) {
      transport.counters().bytesOut.getAndAddRelease(went);
    }
  }

  /**
   * Tells the listener one thing.
   *
   * @return whether something moved: bytes of which none are taken are no work
   */
  boolean turn(TransportListener listener) {
    isReady = false;
    boolean isWork = true;
    if (!isOpenedTold) {
      isOpenedTold = true;
      listener.onOpened(id, (InetSocketAddress) channel.remoteAddress());
      readOn();
    } else if (!receiveBuffer.isEmpty()) {
      isWork = deliver(listener);
    } else if (isClosedDue) {
      tellClosed(listener);
    }
    if (!receiveBuffer.isEmpty() || isClosedDue) {
      becomeReady();
    }
    transport.releaseIfGone(this);
    return isWork;
  }

  private boolean deliver(TransportListener listener) {
    int length = receiveBuffer.length();
    int taken =
        listener.onBytes(
            id, receiveBuffer.view(), receiveBuffer.offset(), length, ingressTimeNs, (byte) 'P');
    assert taken >= 0 && taken <= length : "taken=" + taken + " length=" + length;
    transport.counters().bytesIn.getAndAddRelease(taken);
    if (state == State.OPEN) {
      receiveBuffer.take(taken);
      readOn();
    }
    return taken > 0;
  }

  /** The next read: never while bytes wait to be taken, so that the peer's window closes. */
  private void readOn() {
    if (state != State.OPEN || isChannelGone || !receiveBuffer.isEmpty()) {
      return;
    }
    if (!transport.keepsReading()) {
      channel.read();
    } else if (!channel.config().isAutoRead()) {
      channel.config().setAutoRead(true);
    }
  }

  /** Withdraws the standing interest in reads until what waits is taken. */
  void pauseIfWaiting() {
    if (state == State.OPEN && !receiveBuffer.isEmpty() && channel.config().isAutoRead()) {
      channel.config().setAutoRead(false);
    }
  }

  void close(CloseReason reason, long nowNs, int lingerMs) {
    if (state != State.OPEN) {
      return;
    }
    state = State.FLUSHING;
    closeReason = reason;
    receiveBuffer.discard();
    if (lingerMs > 0 && !isChannelGone) {
      lingerDeadlineNs = nowNs + lingerMs * 1_000_000L;
      keepLingering();
    } else {
      closeChannel();
      closeDue();
    }
  }

  /** Moves a lingering connection on, and asks to be called again while it lingers. */
  void linger(long nowNs) {
    isLingering = false;
    if (isChannelGone) {
      transport.releaseIfGone(this);
    } else if (nowNs >= lingerDeadlineNs) {
      closeChannel();
      closeDue();
    } else {
      if (state == State.FLUSHING && sendBuffer.unsentBytes() == 0) {
        drain();
      }
      keepLingering();
    }
  }

  private void keepLingering() {
    isLingering = true;
    transport.lingering(slot);
  }

  private void drain() {
    state = State.DRAINING;
    ChannelFuture _ = ((DuplexChannel) channel).shutdownOutput();
    channel.config().setAutoRead(true);
    closeDue();
  }

  void abort(CloseReason reason, TransportListener listener) {
    if (state == State.OPEN) {
      state = State.FLUSHING;
      closeReason = reason;
    }
    receiveBuffer.discard();
    closeChannel();
    if (isOpenedTold && !isClosedTold) {
      tellClosed(listener);
    }
  }

  /** Whether neither Netty nor the listener nor a queue has anything more to do with it. */
  boolean isGone() {
    return isChannelGone && isClosedTold && !isReady && !isSending && !isLingering;
  }

  /** Whether Netty's event loop still has it. */
  boolean isRegistered() {
    return channel.isRegistered();
  }

  private void tellClosed(TransportListener listener) {
    isClosedTold = true;
    isClosedDue = false;
    transport.counters().closed.incrementRelease();
    listener.onClosed(id, closeReason);
  }

  private void closeChannel() {
    ChannelFuture _ = channel.close();
  }

  private void closeDue() {
    if (!isClosedTold) {
      isClosedDue = true;
      becomeReady();
    }
  }

  private void becomeReady() {
    if (!isReady) {
      isReady = true;
      transport.ready(slot);
    }
  }
}
