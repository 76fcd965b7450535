package io.tradepit.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;

/** A directory of its own in {@code /dev/shm}, that goes when it is closed or this JVM ends. */
final class ShmDirectory implements AutoCloseable {
  private static final Path SHM = Path.of("/dev/shm");

  private final Path path;
  private final Thread end;

  ShmDirectory() {
    try {
      path = Files.createTempDirectory(SHM, "tp-bench-");
    } catch (IOException e) {
      throw new UncheckedIOException("directory=" + SHM, e);
    }
    end = new Thread(this::delete, "tp-bench-shm");
    Runtime.getRuntime().addShutdownHook(end);
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  /**
   * Looks whether others have taken, or this has used up, what {@code /dev/shm} has.
   *
   * @throws IllegalStateException when less is free: a write beyond it would end the JVM
   */
  void requireRoom(long bytes) {
    long free = path.toFile().getUsableSpace();
    if (free < bytes) {
      throw new IllegalStateException(
          "directory=" + SHM + " freeBytes=" + free + " needed=" + bytes);
    }
  }

  private void delete() {
    IoUtil.delete(path.toFile(), true);
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(end);
    delete();
  }
}
