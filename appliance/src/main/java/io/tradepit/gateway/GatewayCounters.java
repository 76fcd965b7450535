package io.tradepit.gateway;

import io.tradepit.telemetry.CounterFactory;
import org.agrona.concurrent.status.AtomicCounter;

/** What a gateway counts; written by its thread. */
final class GatewayCounters {
  final AtomicCounter connections;
  final AtomicCounter commands;
  final AtomicCounter messagesSent;
  final AtomicCounter malformed;
  final AtomicCounter ringFull;
  final AtomicCounter rateRejects;
  final AtomicCounter logins;
  final AtomicCounter loginsRejected;
  final AtomicCounter slowReaders;
  final AtomicCounter connectionsRefused;

  GatewayCounters(CounterFactory factory) {
    connections = factory.counter("gateway_connections", "Open connections");
    commands = factory.counter("gateway_commands_total", "Messages of members made commands");
    messagesSent = factory.counter("gateway_messages_sent_total", "Sequenced messages sent");
    malformed =
        factory.counter("gateway_malformed_total", "Packets and messages dropped as broken");
    ringFull = factory.counter("gateway_ring_full_total", "Times the sequencer was behind");
    rateRejects = factory.counter("gateway_rate_rejects_total", "Messages above a session's rate");
    logins = factory.counter("gateway_logins_total", "Logins accepted");
    loginsRejected = factory.counter("gateway_logins_rejected_total", "Logins rejected");
    slowReaders = factory.counter("gateway_slow_readers_total", "Members cut as too slow");
    connectionsRefused =
        factory.counter("gateway_connections_refused_total", "Connections above the limit");
  }
}
