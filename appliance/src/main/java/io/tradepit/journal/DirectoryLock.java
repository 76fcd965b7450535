package io.tradepit.journal;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Keeps a second process from a directory. The kernel frees it when its process dies, however it
 * dies; heartbeats in files would keep a restart waiting.
 */
final class DirectoryLock implements AutoCloseable {
  private static final String FILE_NAME = "journal.lock";

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Creates the directory if need be, and takes it; refuses one that is taken. */
  static DirectoryLock take(File directory) {
    try {
      Files.createDirectories(directory.toPath());
      FileChannel channel =
          FileChannel.open(
              new File(directory, FILE_NAME).toPath(),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      if (tryLock(channel)) {
        return new DirectoryLock(channel);
      }
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("archiveDirectory=" + directory + " can't be used", e);
    }
    throw new DirectoryInUseException(
        "archiveDirectory=" + directory + " is in use by another running segment");
  }

  /**
   * Whether somebody has taken a directory, as the kernel's table of locks says. To try the lock
   * would keep a segment that starts at this moment from it.
   */
  static boolean isTaken(File directory) {
    Path file = new File(directory, FILE_NAME).toPath();
    if (!Files.exists(file)) {
      return false;
    }
    try {
      // 1: POSIX  ADVISORY  WRITE 4711 08:01:123456 0 EOF
      String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
      try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
        return locks.anyMatch(lock -> lock.contains(inode) && lock.contains("WRITE"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("archiveDirectory=" + directory + " can't be read", e);
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // taken by this process
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException("lock can't be freed", e);
    }
  }
}
