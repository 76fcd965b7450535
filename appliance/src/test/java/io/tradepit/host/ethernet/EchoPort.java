package io.tradepit.host.ethernet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.PortDescription;
import io.tradepit.dpdk.PortOptions;
import io.tradepit.dpdk.PortStatistics;
import io.tradepit.net.NetworkNamespace;
import io.tradepit.net.SharedDpdk;
import java.util.concurrent.CompletableFuture;

/** A port of this process in a namespace, and a thread that echoes what comes to it. */
final class EchoPort implements AutoCloseable {
  private final Dpdk dpdk = SharedDpdk.dpdk();
  private final PortOptions options;
  private final Thread thread;
  private final CompletableFuture<Long> opened = new CompletableFuture<>();
  private volatile boolean isStopped;

  final Echo echo = new Echo(dpdk);

  EchoPort(NetworkNamespace namespace, PortOptions options) {
    this.options = options;
    thread = namespace.thread("tp-echo", this::run);
    thread.start();
    opened.join();
  }

  private void run() {
    assertEquals(0, dpdk.registerThread());
    try {
      long port = dpdk.open(options);
      opened.complete(port);
      echo.poll(port, () -> isStopped);
      assertEquals(0, dpdk.close(port));
    } catch (RuntimeException e) {
      opened.completeExceptionally(e);
    } finally {
      dpdk.unregisterThread();
    }
  }

  PortDescription description() {
    return dpdk.describe(opened.join());
  }

  long mac() {
    return dpdk.mac(opened.join());
  }

  PortStatistics statistics() {
    return dpdk.statistics(opened.join());
  }

  /** TCP to this port and its address. */
  void steer(int tcpPort) {
    dpdk.steer(opened.join(), 0x0a4d0001, tcpPort);
  }

  @Override
  public void close() {
    isStopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
