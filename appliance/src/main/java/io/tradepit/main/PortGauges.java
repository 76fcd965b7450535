package io.tradepit.main;

import io.tradepit.dpdk.PortStatistics;
import io.tradepit.host.ethernet.EthernetPorts;
import io.tradepit.telemetry.CounterRegistry;
import java.util.function.ToLongFunction;

/** What Ethernet ports have counted, asked of them when someone asks for metrics. */
final class PortGauges {
  private final CounterRegistry counters;
  private final EthernetPorts ports;

  PortGauges(CounterRegistry counters, EthernetPorts ports) {
    this.counters = counters;
    this.ports = ports;
  }

  void add() {
    ports.names().forEach(this::add);
  }

  private void add(String port) {
    gauge(port, "received_frames", "Frames taken", PortStatistics::receivedFrames);
    gauge(port, "received_bytes", "Bytes of frames taken", PortStatistics::receivedBytes);
    gauge(port, "sent_frames", "Frames handed to the wire", PortStatistics::sentFrames);
    gauge(port, "sent_bytes", "Bytes handed to the wire", PortStatistics::sentBytes);
    gauge(port, "missed_frames", "Lost, nobody polled in time", PortStatistics::missedFrames);
    gauge(port, "receive_errors", "Wrong when they came", PortStatistics::receiveErrors);
    gauge(port, "send_errors", "Lost on the way out", PortStatistics::sendErrors);
    gauge(port, "without_buffer", "Lost, the pool was empty", PortStatistics::withoutBuffer);
    gauge(port, "in_pieces", "Dropped, longer than a buffer", PortStatistics::inPieces);
    gauge(port, "refused_room", "No room for a frame to send", PortStatistics::refusedRoom);
    gauge(port, "foreign_stamps", "Stamps of another time", PortStatistics::foreignStamps);
    gauge(port, "dropped", "Not sent, no link or stuck for 1 s", PortStatistics::dropped);
    counters.gauge(
        "port_link_up",
        "1 = the link is up, as the kernel or the driver says",
        "port",
        port,
        () -> ports.isLinkUp(port) ? 1 : 0);
  }

  private void gauge(String port, String name, String help, ToLongFunction<PortStatistics> value) {
    counters.gauge(
        "port_" + name + "_total",
        help,
        "port",
        port,
        () -> value.applyAsLong(ports.statistics(port)));
  }
}
