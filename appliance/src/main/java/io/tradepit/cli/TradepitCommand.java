package io.tradepit.cli;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of the command tree. */
@Command(
    name = "tradepit",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    description = "An exchange in a box: order entry, matching and market data in one process.",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nWords:%n",
    usageHelpAutoWidth = false,
    usageHelpWidth = 80)
public final class TradepitCommand implements Runnable {
  @Spec private CommandSpec spec;

  private TradepitCommand() {}

  /**
   * The whole command line.
   *
   * @param runner runs a segment
   * @param passwordHash makes the hash of a clear password
   */
  public static CommandLine commandLine(SegmentRunner runner, UnaryOperator<String> passwordHash) {
    CommandLine root = new CommandLine(new TradepitCommand());
    CommandLine config = new CommandLine(new ConfigCommand());
    config.addSubcommand(new ConfigCommand.Check());
    config.addSubcommand(new ConfigCommand.Show());
    config.addSubcommand(new ConfigCommand.Password(passwordHash));
    root.addSubcommand(new RunCommand(runner));
    root.addSubcommand(config);
    root.addSubcommand(new PreflightCommand());
    root.addSubcommand(new ReplayCommand());
    root.addSubcommand(new AdminCommand.StatusOf());
    root.addSubcommand(new AdminCommand.Instrument());
    root.addSubcommand(new AdminCommand.Session());
    root.addSubcommand(new AdminCommand.Day());
    root.addSubcommand(new SnapshotCommand());
    root.addSubcommand(new RecoverCommand());
    root.addSubcommand(new AdminCommand.Stop());
    root.addSubcommand(new ReportCommand());
    root.addSubcommand(new BookCommand());
    root.addSubcommand(JournalCommand.commandLine());
    root.addSubcommand(AffinityCommand.commandLine());
    root.addSubcommand(NicCommand.commandLine());
    root.addSubcommand(new FeedCommand());
    root.addSubcommand(new MemberCommand());
    root.addSubcommand(new DemoCommand());
    root.addSubcommand(AotCommand.commandLine());
    root.getCommandSpec()
        .usageMessage()
        .footerHeading("%nExamples:%n")
        .footer(
            "  tradepit run                       a segment with the built-in configuration",
            "  tradepit config show > my.yaml     its configuration, commented, to begin from",
            "  tradepit config check my.yaml      names every mistake in it",
            "  tradepit preflight                 compares the machine with what is asked of it",
            "  tradepit status                    what the running segment says of itself",
            "  tradepit instrument halt MAPLE     halts trading in one instrument",
            "  tradepit snapshot                  writes a snapshot of the matching state now",
            "  tradepit recover --explain         how the last start brought the day back",
            "  tradepit demo                      simulated members on a live screen",
            "  tradepit member --user NPT1        trades by hand",
            "  tradepit session cancel-all NPT1   cancels all open orders of a session",
            "  tradepit report DIR                latencies of a run or of a segment, as a page",
            "  tradepit replay AMZN_day.csv.gz    plays a day into a fresh segment and compares",
            "  tradepit book MAPLE --watch        the order book of one instrument, live",
            "  tradepit feed --symbol MAPLE       its market data, a line each message",
            "  tradepit journal stat              what was recorded, day by day",
            "  tradepit affinity suggest          which thread on which core of this machine",
            "  tradepit nic show                  network devices, and how to pass the kernel by",
            "  tradepit test                      runs the tests; only in a checkout",
            "  tradepit bench book --quick        the book beside others; only in a checkout",
            "  tradepit release                   makes the release archive; only in a checkout",
            "  tradepit aot train                 shortens the start of an unpacked release",
            "",
            "Exit codes:",
            ExitCode.table().stripTrailing());
    root.setExecutionExceptionHandler(TradepitCommand::onFailure);
    root.setParameterExceptionHandler(TradepitCommand::onWrongUse);
    return root;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int onFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    if (failure instanceof StartException start) {
      start.getMessage().lines().forEach(line -> command.getErr().println("tradepit: " + line));
      return start.exitCode().number();
    }
    String what = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println("tradepit: " + what);
    return ExitCode.OTHER.number();
  }

  private static int onWrongUse(ParameterException wrong, String[] arguments) {
    CommandLine command = wrong.getCommandLine();
    command.getErr().println("tradepit: " + wrong.getMessage());
    command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.CONFIGURATION.number();
  }
}
