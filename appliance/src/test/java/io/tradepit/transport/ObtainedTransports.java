package io.tradepit.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The program of a JVM of its own: prints what each name of a transport gives there. */
final class ObtainedTransports {
  private ObtainedTransports() {}

  public static void main(String[] arguments) {
    for (String name : new String[] {"auto", "io_uring", "epoll"}) {
      System.out.println(name + ": " + obtained(name));
    }
  }

  private static String obtained(String name) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    TransportContext context = new TransportContext().clock(System::nanoTime);
    try (Transport transport = TransportFactory.open(name, address, null, context)) {
      return transport.name();
    } catch (TransportException e) {
      return e.getMessage();
    }
  }
}
