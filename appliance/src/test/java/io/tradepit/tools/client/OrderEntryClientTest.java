package io.tradepit.tools.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.AllocationMeter;
import io.tradepit.Tier;
import io.tradepit.protocol.soupbin.SoupBin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client against a venue that does what the test says, over TCP. */
@Timeout(60)
class OrderEntryClientTest implements OrderEntryListener {
  private static final String SESSION = "2026112001";
  private static final int MOST_ROUNDS = 20;
  private static final UnsafeBuffer ORDER = buffer("an order");

  private final List<String> received = new ArrayList<>();

  @Override
  public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
    received.add(sequence + " " + buffer.getStringWithoutLengthAscii(offset, length));
  }

  @Override
  public void onDebug(String text) {
    received.add("+" + text);
  }

  @Override
  public void onEndOfSession() {
    received.add("end");
  }

  @Test
  void shouldLogInAndHandOverWhatFollows() throws Exception {
    SynchronousQueue<byte[]> request = new SynchronousQueue<>();
    try (ScriptedVenue venue =
            new ScriptedVenue(script -> {
              byte[] login = script.receive();
              script.send(SoupBin.DEBUG, "welcome");
              script.accept(SESSION, 7);
              script.send(SoupBin.SEQUENCED_DATA, "seven");
              script.send(SoupBin.SERVER_HEARTBEAT, "");
              script.sendInPieces("eight");
              script.send(SoupBin.UNSEQUENCED_DATA, "not counted");
              script.send(SoupBin.SEQUENCED_DATA, "nine");
              request.put(login);
              script.send(SoupBin.END_OF_SESSION, "");
            });
        OrderEntryClient client =
            OrderEntryClient.login(venue.address(), new Login("MM01", "secret", "", 7), this)) {
      assertEquals(SESSION, client.session());
      assertEquals(7, client.nextSequence());
      await(client, () -> received.contains("9 nine"));
      assertArrayEquals(
          ("LMM01  secret    " + " ".repeat(10) + " ".repeat(19) + "7")
              .getBytes(StandardCharsets.US_ASCII),
          request.take());
      await(client, () -> !client.isOpen());
      assertEquals(List.of("+welcome", "7 seven", "8 eight", "9 nine", "end"), received);
      assertEquals(10, client.nextSequence());
      assertTrue(client.closeReason().contains("closed by the venue"), client.closeReason());
      assertFalse(client.send(ORDER, 0, ORDER.capacity()));
      assertEquals(OrderEntryClient.CLOSED, client.poll());
    }
  }

  @Test
  void shouldNameWhyALoginFailed() throws Exception {
    assertLoginFails("reason=A (not authorised", script -> script.reject(SoupBin.NOT_AUTHORIZED));
    assertLoginFails(
        "reason=S (no such session", script -> script.reject(SoupBin.SESSION_NOT_AVAILABLE));
    assertLoginFails("login=unanswered connection=closed", script -> {});
    assertLoginFails("packetType=H", script -> script.send(SoupBin.SERVER_HEARTBEAT, ""));
    assertLoginFails("packetLength=2", script -> script.raw(0, 0, 0));
    InetSocketAddress nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    OrderEntryException refused =
        assertThrows(
            OrderEntryException.class,
            () -> OrderEntryClient.login(nobody, Login.fromNow("MM01", "secret"), this));
    assertTrue(refused.getMessage().contains("connect="), refused.getMessage());
  }

  @Test
  void shouldRefuseALoginThatDoesNotFit() {
    assertThrows(IllegalArgumentException.class, () -> Login.fromNow("", "x"));
    assertThrows(IllegalArgumentException.class, () -> Login.fromNow("SEVENCH", "x"));
    IllegalArgumentException password =
        assertThrows(IllegalArgumentException.class, () -> Login.fromNow("A", "elevenchars"));
    assertFalse(password.getMessage().contains("eleven"), password.getMessage());
    assertFalse(Login.fromNow("A", "hidden").toString().contains("hidden"));
  }

  @Test
  void shouldBeatWhenItHasNothingToSay() throws Exception {
    CountDownLatch beats = new CountDownLatch(2);
    try (ScriptedVenue venue =
            new ScriptedVenue(script -> {
              script.receive();
              script.accept(SESSION, 1);
              while (beats.getCount() > 0) {
                assertArrayEquals(new byte[] {SoupBin.CLIENT_HEARTBEAT}, script.receive());
                beats.countDown();
              }
            });
        OrderEntryClient client = login(venue)) {
      await(client, () -> beats.getCount() == 0);
    }
  }

  @Test
  void shouldNeverWaitForAVenueThatDoesNotRead() throws Exception {
    CountDownLatch full = new CountDownLatch(1);
    SynchronousQueue<Long> taken = new SynchronousQueue<>();
    try (ScriptedVenue venue =
            new ScriptedVenue(script -> {
              script.receive();
              script.accept(SESSION, 1);
              full.await();
              long orders = 0;
              for (byte[] packet = script.receive(); packet[0] != 'O'; ) {
                orders += packet[0] == SoupBin.UNSEQUENCED_DATA ? 1 : 0;
                packet = script.receive();
              }
              taken.put(orders);
            });
        OrderEntryClient client = login(venue)) {
      long sent = 0;
      while (client.send(ORDER, 0, ORDER.capacity())) {
        sent++;
      }
      assertTrue(client.unsentBytes() > 0);
      assertFalse(client.send(ORDER, 0, ORDER.capacity()));
      full.countDown();
      await(client, () -> client.unsentBytes() == 0);
      client.logout();
      assertEquals(sent, taken.take());
    }
  }

  @Test
  void shouldAllocateNothingOnceItRuns() throws Exception {
    long round = Tier.count(5_000, 100_000);
    try (ScriptedVenue venue =
            new ScriptedVenue(script -> {
              script.receive();
              script.accept(SESSION, 1);
              while (true) {
                byte[] order = script.receive();
                script.send(SoupBin.SEQUENCED_DATA, order.length > 1 ? "ack" : "beat");
              }
            });
        OrderEntryClient client =
            OrderEntryClient.login(
                venue.address(), Login.fromNow("MM01", "x"), (sequence, b, o, l) -> {})) {
      // What the JVM itself allocates on this thread while it compiles ends after some rounds.
      int rounds = 1;
      while (bytesOfARound(client, round) != 0) {
        assertTrue(rounds++ < MOST_ROUNDS, "rounds=" + rounds);
      }
      Tier.ran("tools", "order entry client, messages=" + round + " bytes=0 rounds=" + rounds);
    }
  }

  private static long bytesOfARound(OrderEntryClient client, long messages) {
    long until = client.nextSequence() + messages - 1;
    return AllocationMeter.bytesAllocatedBy(() -> exchange(client, until));
  }

  private static void exchange(OrderEntryClient client, long until) {
    while (client.nextSequence() <= until) {
      client.send(ORDER, 0, ORDER.capacity());
      if (client.poll() == OrderEntryClient.CLOSED) {
        throw new AssertionError(client.closeReason());
      }
    }
  }

  private OrderEntryClient login(ScriptedVenue venue) {
    return OrderEntryClient.login(venue.address(), Login.fromNow("MM01", "secret"), this);
  }

  private void assertLoginFails(String expected, ScriptedVenue.Script answer) throws Exception {
    try (ScriptedVenue venue =
        new ScriptedVenue(script -> {
          script.receive();
          answer.run(script);
        })) {
      OrderEntryException failed =
          assertThrows(
              OrderEntryException.class,
              () -> OrderEntryClient.login(venue.address(), Login.fromNow("MM01", "sesame"), this));
      assertTrue(failed.getMessage().contains(expected), failed.getMessage());
      assertFalse(failed.getMessage().contains("sesame"), failed.getMessage());
    }
  }

  private static void await(OrderEntryClient client, BooleanSupplier condition)
      throws InterruptedException {
    long deadlineNs = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      if (client.poll() <= 0) {
        Thread.sleep(1);
      }
      assertTrue(System.nanoTime() < deadlineNs, "timed out");
    }
  }

  private static UnsafeBuffer buffer(String text) {
    return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
  }
}
