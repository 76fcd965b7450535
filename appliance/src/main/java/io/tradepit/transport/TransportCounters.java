package io.tradepit.transport;

import io.tradepit.telemetry.CounterFactory;
import org.agrona.concurrent.status.AtomicCounter;

/** What a transport counts; the polling thread is the one writer. */
public final class TransportCounters {
  public final AtomicCounter opened;
  public final AtomicCounter closed;
  public final AtomicCounter refused;
  public final AtomicCounter acceptErrors;
  public final AtomicCounter bytesIn;
  public final AtomicCounter bytesOut;
  public final AtomicCounter shortWrites;

  /** Makes them; each transport has its own. */
  public TransportCounters(CounterFactory factory) {
    opened = factory.counter("transport_connections_opened_total", "Connections accepted");
    closed = factory.counter("transport_connections_closed_total", "Connections closed");
    refused =
        factory.counter(
            "transport_connections_refused_total",
            "Connections closed when accepted, for there were as many as allowed");
    acceptErrors =
        factory.counter("transport_accept_errors_total", "Connections the kernel could not give");
    bytesIn = factory.counter("transport_bytes_in_total", "Bytes that listeners took");
    bytesOut = factory.counter("transport_bytes_out_total", "Bytes that the TCP stack took");
    shortWrites =
        factory.counter(
            "transport_short_writes_total", "Sends that the TCP stack did not take whole at once");
  }
}
