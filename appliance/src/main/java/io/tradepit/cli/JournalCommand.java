package io.tradepit.cli;

import io.tradepit.config.ExitCode;
import io.tradepit.tools.journal.BookAtTool;
import io.tradepit.tools.journal.DumpTool;
import io.tradepit.tools.journal.StatTool;
import io.tradepit.tools.journal.VerifyTool;
import io.tradepit.tools.terminal.TerminalStyle;
import java.nio.file.Path;
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
    name = "journal",
    description = {
      "Reads the days that a segment has recorded: beside it while it runs, after it was killed,"
          + " or days long past. It writes nothing there."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  tradepit journal stat                      the days, the newest in full",
      "  tradepit journal verify                    every frame, every number, a replay",
      "  tradepit journal at 14:03:07.250 MAPLE     the book as it was then",
      "  tradepit journal dump --from 100 --to 120 --events",
      "  tradepit journal dump --json | jq .kind    a JSON object on each line"
    })
final class JournalCommand implements Runnable {
  @Spec private CommandSpec spec;

  static CommandLine commandLine() {
    CommandLine journal = new CommandLine(new JournalCommand());
    journal.addSubcommand(new Stat());
    journal.addSubcommand(new Verify());
    journal.addSubcommand(new Dump());
    journal.addSubcommand(new At());
    return journal;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Which day is meant. */
  abstract static class OfADay implements Callable<Integer> {
    @Spec CommandSpec spec;
    @Mixin SegmentChoice segment;

    @Option(
        names = "--day",
        paramLabel = "N",
        defaultValue = "0",
        showDefaultValue = CommandLine.Help.Visibility.NEVER,
        description = "number of the day, as stat lists them (default: the newest)")
    private int day;

    /** From 1; 0 = the newest. */
    int day() {
      if (day < 0) {
        throw wrong("--day=" + day + ": allowed 1 and more");
      }
      return day;
    }

    ParameterException wrong(String message) {
      return new ParameterException(spec.commandLine(), message);
    }
  }

  @Command(
      name = "stat",
      description = {
        "Lists the recorded days, and tells one of them in full: its files, commands and events by"
            + " kind, its busiest second, its sessions."
      })
  static final class Stat extends OfADay {
    @Option(
        names = "--json",
        paramLabel = "FILE",
        description = "writes the figures to FILE as JSON; - is the terminal, in place of the text")
    private Path json;

    @Override
    public Integer call() {
      return new StatTool(segment.place().config())
          .show(day(), TerminalStyle.ofThisProcess().glyphs(), json, spec.commandLine().getOut())
          .number();
    }
  }

  @Command(
      name = "dump",
      description = {
        "Prints the commands of a day, a line each: sequence number, time in the day's zone,"
            + " gateway and its number of the command, session, what it says.",
        "Below it, with --events, what came of it."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tradepit journal dump --from 100 --to 120 --events",
        "  tradepit journal dump | grep ' NPT1 '      what one session has sent",
        "  tradepit journal dump --json | jq -r .kind | sort | uniq -c"
      })
  static final class Dump extends OfADay {
    @Option(
        names = "--from",
        paramLabel = "SEQ",
        defaultValue = "1",
        description = "the first command (default: ${DEFAULT-VALUE})")
    private long from;

    @Option(names = "--to", paramLabel = "SEQ", description = "the last command (default: the end)")
    private Long to;

    @Option(names = "--events", description = "prints what came of each command as well")
    private boolean events;

    @Option(names = "--json", description = "prints a JSON object on each line, with all fields")
    private boolean json;

    @Override
    public Integer call() {
      if (to != null && to < from) {
        throw wrong("--to=" + to + ": allowed " + from + " and more");
      }
      return new DumpTool(segment.place().config(), day(), spec.commandLine().getOut())
          .show(from, to == null ? Long.MAX_VALUE : to, events, json)
          .number();
    }
  }

  @Command(
      name = "verify",
      description = {
        "Checks a day: header and CRC of every frame; sequence numbers, times and gateways'"
            + " numbers of the commands; order and numbers of the events; the hash of the log"
            + " against what the matcher reported and what snapshots have; then replays all of it"
            + " and holds every event against the recorded one.",
        "Prints what was checked and a verdict. Ends with 5 and the first defect when something"
            + " does not fit."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tradepit journal verify                    the newest day, also while it runs",
        "  tradepit journal verify --day 3 --quick    without the replay"
      })
  static final class Verify extends OfADay {
    @Option(names = "--quick", description = "leaves the replay out")
    private boolean quick;

    @Option(
        names = "--json",
        paramLabel = "FILE",
        description = "writes the figures to FILE as JSON; - is the terminal, in place of the text")
    private Path json;

    @Override
    public Integer call() {
      return new VerifyTool(
              segment.place().config(),
              day(),
              spec.commandLine().getOut(),
              spec.commandLine().getErr())
          .check(quick, json)
          .number();
    }
  }

  @Command(
      name = "at",
      description = {
        "Shows the book of an instrument as it was at a moment of a day: behind a command, or"
            + " behind the last command at or before a time of the day in its zone.",
        "It is made again by replay from the newest snapshot before it, or from the beginning."
      },
      footerHeading = "%nExamples:%n",
      footer = {
        "  tradepit journal at 14:03:07.250 MAPLE --levels 5 --orders",
        "  tradepit journal at 120345 MAPLE --day 3   behind command 120345 of day 3"
      })
  static final class At extends OfADay {
    private static final int MOST_LEVELS = 10_000;

    @Parameters(
        index = "0",
        paramLabel = "TIME|SEQ",
        description = "a time such as 14:03:07.250, or the number of a command")
    private String moment;

    @Parameters(
        index = "1",
        paramLabel = "SYMBOL",
        description = "the instrument's symbol, such as MAPLE")
    private String symbol;

    @Option(
        names = "--levels",
        paramLabel = "N",
        defaultValue = "10",
        description = "price levels of each side, 1 to 10000 (default: ${DEFAULT-VALUE})")
    private int levels;

    @Option(names = "--orders", description = "lists the orders of these levels below the book")
    private boolean orders;

    @Option(
        names = "--json",
        paramLabel = "FILE",
        description = "writes book and orders to FILE as JSON; - is the terminal, in place of text")
    private Path json;

    @Override
    public Integer call() {
      if (levels < 1 || levels > MOST_LEVELS) {
        throw wrong("--levels=" + levels + ": allowed 1 to " + MOST_LEVELS);
      }
      new BookAtTool(
              segment.place().config(),
              day(),
              spec.commandLine().getOut(),
              spec.commandLine().getErr())
          .show(moment, symbol, levels, orders, json, TerminalStyle.ofThisProcess().glyphs());
      return ExitCode.OK.number();
    }
  }
}
