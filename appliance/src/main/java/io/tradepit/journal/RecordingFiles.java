package io.tradepit.journal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that the files that are being recorded stay where they are. The kernel lets the archive
 * write on into a file that was deleted, moved or replaced, and tells it nothing; a restart would
 * not find what was recorded there.
 *
 * <p>The kernel's notice stops the recordings at once, a look once in {@link #LOOK_MS} whatever
 * gave no notice. The files are held open meanwhile: what was written to one that is gone is put
 * back when the archive has closed it.
 *
 * <p>Thread {@code tp-storage}, which sleeps between two looks; opened and closed by the journal's
 * thread.
 */
final class RecordingFiles implements AutoCloseable {
  /** The longest time from the loss of a file to the end of all releases, ms. */
  static final long LOOK_MS = 100;

  private static final String CATALOG = "archive.catalog";
  private static final String SUFFIX = ".rec";
  private static final Logger LOGGER = LoggerFactory.getLogger(RecordingFiles.class);

  private final Path directory;
  private final List<Recording> recordings;
  private final RecorderFault fault;
  private final WatchService notices;
  private final Map<String, HeldFile> held = new LinkedHashMap<>();
  private final Thread thread = new Thread(this::run, "tp-storage");

  private record HeldFile(Path path, Object key, FileChannel content) implements AutoCloseable {
    static HeldFile open(Path path) throws IOException {
      FileChannel content = FileChannel.open(path, StandardOpenOption.READ);
      return new HeldFile(path, keyOf(path), content);
    }

    private static Object keyOf(Path path) throws IOException {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    boolean isInPlace() throws IOException {
      try {
        return key.equals(keyOf(path));
      } catch (NoSuchFileException e) {
        return false;
      }
    }

    void putBack() throws IOException {
      Path copy = path.resolveSibling(path.getFileName() + ".restored");
      try (FileChannel to =
          FileChannel.open(
              copy,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        long at = 0;
        while (at < content.size()) {
          at += content.transferTo(at, content.size() - at, to);
        }
        to.force(true);
      }
      Files.move(copy, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  /**
   * Begins to watch.
   *
   * @throws UncheckedIOException when the directory can't be watched
   */
  RecordingFiles(File directory, List<Recording> recordings, RecorderFault fault) {
    this.directory = directory.toPath();
    this.recordings = recordings;
    this.fault = fault;
    try {
      notices = this.directory.getFileSystem().newWatchService();
      this.directory.register(
          notices, StandardWatchEventKinds.ENTRY_DELETE, StandardWatchEventKinds.ENTRY_CREATE);
      look();
    } catch (IOException e) {
      throw new UncheckedIOException("archiveDirectory=" + directory + " can't be watched", e);
    }
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!fault.hasFailed()) {
        WatchKey key = notices.poll(LOOK_MS, TimeUnit.MILLISECONDS);
        if (key != null) {
          key.pollEvents().forEach(this::onNotice);
          key.reset();
        }
        look();
      }
    } catch (ClosedWatchServiceException e) {
      LOGGER.debug("files of the recordings are not watched any more");
    } catch (IOException e) {
      fault.fail(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // Older files of the day are wanted too: members have their history from them.
  private void onNotice(WatchEvent<?> notice) {
    String name = String.valueOf(notice.context());
    boolean isGone = notice.kind().equals(StandardWatchEventKinds.ENTRY_DELETE);
    for (Recording recording : recordings) {
      String prefix = recording.description().recordingId() + "-";
      if (isGone && name.startsWith(prefix) && name.endsWith(SUFFIX)) {
        onGone(name);
      }
    }
  }

  private void look() throws IOException {
    hold(CATALOG, true);
    for (Recording recording : recordings) {
      RecordingDescription description = recording.description();
      if (recording.stream().isActive()) {
        long position = recording.stream().recordedPosition();
        long base = description.segmentBasePosition(position);
        // The archive makes a file some time after the recording, or the file before it, says that
        // it is there: it has to exist from the first byte on.
        hold(description.segmentFileName(base), position > base);
        release(description.segmentFileName(base - 2L * description.segmentFileLength()));
      }
    }
    for (HeldFile file : held.values()) {
      if (!file.isInPlace()) {
        onGone(file.path().getFileName().toString());
      }
    }
  }

  private void hold(String name, boolean hasToExist) throws IOException {
    if (!held.containsKey(name)) {
      try {
        held.put(name, HeldFile.open(directory.resolve(name)));
      } catch (NoSuchFileException e) {
        if (hasToExist) {
          onGone(name);
        }
      }
    }
  }

  private void release(String name) throws IOException {
    HeldFile old = held.remove(name);
    if (old != null) {
      old.close();
    }
  }

  private void onGone(String name) {
    fault.fail("file of a recording is gone: file=" + name);
  }

  /** Watches no more; the archive still writes. */
  void stop() {
    CloseHelper.close(notices);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Puts back what is gone; the archive has closed its files. */
  @Override
  public void close() {
    for (HeldFile file : held.values()) {
      try (file) {
        if (!file.isInPlace()) {
          file.putBack();
          LOGGER.warn("file of a recording was gone and is put back: file={}", file.path());
        }
      } catch (IOException e) {
        LOGGER.error("file of a recording is gone and can't be put back: {}", file.path(), e);
      }
    }
    held.clear();
  }
}
