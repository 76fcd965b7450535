package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.net.PortBench;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The transport past the kernel, and its peers in a namespace at the other end of a cable. */
record BypassSite(PortBench bench) implements TransportSite {
  private static final int CONNECT_LIMIT_MS = 1_000;

  @Override
  public String name() {
    return "bypass";
  }

  @Override
  public void require() {
    // The bench was made, or the class was skipped.
  }

  @Override
  public InetSocketAddress freePort() {
    return new InetSocketAddress(bench.port().address(), 0);
  }

  @Override
  public TransportContext complete(TransportContext context) {
    return context.bypassPort(bench.port());
  }

  @Override
  public Socket connect(InetSocketAddress address, Runnable polling) throws IOException {
    FutureTask<Socket> connecting =
        new FutureTask<>(() -> {
          Socket socket = new Socket();
          socket.setTcpNoDelay(true);
          socket.connect(address, CONNECT_LIMIT_MS);
          return socket;
        });
    bench.member().thread("connect", connecting).start();
    while (!connecting.isDone()) {
      polling.run();
    }
    try {
      return connecting.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public List<String> command(String... command) {
    return bench.member().inside(List.of(command));
  }

  @Override
  public String refusalOfSecond(InetSocketAddress address) {
    return "ethernetPort=members cause=stack=in use: there is one a process";
  }

  @Override
  public void requireFree(InetSocketAddress address) {
    try (Transport again =
        TransportFactory.open(
            name(), address, null, complete(new TransportContext().clock(System::nanoTime)))) {
      assertEquals(address, again.localAddress());
    }
  }
}
