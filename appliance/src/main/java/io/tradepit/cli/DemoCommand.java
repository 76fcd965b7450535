package io.tradepit.cli;

import io.tradepit.tools.demo.DemoTool;
import io.tradepit.tools.terminal.TerminalStyle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = {
      "Simulated members trade eight instruments over real TCP, on a screen of 80 x 24 or more.",
      "The segment is a process of its own in a temporary directory, which is removed at the end."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int MAX_RATE = 100_000;
  private static final int MAX_SECONDS = 86_400;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "how long to trade (default: until q or Ctrl-C)")
  private Integer seconds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "of the members' behaviour (default: 1)")
  private long seed;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "1000",
      description = "requests a second, all members together (default: 1000)")
  private int rate;

  @Option(
      names = "--plain",
      description = "a block of lines every five seconds instead of the screen")
  private boolean plain;

  @Override
  public Integer call() {
    requireRange("--rate", rate, MAX_RATE);
    if (seconds != null) {
      requireRange("--seconds", seconds, MAX_SECONDS);
    }
    TerminalStyle style = TerminalStyle.ofThisProcess();
    Duration limit = seconds == null ? null : Duration.ofSeconds(seconds);
    // Bars are UTF-8 by the style, whatever the JVM takes the terminal's character set to be.
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    return new DemoTool(plain ? style.plain() : style, out).run(limit, seed, rate);
  }

  private void requireRange(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new ParameterException(spec.commandLine(), name + "=" + value + ": allowed 1.." + most);
    }
  }
}
