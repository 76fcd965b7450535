package io.tradepit.tools.client;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import io.tradepit.protocol.mold.MoldLayout;
import io.tradepit.protocol.mold.MoldPacketEncoder;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The receiver's socket to the retransmission server: requests out, packets in. One thread; no call
 * waits. A server that is not there is no fault: requests for it time out.
 */
final class RetransmissionClient implements AutoCloseable {
  private final InetSocketAddress server;
  private final DatagramChannel channel;
  private final ByteBuffer in;
  private final UnsafeBuffer inBytes;
  private final ByteBuffer out = ByteBuffer.allocateDirect(MoldLayout.HEADER_LENGTH);
  private final UnsafeBuffer outBytes = new UnsafeBuffer(out);

  RetransmissionClient(InetSocketAddress server, FeedReceiverContext context) {
    this.server = server;
    in = ByteBuffer.allocateDirect(context.maxPacketBytes() + 1);
    inBytes = new UnsafeBuffer(in);
    try {
      channel =
          DatagramChannel.open(
              server.getAddress() instanceof Inet6Address
                  ? StandardProtocolFamily.INET6
                  : StandardProtocolFamily.INET);
    } catch (IOException e) {
      throw refused(e);
    }
    try {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, context.receiveBufferBytes());
      // Connected: the kernel drops what another one sends.
      channel.connect(server);
      channel.configureBlocking(false);
    } catch (IOException e) {
      close();
      throw refused(e);
    }
  }

  InetSocketAddress server() {
    return server;
  }

  /** Asks for messages of a session; false when it could not be sent now. */
  boolean trySend(DirectBuffer session, long first, int count) {
    out.clear().limit(MoldPacketEncoder.encodeRequest(outBytes, 0, session, first, count));
    try {
      return channel.write(out) > 0;
    } catch (IOException nobodyThere) {
      // No one listens, or no route: that is like no answer, and tried again as often.
      return true;
    }
  }

  /**
   * Reads the next packet.
   *
   * @return its length, or -1 when there is none
   */
  int receive() {
    in.clear();
    try {
      int length = channel.read(in);
      return length > 0 ? length : -1;
    } catch (IOException nobodyThere) {
      return -1;
    }
  }

  /** The bytes of the packet that was read. */
  DirectBuffer packet() {
    return inBytes;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private StartException refused(IOException cause) {
    return new StartException(
        ExitCode.OTHER, "retransmission=" + server + " cause=" + cause.getMessage(), cause);
  }
}
