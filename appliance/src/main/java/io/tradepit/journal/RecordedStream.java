package io.tradepit.journal;

import io.aeron.archive.status.RecordingPos;
import io.tradepit.stream.LogFailedException;
import org.agrona.concurrent.status.CountersReader;

/**
 * A publication that is being recorded: how far it is offered and how far it is recorded.
 *
 * <p>Allocates nothing. The offering thread alone writes the offered position; any thread reads.
 */
final class RecordedStream {
  private final String name;
  private final long recordingId;
  private final CountersReader counters;
  private final int counterId;
  private final OfferedPosition offered;
  private final RecorderFault fault;
  private volatile boolean isClosed;

  RecordedStream(
      String name,
      long recordingId,
      CountersReader counters,
      int counterId,
      long position,
      RecorderFault fault) {
    this.name = name;
    this.recordingId = recordingId;
    this.counters = counters;
    this.counterId = counterId;
    this.fault = fault;
    this.offered = new OfferedPosition(position);
  }

  long recordingId() {
    return recordingId;
  }

  /** Up to where the archive wrote, and synced if the policy asks for it. */
  long recordedPosition() {
    requireActive();
    long position = counters.getCounterValue(counterId);
    // Checked again behind the value: a counter that was freed may already count something else.
    requireActive();
    return position;
  }

  void requireActive() {
    if (!isActive()) {
      throw new LogFailedException(
          "recording stopped: stream="
              + name
              + " recordingId="
              + recordingId
              + (fault.hasFailed() ? " " + fault.reason() : ""));
    }
  }

  boolean isActive() {
    return !isClosed
        && !fault.hasFailed()
        && RecordingPos.isActive(counters, counterId, recordingId);
  }

  boolean hasUnrecorded() {
    return isActive() && counters.getCounterValue(counterId) < offered.get();
  }

  /** The counters are about to be unmapped; from here on the recording counts as stopped. */
  void close() {
    isClosed = true;
  }

  long offeredPosition() {
    return offered.get();
  }

  void offered(long position) {
    offered.set(position);
  }

  LogFailedException stalled(long recordedPosition, long forNs) {
    return new LogFailedException(
        "recording stands still: stream="
            + name
            + " recordingId="
            + recordingId
            + " recordedPosition="
            + recordedPosition
            + " offeredPosition="
            + offered.get()
            + " forNs="
            + forNs);
  }
}
