package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class TransportContextTest {
  @Test
  void shouldHaveDocumentedDefaultsWhenOnlyClockIsGiven() {
    TransportContext context = context().conclude();
    assertEquals(256 * 1024, context.sendBufferBytes());
    assertEquals(1_024, context.maxConnections());
    assertEquals(512, context.backlog());
  }

  @Test
  void shouldTakeBothEndsOfEachRange() {
    context().sendBufferBytes(4_096).maxConnections(1).backlog(1).conclude();
    context().sendBufferBytes(64 << 20).maxConnections(65_536).backlog(65_536).conclude();
  }

  @Test
  void shouldNameValueAndRangeWhenOutOfRange() {
    assertRefused("sendBufferBytes=2048 allowed=4096..67108864", it -> it.sendBufferBytes(2_048));
    assertRefused(
        "sendBufferBytes=134217728 allowed=4096..67108864", it -> it.sendBufferBytes(1 << 27));
    assertRefused("sendBufferBytes=5000 allowed=a power of two", it -> it.sendBufferBytes(5_000));
    assertRefused("maxConnections=0 allowed=1..65536", it -> it.maxConnections(0));
    assertRefused("maxConnections=65537 allowed=1..65536", it -> it.maxConnections(65_537));
    assertRefused("backlog=0 allowed=1..65536", it -> it.backlog(0));
    assertRefused("backlog=65537 allowed=1..65536", it -> it.backlog(65_537));
  }

  @Test
  void shouldNameWhatIsMissing() {
    TransportContext context = new TransportContext();
    assertEquals(
        "clock=null", assertThrows(NullPointerException.class, context::conclude).getMessage());
  }

  @Test
  void shouldRefuseChangesWhenConcluded() {
    TransportContext context = context().conclude();
    for (UnaryOperator<TransportContext> change : changes()) {
      assertEquals(
          "context=concluded",
          assertThrows(IllegalStateException.class, () -> change.apply(context)).getMessage());
    }
  }

  private static List<UnaryOperator<TransportContext>> changes() {
    return List.of(
        it -> it.clock(System::nanoTime),
        it -> it.counters(null),
        it -> it.sendBufferBytes(4_096),
        it -> it.maxConnections(1),
        it -> it.backlog(1));
  }

  private static void assertRefused(String message, UnaryOperator<TransportContext> change) {
    TransportContext context = change.apply(context());
    assertEquals(
        message, assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
  }

  private static TransportContext context() {
    return new TransportContext().clock(System::nanoTime);
  }
}
