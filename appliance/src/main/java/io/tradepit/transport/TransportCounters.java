package io.tradepit.transport;

import io.tradepit.telemetry.CounterFactory;
import org.agrona.concurrent.status.AtomicCounter;

/** What a transport counts; the polling thread is the one writer. */
final class TransportCounters {
  final AtomicCounter opened;
  final AtomicCounter closed;
  final AtomicCounter refused;
  final AtomicCounter acceptErrors;
  final AtomicCounter bytesIn;
  final AtomicCounter bytesOut;
  final AtomicCounter shortWrites;

  TransportCounters(CounterFactory factory) {
    opened = factory.counter("transport_connections_opened_total", "Connections accepted");
    closed = factory.counter("transport_connections_closed_total", "Connections closed");
    refused =
        factory.counter(
            "transport_connections_refused_total",
            "Connections closed when accepted, for there were as many as allowed");
    acceptErrors =
        factory.counter("transport_accept_errors_total", "Connections the kernel could not give");
    bytesIn = factory.counter("transport_bytes_in_total", "Bytes that listeners took");
    bytesOut = factory.counter("transport_bytes_out_total", "Bytes that the kernel took");
    shortWrites =
        factory.counter(
            "transport_short_writes_total", "Sends that the kernel did not take whole at once");
  }
}
