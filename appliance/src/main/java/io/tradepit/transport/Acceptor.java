package io.tradepit.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Hands accepted channels to the transport, and waits a second when the kernel has none to give.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {
  private final NettyTransport transport;

  Acceptor(NettyTransport transport) {
    this.transport = transport;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    transport.accept((Channel) message);
  }

  /** Out of file descriptors, say: without a pause the next run would fail at once, for ever. */
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    transport.counters().acceptErrors.incrementRelease();
    Channel server = context.channel();
    if (server.config().isAutoRead()) {
      server.config().setAutoRead(false);
      ScheduledFuture<?> _ =
          context.executor().schedule(() -> server.config().setAutoRead(true), 1, TimeUnit.SECONDS);
    }
  }
}
