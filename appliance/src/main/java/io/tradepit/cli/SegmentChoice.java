package io.tradepit.cli;

import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which segment a tool means: its directory, and its configuration where it is not the built-in
 * one.
 */
final class SegmentChoice {
  @Mixin private Place place;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the segment's YAML file, when it was started with one")
  private Path file;

  SegmentConfig config() {
    return file == null
        ? SegmentConfigReader.readEmbedded(place.directory())
        : SegmentConfigReader.read(file, place.directory());
  }
}
