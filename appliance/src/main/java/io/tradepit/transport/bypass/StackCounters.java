package io.tradepit.transport.bypass;

import io.tradepit.lwip.StatisticsLayout;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.transport.TransportCounters;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/** Copies what the stack counts into counters: what transports have in common after each poll. */
final class StackCounters {
  /** Of polls, between two copies of what only this transport has. */
  private static final int INTERVAL = 1 << 10;

  private static final int[] OFFSETS = {
    StatisticsLayout.FRAMES_IN_OFFSET,
    StatisticsLayout.FRAMES_OUT_OFFSET,
    StatisticsLayout.FRAMES_NOT_OURS_OFFSET,
    StatisticsLayout.FRAMES_NOT_SENT_OFFSET,
    StatisticsLayout.FRAMES_NO_MEMORY_OFFSET,
    StatisticsLayout.CHECKSUM_ERRORS_OFFSET,
    StatisticsLayout.SEGMENTS_SENT_AGAIN_OFFSET,
    StatisticsLayout.HALF_OPEN_OFFSET,
    StatisticsLayout.HALF_OPEN_DROPPED_OFFSET,
    StatisticsLayout.FLOWS_OFFSET
  };

  private final UnsafeBuffer statistics;
  private final TransportCounters common;
  private final AtomicCounter[] own;
  private int polls;

  StackCounters(CounterFactory factory, TransportCounters common, long address) {
    this.common = common;
    statistics = new UnsafeBuffer(address, StatisticsLayout.LENGTH);
    own =
        new AtomicCounter[] {
          factory.counter("bypass_frames_in_total", "Frames received"),
          factory.counter("bypass_frames_out_total", "Frames sent"),
          factory.counter(
              "bypass_frames_not_ours_total",
              "Frames of another VLAN, too short, or of a protocol that is not spoken"),
          factory.counter(
              "bypass_frames_not_sent_total", "Frames the port had no room for; sent again"),
          factory.counter(
              "bypass_frames_no_memory_total", "Frames that there was no memory to hold"),
          factory.counter("bypass_checksum_errors_total", "Segments dropped for their checksum"),
          factory.counter("bypass_segments_sent_again_total", "Segments sent again"),
          factory.counter("bypass_half_open", "Handshakes that are not done"),
          factory.counter(
              "bypass_half_open_dropped_total",
              "Handshakes dropped, for there were as many as allowed, or after 5 s"),
          factory.counter(
              "bypass_connections_in_memory", "Of all states, half-open and closing ones too"),
        };
  }

  void update(int work) {
    if (work > 0) {
      common.bytesOut.setRelease(statistics.getLong(StatisticsLayout.BYTES_OUT_OFFSET));
      common.refused.setRelease(statistics.getLong(StatisticsLayout.CONNECTIONS_REFUSED_OFFSET));
    }
    if ((polls++ & (INTERVAL - 1)) == 0) {
      for (int i = 0; i < own.length; i++) {
        own[i].setRelease(statistics.getLong(OFFSETS[i]));
      }
    }
  }
}
