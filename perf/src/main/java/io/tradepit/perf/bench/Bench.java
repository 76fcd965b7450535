package io.tradepit.perf.bench;

import io.tradepit.cli.Version;
import io.tradepit.config.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of {@code ./tradepit bench}; the launcher starts it in a checkout. */
@Command(
    name = "tradepit bench",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    description = "Measures Tradepit and others side by side on this machine.",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    usageHelpAutoWidth = false,
    usageHelpWidth = 80)
public final class Bench implements Runnable {
  @Spec private CommandSpec spec;

  private Bench() {}

  public static void main(String[] arguments) {
    CommandLine root = new CommandLine(new Bench());
    root.addSubcommand(new BookCommand());
    root.addSubcommand(new PipelineCommand());
    root.addSubcommand(new WireCommand());
    root.addSubcommand(new GrowthCommand());
    root.addSubcommand(new PartsCommand());
    root.addSubcommand(new MemoryCommand());
    root.addSubcommand(new AllCommand());
    root.setExecutionExceptionHandler(Bench::onFailure);
    root.setParameterExceptionHandler(Bench::onWrongUse);
    System.exit(root.execute(arguments));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int onFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    String what = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println("tradepit: bench: " + what);
    return ExitCode.OTHER.number();
  }

  private static int onWrongUse(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("tradepit: bench: " + wrong.getMessage());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.CONFIGURATION.number();
  }
}
