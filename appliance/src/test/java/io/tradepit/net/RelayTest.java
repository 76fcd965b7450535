package io.tradepit.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kernel's own TCP on both sides of the relay: what it makes of the weather is known. */
@Timeout(300)
class RelayTest {
  private static final InetSocketAddress ADDRESS = new InetSocketAddress("10.77.0.1", 9001);
  private static final int DATA_FRAME_BYTES = 14 + 20 + 32 + 1;

  private NetworkNamespace member;
  private NetworkNamespace box;
  private Relay relay;

  @BeforeEach
  void lay() throws IOException {
    member = NetworkNamespace.make("member");
    box = NetworkNamespace.make("box");
    relay = Relay.between(member, "m0", box, "b0");
    relay.left().address("10.77.0.2/24");
    relay.right().address("10.77.0.1/24");
  }

  @AfterEach
  void remove() throws IOException {
    if (relay != null) {
      relay.close();
    }
    if (box != null) {
      box.close();
    }
    if (member != null) {
      member.close();
    }
  }

  @Test
  void shouldKeepTheStreamWholeInBadWeather() throws IOException, InterruptedException {
    long seed = Tier.seed(1);
    relay.toRight(Weather.seeded(seed, 0.01, 0.02, 0.05));
    relay.toLeft(Weather.seeded(seed + 1, 0.01, 0.02, 0.05));
    int bytes = (int) Tier.count(1 << 20, 64 << 20);
    byte[] sent = new byte[bytes];
    new Random(seed).nextBytes(sent);

    try (ServerSocket server = listen();
        Socket client = connect();
        Socket accepted = server.accept()) {
      Thread echo = echo(accepted);
      Thread writer = Thread.ofPlatform().start(() -> write(client, sent));
      assertArrayEquals(sent, client.getInputStream().readNBytes(bytes));
      writer.join();
      client.shutdownOutput();
      echo.join();
    }
    RelayCounts there = relay.toRight();
    RelayCounts back = relay.toLeft();
    assertTrue(there.lost() > 0 && there.doubled() > 0 && there.held() > 0, there.toString());
    assertTrue(back.lost() > 0 && back.doubled() > 0 && back.held() > 0, back.toString());
    Tier.ran("kernel TCP over the relay", "bytes=" + bytes + " there=" + there + " back=" + back);
  }

  @Test
  void shouldLoseTheOneFrameThatIsNamed() throws IOException {
    AtomicBoolean isLost = new AtomicBoolean();
    try (ServerSocket server = listen();
        Socket client = connect();
        Socket accepted = server.accept()) {
      relay.toRight((index, frame) ->
          frame.byteSize() >= DATA_FRAME_BYTES && !isLost.getAndSet(true) ? Fate.LOSE : Fate.PASS);
      accepted.setSoTimeout(5_000);
      long startNs = System.nanoTime();
      client.getOutputStream().write('x');
      assertEquals('x', accepted.getInputStream().read());
      long tookMs = (System.nanoTime() - startNs) / 1_000_000;

      assertEquals(1, relay.toRight().lost());
      // The tail of a stream is sent again after a probe timeout, at least two round trips.
      assertTrue(tookMs >= 1 && tookMs < 1_000, "ms=" + tookMs);
      Tier.ran("kernel TCP, one segment lost", "ms=" + tookMs);
    }
  }

  @Test
  void shouldLetNothingThroughInAnOutageAndGoOnBehindIt() throws IOException {
    try (ServerSocket server = listen();
        Socket client = connect();
        Socket accepted = server.accept()) {
      relay.toLeft(Weather.OUTAGE);
      relay.toRight(Weather.OUTAGE);
      client.getOutputStream().write('x');
      accepted.setSoTimeout(100);
      assertThrows(SocketTimeoutException.class, () -> accepted.getInputStream().read());
      relay.toLeft(Weather.FAIR);
      relay.toRight(Weather.FAIR);
      accepted.setSoTimeout(5_000);
      assertEquals('x', accepted.getInputStream().read());
    }
  }

  private ServerSocket listen() throws IOException {
    return box.call(() -> new ServerSocket(ADDRESS.getPort(), 50, ADDRESS.getAddress()));
  }

  private Socket connect() throws IOException {
    return member.call(() -> {
      Socket socket = new Socket(ADDRESS.getAddress(), ADDRESS.getPort());
      socket.setTcpNoDelay(true);
      return socket;
    });
  }

  private static Thread echo(Socket socket) {
    return Thread.ofPlatform()
        .start(() -> {
          try {
            socket.getInputStream().transferTo(socket.getOutputStream());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static void write(Socket socket, byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
