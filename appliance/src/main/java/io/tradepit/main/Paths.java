package io.tradepit.main;

import io.tradepit.config.SegmentConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Where a segment keeps what it makes. Names in memory carry the data directory, so that segments
 * never meet.
 */
record Paths(Path archive, Path aeron, Path state, Path data) {
  static Paths of(SegmentConfig config) {
    SegmentConfig.Directories directories = config.directories();
    Path data = directories.data().toAbsolutePath().normalize();
    String own = "tradepit-" + config.name() + "-" + fingerprint(data);
    return new Paths(
        data.resolve("archive"),
        directories.shm().resolve(own).resolve("aeron"),
        directories.state().resolve(own).resolve("state"),
        data);
  }

  private static String fingerprint(Path path) {
    CRC32C crc = new CRC32C();
    crc.update(path.toString().getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(crc.getValue());
  }
}
