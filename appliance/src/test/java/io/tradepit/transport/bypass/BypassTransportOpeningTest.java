package io.tradepit.transport.bypass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tradepit.lwip.ConnectionLayout;
import io.tradepit.lwip.Lwip;
import io.tradepit.lwip.StackOptions;
import io.tradepit.lwip.StackView;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.transport.CloseReason;
import io.tradepit.transport.TransportContext;
import io.tradepit.transport.TransportListener;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stack is one a process: an opening that fails half-way gives it back. */
@Timeout(10)
class BypassTransportOpeningTest {
  private static final int COUNTERS = 17;

  private final CountingStack stack = new CountingStack();

  @Test
  void shouldGiveTheStackBackWhenACounterIsRefused() {
    for (int allowed = 0; allowed < COUNTERS; allowed++) {
      FailingCounters counters = new FailingCounters(allowed);
      assertThrows(IllegalStateException.class, () -> open(counters));
      assertEquals(0, stack.open, "allowed=" + allowed);
    }
    open(new FailingCounters(COUNTERS)).close();
    assertEquals(0, stack.open);
    assertEquals(COUNTERS + 1, stack.opened);
  }

  @Test
  void shouldGiveTheStackBackWhenThePortIsTaken() {
    stack.isPortTaken = true;
    assertThrows(IllegalStateException.class, () -> open(CounterFactory.unexported()));
    assertEquals(0, stack.open);
  }

  private BypassTransport open(CounterFactory counters) {
    BypassPort port =
        new BypassPort(
            "members",
            0,
            (Inet4Address) InetAddress.ofLiteral("10.77.0.1"),
            24,
            null,
            0,
            () -> {},
            () -> {});
    TransportContext context =
        new TransportContext().clock(() -> 1).counters(counters).maxConnections(2);
    return new BypassTransport(port, stack, 9001, new NoListener(), context.conclude());
  }

  /** Gives as many counters as allowed. */
  private static final class FailingCounters implements CounterFactory {
    private final CounterFactory counters = CounterFactory.unexported();
    private int left;

    FailingCounters(int allowed) {
      left = allowed;
    }

    @Override
    public AtomicCounter counter(String name, String help) {
      if (left-- == 0) {
        throw new IllegalStateException("counter=" + name);
      }
      return counters.counter(name, help);
    }
  }

  /** Counts openings; its memory is empty. */
  private static final class CountingStack implements Lwip {
    private final UnsafeBuffer memory =
        new UnsafeBuffer(ByteBuffer.allocateDirect(1 << 20 | ConnectionLayout.LENGTH));
    private int open;
    private int opened;
    private boolean isPortTaken;

    @Override
    public StackView open(long device, StackOptions options) {
      long address = memory.addressOffset();
      open++;
      opened++;
      return new StackView(address, address, address, address, address, address, 4096);
    }

    @Override
    public int listen(int port) {
      if (isPortTaken) {
        throw new IllegalStateException("port=" + port);
      }
      return port;
    }

    @Override
    public void unlisten() {
      assertEquals(1, open);
    }

    @Override
    public int poll() {
      return 0;
    }

    @Override
    public void close() {
      open = 0;
    }

    @Override
    public String name() {
      return "counting";
    }
  }

  /** Hears nothing. */
  private static final class NoListener implements TransportListener {
    @Override
    public void onOpened(long connection, InetSocketAddress remote) {
      throw new AssertionError("opened=" + connection);
    }

    @Override
    public int onBytes(
        long connection, DirectBuffer buffer, int offset, int length, long timeNs, byte source) {
      throw new AssertionError("bytes=" + length);
    }

    @Override
    public void onClosed(long connection, CloseReason reason) {
      throw new AssertionError("closed=" + connection);
    }
  }
}
