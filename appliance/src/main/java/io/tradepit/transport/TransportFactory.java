package io.tradepit.transport;

import io.tradepit.lwip.FfmLwip;
import io.tradepit.lwip.Lwip;
import io.tradepit.transport.bypass.BypassPort;
import io.tradepit.transport.bypass.BypassTransport;
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
   * @param name {@code io_uring}, {@code epoll}, {@code bypass} or {@link #AUTO}
   * @param bindAddress port 0 takes a free one, see {@link Transport#localAddress()}; under bypass
   *     the address is the Ethernet port's own or the wildcard
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
    context.conclude();
    if (BypassTransport.NAME.equals(name)) {
      return openBypass(bindAddress, listener, context);
    }
    return new NettyTransport(choose(name), bindAddress, listener, context);
  }

  private static Transport openBypass(
      InetSocketAddress bindAddress, TransportListener listener, TransportContext context) {
    BypassPort port = context.bypassPort();
    if (port == null) {
      throw new IllegalArgumentException("transport=bypass ethernetPort=absent");
    }
    if (!bindAddress.getAddress().isAnyLocalAddress()
        && !bindAddress.getAddress().equals(port.address())) {
      throw new IllegalArgumentException(
          "address="
              + bindAddress.getAddress().getHostAddress()
              + " allowed="
              + port.address().getHostAddress()
              + ", that of ethernetPort="
              + port.name());
    }
    return new BypassTransport(port, lwip(), bindAddress.getPort(), listener, context);
  }

  private static Lwip lwip() {
    try {
      return new FfmLwip();
    } catch (ExceptionInInitializerError e) {
      throw new TransportException(
          "transport=bypass available=no cause=" + rootMessage(e), e.getCause());
    }
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
    throw new IllegalArgumentException("transport=" + name + " allowed=io_uring,epoll,bypass,auto");
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
