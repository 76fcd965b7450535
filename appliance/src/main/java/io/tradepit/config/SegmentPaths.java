package io.tradepit.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.IoUtil;

/**
 * Where a segment keeps what it makes. Names in memory carry the data directory, so that segments
 * never meet.
 *
 * @param archive recordings of log and events, on a disk
 * @param aeron buffers of the media driver, in memory
 * @param state files of the matching state, in memory
 * @param data of the segment, on a disk; snapshots of the matching state are below it
 */
public record SegmentPaths(Path archive, Path aeron, Path state, Path data) {
  /** The places of a segment. */
  public static SegmentPaths of(SegmentConfig config) {
    SegmentConfig.Directories directories = config.directories();
    Path data = directories.data().toAbsolutePath().normalize();
    String own = "tradepit-" + config.name() + "-" + fingerprint(data);
    return new SegmentPaths(
        data.resolve("archive"),
        directories.shm().resolve(own).resolve("aeron"),
        directories.state().resolve(own).resolve("state"),
        data);
  }

  /** Folders of closed days, on a disk. */
  public Path days() {
    return data.resolve("days");
  }

  /** Latencies, a folder for each start, on a disk. */
  public Path latency() {
    return data.resolve("latency");
  }

  /** Snapshots of the matching state, on a disk. */
  public Path snapshots() {
    return data.resolve("snapshots");
  }

  /** What the last start did to bring the day back. */
  public Path recoveryReport() {
    return data.resolve("recovery.json");
  }

  /** Removes the segment's own directories in memory when nothing is left in them. */
  public void removeEmpty() {
    for (Path own : List.of(aeron.getParent(), state.getParent())) {
      String[] content = own.toFile().list();
      if (content != null && content.length == 0) {
        IoUtil.delete(own.toFile(), true);
      }
    }
  }

  private static String fingerprint(Path path) {
    CRC32C crc = new CRC32C();
    crc.update(path.toString().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
