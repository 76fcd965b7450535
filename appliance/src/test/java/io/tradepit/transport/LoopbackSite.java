package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;

/** A transport of the kernel, and its peers on the same machine. */
record LoopbackSite(String name) implements TransportSite {
  @Override
  public void require() {
    NettyKind kind = "io_uring".equals(name) ? NettyKind.IO_URING : NettyKind.EPOLL;
    assumeTrue(kind.isAvailable(), () -> name + " skipped: " + kind.unavailabilityCause());
  }

  @Override
  public InetSocketAddress freePort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  @Override
  public TransportContext complete(TransportContext context) {
    return context;
  }

  @Override
  public Socket connect(InetSocketAddress address, Runnable polling) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(address);
    return socket;
  }

  @Override
  public List<String> command(String... command) {
    return List.of(command);
  }

  @Override
  public String refusalOfSecond(InetSocketAddress address) {
    return "address=127.0.0.1 port=%d cause=Address already in use".formatted(address.getPort());
  }

  @Override
  public void requireFree(InetSocketAddress address) throws IOException {
    try (ServerSocket other = new ServerSocket()) {
      other.setReuseAddress(false);
      other.bind(address);
      assertEquals(address.getPort(), other.getLocalPort());
    }
  }
}
