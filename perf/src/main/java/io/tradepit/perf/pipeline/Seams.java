package io.tradepit.perf.pipeline;

import io.aeron.archive.ArchiveThreadingMode;
import io.tradepit.journal.Durability;
import io.tradepit.journal.Journal;
import io.tradepit.journal.JournalContext;
import io.tradepit.stream.EventReader;
import io.tradepit.stream.EventStream;
import io.tradepit.stream.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.agrona.BufferUtil;
import org.agrona.ErrorHandler;
import org.agrona.IoUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Log and event stream of a run: the product's, recorded, or rings in memory that nobody records.
 *
 * @param recorder the recorder, when it is driven by the order path's thread
 */
record Seams(
    Log log, EventStream events, EventReader reader, Optional<Agent> recorder, Runnable owner)
    implements AutoCloseable {
  private static final int RING_BYTES = 1 << 22;

  /** Nothing is recorded. */
  static final String OFF = "off";

  /**
   * @param argument {@link #OFF}, or a durability and a directory for the recordings: {@code
   *     recorded:DIRECTORY}
   * @param errors told what fails on threads of Aeron
   */
  static Seams open(String argument, ErrorHandler errors) throws IOException {
    if (argument.equals(OFF)) {
      RingEvents events = new RingEvents(ring());
      return new Seams(new RingLog(ring()), events, events, Optional.empty(), () -> {});
    }
    int colon = argument.indexOf(':');
    Durability durability =
        Durability.valueOf(argument.substring(0, colon).toUpperCase(Locale.ROOT));
    return recorded(durability, Path.of(argument.substring(colon + 1)), errors);
  }

  /**
   * In memory, wherever the recordings are.
   *
   * @param recordings their directory, whose name no other process has
   */
  static Path aeronDirectory(Path recordings) {
    return Path.of("/dev/shm", recordings.getFileName() + "-aeron");
  }

  /** A ring of the size that a gateway's has. */
  static UnsafeBuffer ring() {
    int bytes = RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH;
    return new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes, 128));
  }

  private static Seams recorded(Durability durability, Path parent, ErrorHandler errors)
      throws IOException {
    Path archive = Files.createTempDirectory(parent, "pipeline");
    Journal journal =
        Journal.open(
            new JournalContext()
                .aeronDirectory(aeronDirectory(parent).toFile())
                .archiveDirectory(archive.toFile())
                .durability(durability)
                .recorderThreading(ArchiveThreadingMode.INVOKER)
                .errorHandler(errors));
    EventReader reader = journal.newEssentialReader();
    return new Seams(
        journal.log(),
        journal.events(),
        reader,
        Optional.of(journal.recorder()),
        () -> {
          journal.close();
          IoUtil.delete(archive.toFile(), true);
        });
  }

  @Override
  public void close() {
    owner.run();
  }
}
