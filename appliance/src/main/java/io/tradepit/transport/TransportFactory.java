package io.tradepit.transport;

import java.net.InetSocketAddress;

/** Opens transports by the name that the configuration gives. */
public final class TransportFactory {
  /** io_uring when this machine has it, else epoll; the transport says which it is. */
  public static final String AUTO = "auto";

  private TransportFactory() {}

  /**
   * Takes the port. It listens from the first poll on, and belongs to the thread of that poll: open
   * may be called on another one, which must hand the transport over safely.
   *
   * @param name {@code io_uring}, {@code epoll} or {@link #AUTO}
   * @param bindAddress port 0 takes a free one, see {@link Transport#localAddress()}
   * @param context concluded by this call when it is not yet
   * @throws TransportException when this machine lacks the transport that was named (another one is
   *     never taken instead), or when the port is in use; the message says why
   * @throws IllegalArgumentException on another name or a value out of range
   */
  public static Transport open(
      String name,
      InetSocketAddress bindAddress,
      TransportListener listener,
      TransportContext context) {
    return new NettyTransport(choose(name), bindAddress, listener, context.conclude());
  }

  private static NettyKind choose(String name) {
    if (AUTO.equals(name)) {
      return NettyKind.IO_URING.isAvailable() ? NettyKind.IO_URING : require(NettyKind.EPOLL);
    }
    for (NettyKind kind : NettyKind.values()) {
      if (kind.label.equals(name)) {
        return require(kind);
      }
    }
    throw new IllegalArgumentException("transport=" + name + " allowed=io_uring,epoll,auto");
  }

  private static NettyKind require(NettyKind kind) {
    if (!kind.isAvailable()) {
      Throwable cause = kind.unavailabilityCause();
      throw new TransportException(
          "transport=" + kind.label + " available=no cause=" + rootMessage(cause), cause);
    }
    return kind;
  }

  private static String rootMessage(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }
}
