package io.tradepit.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * {@code GET /metrics} in the text format of Prometheus and {@code GET /health} as JSON: 200 when
 * the segment serves, 503 with the reasons when it does not.
 *
 * <p>One thread of the lowest priority answers, with a bounded queue before it; beyond that a
 * connection is closed unanswered.
 */
public final class MetricsServer implements AutoCloseable {
  private static final int BACKLOG = 16;
  private static final int QUEUE = 16;

  private final HttpServer server;
  private final ThreadPoolExecutor executor;
  private final MultiCollector metrics;
  private final HealthSource health;
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

  /**
   * Binds and serves.
   *
   * @param address port 0 = any that is free
   * @throws StartException when the port is in use
   */
  public MetricsServer(InetSocketAddress address, MultiCollector metrics, HealthSource health) {
    this.metrics = metrics;
    this.health = health;
    this.server = bind(address);
    this.executor =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), MetricsServer::thread);
    server.setExecutor(executor);
    server.createContext("/metrics", this::onMetrics);
    server.createContext("/health", this::onHealth);
    server.start();
  }

  /** With the port in fact obtained. */
  public InetSocketAddress address() {
    return server.getAddress();
  }

  /** Ends when no answer is under way any more: gauges read memory that is unmapped next. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    boolean interrupted = false;
    while (!executor.isTerminated()) {
      try {
        executor.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpServer bind(InetSocketAddress address) {
    try {
      return HttpServer.create(address, BACKLOG);
    } catch (IOException e) {
      throw new StartException(
          ExitCode.PORT_IN_USE,
          "metrics.port="
              + address.getPort()
              + ": allowed a free port at "
              + address.getAddress().getHostAddress()
              + " ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  // A hint only, and enough: a scrape is never urgent.
  @SuppressWarnings("ThreadPriorityCheck")
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tp-metrics");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  private void onMetrics(HttpExchange exchange) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, metrics.collect(), EscapingScheme.DEFAULT);
    answer(exchange, 200, writer.getContentType(), text.toByteArray());
  }

  private void onHealth(HttpExchange exchange) throws IOException {
    List<String> reasons = health.reasonsDown();
    String json =
        "{\"status\":"
            + Json.text(reasons.isEmpty() ? "UP" : "DOWN")
            + ",\"reasons\":"
            + Json.texts(reasons)
            + "}\n";
    answer(
        exchange,
        reasons.isEmpty() ? 200 : 503,
        "application/json",
        json.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      if (!"GET".equals(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", "GET");
        exchange.sendResponseHeaders(405, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
