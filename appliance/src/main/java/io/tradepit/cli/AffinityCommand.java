package io.tradepit.cli;

import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityReader;
import io.tradepit.host.preflight.RunningHost;
import io.tradepit.tools.affinity.AffinityTool;
import io.tradepit.tools.terminal.TerminalStyle;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "affinity",
    description = {
      "Shows the machine's cores and the threads of a layout on them, checks a layout, proposes one.",
      "A LAYOUT is a YAML file, or the name of one in affinity-config, such as one-socket-16."
    })
final class AffinityCommand implements Runnable {
  private static final int PICTURE_COLUMNS = 80;
  private static final int MOST_GATEWAYS = 16;

  @Spec private CommandSpec spec;

  private AffinityCommand() {}

  static CommandLine commandLine() {
    CommandLine affinity = new CommandLine(new AffinityCommand());
    affinity.addSubcommand(new Show());
    affinity.addSubcommand(new Check());
    affinity.addSubcommand(new Suggest());
    return affinity;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Which machine is looked at. */
  static final class Where {
    @Option(
        names = "--root",
        paramLabel = "DIR",
        description = "looks at a copy of another machine's /sys and /proc below DIR")
    private Path root = Path.of("/");

    AffinityTool tool(CommandSpec spec) {
      RunningHost host = new RunningHost(root);
      return new AffinityTool(
          host, root, TerminalStyle.ofThisProcess(), spec.commandLine().getOut());
    }
  }

  @Command(
      name = "show",
      description = {
        "Draws the machine: nodes, network cards, third-level caches, cores.",
        "With a LAYOUT each core has the names of its threads, and a mark for what it is for."
      })
  static final class Show implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Where where;

    @Parameters(paramLabel = "LAYOUT", arity = "0..1", description = "a file or a name")
    private String layout;

    @Override
    public Integer call() {
      Optional<AffinityLayout> read =
          Optional.ofNullable(layout).map(name -> AffinityReader.named("LAYOUT", name));
      where.tool(spec).show(read, PICTURE_COLUMNS);
      return 0;
    }
  }

  @Command(
      name = "check",
      description = {
        "Holds LAYOUT against the machine, a line a rule; exit code 1 when one is broken.",
        "It looks at places only: what the kernel was told (isolation, interrupts and so on) is"
            + " for 'tradepit preflight' to compare."
      })
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Where where;

    @Parameters(paramLabel = "LAYOUT", description = "a file or a name")
    private String layout;

    @Option(
        names = "--json",
        paramLabel = "FILE",
        description = "writes the rules and what was found to FILE; - is the terminal")
    private Path json;

    @Override
    public Integer call() {
      boolean holds =
          where.tool(spec).check(AffinityReader.named("LAYOUT", layout), Optional.ofNullable(json));
      return AffinityTool.exitCode(holds).number();
    }
  }

  @Command(
      name = "suggest",
      description = {
        "Proposes a layout for the machine, each value with its reason.",
        "On a machine with too few cores it is that of the embedded profile, on cores."
      })
  static final class Suggest implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private Where where;

    @Option(
        names = "--nic",
        paramLabel = "IF",
        description = "the members' network card, whose node the threads are to be at")
    private String nic;

    @Option(
        names = "--gateways",
        paramLabel = "N",
        defaultValue = "1",
        description = "gateways of the segment, 1 to 16 (default: ${DEFAULT-VALUE})")
    private int gateways;

    @Option(
        names = {"-o", "--output"},
        paramLabel = "FILE",
        description = "writes it to FILE; without it is printed")
    private Path output;

    @Override
    public Integer call() {
      if (gateways < 1 || gateways > MOST_GATEWAYS) {
        throw new ParameterException(
            spec.commandLine(), "--gateways=" + gateways + ": allowed 1 to " + MOST_GATEWAYS);
      }
      where.tool(spec).suggest(Optional.ofNullable(nic), gateways, Optional.ofNullable(output));
      return 0;
    }
  }
}
