package io.tradepit.cli;

import io.tradepit.config.ConfigException;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = {
      "Runs a market segment until Ctrl-C, SIGTERM or 'tradepit stop'.",
      "It creates what it needs in its directory, prints one table of what it in fact obtained,"
          + " then a status line. Without --config it uses the built-in configuration, which"
          + " 'tradepit config show' prints; logins are then in DIR/data/logins.txt."
    })
final class RunCommand implements Callable<Integer> {
  private final SegmentRunner runner;

  @Mixin private Place place;

  @Option(names = "--config", paramLabel = "FILE", description = "the segment's YAML file")
  private Path config;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "embedded or box; must be that of the configuration (default: embedded)")
  private String profile;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description =
          "runs on the threads of this layout in place of those of the configuration: a YAML file,"
              + " or the name of one in affinity-config")
  private String layout;

  RunCommand(SegmentRunner runner) {
    this.runner = runner;
  }

  @Override
  public Integer call() {
    SegmentConfig segment =
        config == null
            ? SegmentConfigReader.readEmbedded(place.directory())
            : SegmentConfigReader.read(config, place.directory());
    requireProfile(segment);
    return runner.run(
        layout == null ? segment : SegmentConfigReader.withLayout(segment, layout), System.out);
  }

  // The launcher has chosen the JVM's flags by --profile already.
  private void requireProfile(SegmentConfig segment) {
    String asked = profile == null ? "embedded" : profile.toLowerCase(Locale.ROOT);
    if (!asked.equals(segment.profile().toString())) {
      throw new ConfigException(
          List.of(
              "--profile=" + asked + ": allowed " + segment.profile() + " for " + segment.file()));
    }
  }
}
