package io.tradepit.cli;

import io.tradepit.tools.segment.SegmentPlace;
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

  SegmentPlace place() {
    return SegmentPlace.of(place.directory(), file);
  }
}
