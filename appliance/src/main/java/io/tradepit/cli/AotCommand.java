package io.tradepit.cli;

import io.tradepit.config.ExitCode;
import io.tradepit.tools.demo.AotTraining;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "aot",
    description = "Shortens the start of an unpacked release by a cache of the JVM's.")
final class AotCommand implements Runnable {
  @Spec private CommandSpec spec;

  static CommandLine commandLine() {
    return new CommandLine(new AotCommand()).addSubcommand(new Train());
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "train",
      description = {
        "Makes the AOT cache of a profile on this machine: RELEASE/aot/PROFILE.aot.",
        "A segment of its own in a temporary directory trades with simulated members over TCP; its"
            + " JVM, which has the profile's flags, writes the cache when it ends. 'run' uses the"
            + " cache from then on. One that was made for other flags, another runtime or other"
            + " jars is refused by name: train again, or remove the file."
      })
  static final class Train implements Callable<Integer> {
    private static final int MAX_SECONDS = 3_600;

    @Spec private CommandSpec spec;

    @Option(
        names = "--profile",
        paramLabel = "PROFILE",
        defaultValue = "embedded",
        description = "embedded or box: whose flags (default: ${DEFAULT-VALUE})")
    private String profile;

    @Option(
        names = "--seconds",
        paramLabel = "N",
        defaultValue = "20",
        description = "how long to trade (default: 20)")
    private int seconds;

    // Given by the launcher, which also writes down what the cache was made for.
    @Option(names = "--output", hidden = true, required = true)
    private Path output;

    @Override
    public Integer call() {
      if (seconds < 1 || seconds > MAX_SECONDS) {
        throw new ParameterException(
            spec.commandLine(), "--seconds=" + seconds + ": allowed 1.." + MAX_SECONDS);
      }
      // The launcher has started this JVM with the flags of the profile.
      spec.commandLine().getOut().println("training with the flags of profile " + profile);
      AotTraining.run(
          output.toAbsolutePath(), Duration.ofSeconds(seconds), spec.commandLine().getOut());
      return ExitCode.OK.number();
    }
  }
}
