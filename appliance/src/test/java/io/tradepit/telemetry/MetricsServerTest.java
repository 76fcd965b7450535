package io.tradepit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.status.AtomicCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsServerTest {
  private final CounterRegistry registry = new CounterRegistry(16);
  private final HttpClient client = HttpClient.newHttpClient();
  private volatile List<String> reasons = List.of();
  private MetricsServer server;

  @BeforeEach
  void start() {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = new MetricsServer(any, registry, () -> reasons);
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  @Test
  void shouldEndNoSoonerThanTheAnswerUnderWay() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    AtomicBoolean hasRead = new AtomicBoolean();
    registry.gauge("memory", "Read where it lies", () -> readSlowly(reading, hasRead));
    HttpRequest request = HttpRequest.newBuilder(uri("/metrics")).build();
    Future<?> answer = client.sendAsync(request, BodyHandlers.ofString());
    reading.await();

    server.close();

    assertTrue(hasRead.get());
    answer.cancel(true);
  }

  private static long readSlowly(CountDownLatch reading, AtomicBoolean hasRead) {
    reading.countDown();
    long untilNs = System.nanoTime() + 300_000_000L;
    while (System.nanoTime() < untilNs) {
      Thread.onSpinWait();
    }
    hasRead.set(true);
    return 1;
  }

  @Test
  void shouldShowEveryCounterWhenScraped() throws Exception {
    AtomicCounter total =
        registry.labelled("gateway", "1").counter("gateway_messages_total", "Messages taken");
    registry.labelled("gateway", "2").counter("gateway_messages_total", "Messages taken").set(7);
    registry.counter("orders_open", "Resting orders").set(3);
    registry.gauge("log_lag_bytes", "Not released yet", () -> 64);
    total.increment();
    total.increment();

    HttpResponse<String> answer = get("/metrics");

    assertEquals(200, answer.statusCode());
    assertEquals(
        """
        # HELP tradepit_gateway_messages_total Messages taken
        # TYPE tradepit_gateway_messages_total counter
        tradepit_gateway_messages_total{gateway="1"} 2.0
        tradepit_gateway_messages_total{gateway="2"} 7.0
        # HELP tradepit_log_lag_bytes Not released yet
        # TYPE tradepit_log_lag_bytes gauge
        tradepit_log_lag_bytes 64.0
        # HELP tradepit_orders_open Resting orders
        # TYPE tradepit_orders_open gauge
        tradepit_orders_open 3.0
        """,
        answer.body());
  }

  @Test
  void shouldSayUpAndDownWithReasons() throws Exception {
    HttpResponse<String> up = get("/health");
    reasons = List.of("agent tp-seq died: \"disk full\"", "recovering");
    HttpResponse<String> down = get("/health");

    assertEquals(200, up.statusCode());
    assertEquals("{\"status\":\"UP\",\"reasons\":[]}\n", up.body());
    assertEquals(503, down.statusCode());
    assertEquals(
        "{\"status\":\"DOWN\",\"reasons\":"
            + "[\"agent tp-seq died: \\\"disk full\\\"\",\"recovering\"]}\n",
        down.body());
  }

  @Test
  void shouldRefuseWhatIsNotAGet() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(uri("/metrics")).POST(BodyPublishers.ofString("x")).build();

    assertEquals(405, client.send(post, BodyHandlers.ofString()).statusCode());
  }

  @Test
  void shouldNameThePortWhenItIsInUse() {
    StartException e =
        assertThrows(
            StartException.class,
            () -> new MetricsServer(server.address(), registry, () -> reasons));

    assertEquals(ExitCode.PORT_IN_USE, e.exitCode());
    assertTrue(
        e.getMessage()
            .startsWith(
                "metrics.port="
                    + server.address().getPort()
                    + ": allowed a free port at 127.0.0.1"),
        e.getMessage());
  }

  @Test
  void shouldRefuseTheSameCounterTwice() {
    registry.counter("orders_open", "Resting orders");

    assertThrows(
        IllegalArgumentException.class, () -> registry.counter("orders_open", "Resting orders"));
    assertThrows(IllegalArgumentException.class, () -> registry.counter("Orders", "Bad name"));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + path);
  }
}
