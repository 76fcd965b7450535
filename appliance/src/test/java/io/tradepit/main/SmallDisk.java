package io.tradepit.main;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A small ext4 file system of its own, in a file that is mounted by a loop device. */
final class SmallDisk implements AutoCloseable {
  private static final int BLOCK = 1 << 16;

  final Path place;

  private SmallDisk(Path place) {
    this.place = place;
  }

  /** Makes and mounts it; a test that may not, or has no tools for it, is skipped. */
  static SmallDisk mount(Path directory, long bytes) throws IOException {
    Path image = directory.resolve("disk.img");
    Path place = Files.createDirectory(directory.resolve("disk"));
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    require("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
    require("mount", "-o", "loop", image.toString(), place.toString());
    return new SmallDisk(place);
  }

  private static void require(String... command) {
    assumeTrue(
        run(command) == 0, "no small disk: " + String.join(" ", command) + " failed; needs root");
  }

  private static int run(String... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1; // the command is not here
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** Takes all room but so many bytes. */
  Path fill(long leftBytes) throws IOException {
    Path ballast = place.resolve("ballast");
    byte[] block = new byte[BLOCK];
    try (RandomAccessFile file = new RandomAccessFile(ballast.toFile(), "rw")) {
      long blocks;
      while ((blocks = (place.toFile().getUsableSpace() - leftBytes) / BLOCK) > 0) {
        for (long i = 0; i < blocks; i++) {
          file.write(block);
        }
        file.getFD().sync(); // room is taken when blocks are
      }
    }
    return ballast;
  }

  @Override
  public void close() {
    if (run("umount", place.toString()) != 0) {
      run("umount", "-l", place.toString());
    }
  }
}
