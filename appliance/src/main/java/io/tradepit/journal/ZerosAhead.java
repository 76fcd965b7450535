package io.tradepit.journal;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts real zeros on the disk ahead of where a recording is being written, so that a flush finds
 * its blocks there and the file system's journal has nothing to commit for it.
 *
 * <p>Only in the file that the archive writes to: the archive refuses to go on into a file that is
 * there already ({@code RecordingWriter}, Aeron 1.51.0). It makes each file with its full length
 * and without blocks.
 *
 * <p>Nothing can be overwritten, however late this thread is: it never writes a value. It adds 0 to
 * a word of each mapped page, atomically; the page gets dirty and its bytes stay whatever they are,
 * those that the archive writes at the same moment included.
 *
 * <p>Thread {@code tp-prewrite}, which sleeps between two looks; opened and closed by the journal's
 * thread.
 */
final class ZerosAhead implements AutoCloseable {
  private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();
  private static final int PAGE = 4096;
  private static final int CHUNK = 2 << 20;
  private static final int AHEAD = 8 << 20;
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final Logger LOGGER = LoggerFactory.getLogger(ZerosAhead.class);

  private final List<Reach> reaches;
  private final Thread thread = new Thread(this::run, "tp-prewrite");
  private volatile boolean isClosed;

  ZerosAhead(List<Recording> recordings) {
    reaches = recordings.stream().map(Reach::new).toList();
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!isClosed) {
        boolean isBehind = false;
        for (Reach reach : reaches) {
          isBehind |= reach.advance();
        }
        if (!isBehind) {
          LockSupport.parkNanos(LOOK_NS);
        }
      }
    } catch (IOException | RuntimeException | InternalError e) {
      // A full disk, or a recording that stopped: whoever records says so. Nothing depends on this.
      LOGGER.info("no zeros are written ahead any more: {}", e.toString());
    } finally {
      reaches.forEach(Reach::close);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes pages dirty that keep what they hold; the range is of whole pages. */
  static void touch(MemorySegment file, long from, long to) {
    for (long offset = from; offset < to; offset += PAGE) {
      WORD.getAndAdd(file, offset, 0L);
    }
  }

  /** How far one recording is ahead of itself. */
  private static final class Reach {
    private final Recording recording;
    private long base = -1;
    private Arena arena;
    private MemorySegment bytes;
    private long done;

    private Reach(Recording recording) {
      this.recording = recording;
    }

    /** Goes one chunk further; false when it is far enough. */
    private boolean advance() throws IOException {
      long position = recording.stream().recordedPosition();
      RecordingDescription description = recording.description();
      long current = description.segmentBasePosition(position);
      if (current != base) {
        map(description, current);
      }
      long offset = position - base;
      done = Math.max(done, (offset + PAGE - 1) / PAGE * PAGE);
      long goal = Math.min(description.segmentFileLength(), offset + AHEAD);
      if (done >= goal) {
        return false;
      }
      long to = Math.min(done + CHUNK, description.segmentFileLength());
      touch(bytes, done, to);
      bytes.asSlice(done, to - done).force();
      done = to;
      return true;
    }

    private void map(RecordingDescription description, long current) throws IOException {
      close();
      File file = new File(recording.directory(), description.segmentFileName(current));
      try (FileChannel channel =
          FileChannel.open(file.toPath(), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        arena = Arena.ofShared();
        bytes =
            channel.map(FileChannel.MapMode.READ_WRITE, 0, description.segmentFileLength(), arena);
      }
      base = current;
      done = 0;
    }

    private void close() {
      if (arena != null) {
        arena.close();
        arena = null;
      }
    }
  }
}
