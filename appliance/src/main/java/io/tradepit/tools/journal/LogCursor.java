package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedFiles;
import io.tradepit.stream.LogFrame;
import io.tradepit.stream.LogHistory;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Goes over the recorded log a command at a time. One thread. */
final class LogCursor implements AutoCloseable {
  private final LogHistory log;
  private final long end;
  private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
  private long position;
  private long next;

  LogCursor(RecordedFiles files) {
    this(files.newLogHistory(), files.startPosition(), files.endPosition());
  }

  LogCursor(LogHistory log, long from, long end) {
    this.log = log;
    this.next = from;
    this.end = end;
  }

  /**
   * Goes to the next command.
   *
   * @return false when there is none
   * @throws io.tradepit.stream.LogFailedException when the recording is damaged
   */
  boolean next() {
    position = next;
    frame.wrap(0, 0);
    next = log.read(position, end, this::take, 1);
    return frame.capacity() > 0;
  }

  private boolean take(DirectBuffer buffer, int offset, int length) {
    frame.wrap(buffer, offset, length);
    return true;
  }

  /** Where the command was looked for: at its frame, or at the padding before it. */
  long position() {
    return position;
  }

  /** Behind the command. */
  long nextPosition() {
    return next;
  }

  /** Bytes of the frame. */
  int frameLength() {
    return frame.capacity();
  }

  long sequence() {
    return frame.getLong(LogFrame.SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  /** Since the Unix epoch. */
  long timeNs() {
    return frame.getLong(LogFrame.TIME_NS_OFFSET, ByteOrder.LITTLE_ENDIAN);
  }

  /** Holds the command, from {@link LogFrame#HEADER_LENGTH} on; until the next one. */
  DirectBuffer buffer() {
    return frame;
  }

  /** Bytes of SBE header and command. */
  int commandLength() {
    return frame.capacity() - LogFrame.HEADER_LENGTH;
  }

  @Override
  public void close() {
    log.close();
  }
}
