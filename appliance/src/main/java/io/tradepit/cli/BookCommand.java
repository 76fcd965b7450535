package io.tradepit.cli;

import io.tradepit.config.ExitCode;
import io.tradepit.tools.book.BookTool;
import io.tradepit.tools.terminal.Display;
import io.tradepit.tools.terminal.TerminalStyle;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "book",
    description = {
      "Shows the order book of an instrument of a segment on this machine.",
      "It looks into the segment's memory, read-only, and cannot hold it up: best prices in"
          + " the middle, quantity and number of orders at each. A book that changes faster than it"
          + " can be copied is 'busy': try again. After a segment was killed its last book can"
          + " still be seen; after a clean stop there is none."
    })
final class BookCommand implements Callable<Integer> {
  private static final int MOST_LEVELS = 10_000;

  @Spec private CommandSpec spec;
  @Mixin private SegmentChoice segment;

  @Parameters(paramLabel = "SYMBOL", description = "the instrument's symbol, such as MAPLE")
  private String symbol;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "10",
      description = "price levels of each side, 1 to 10000 (default: ${DEFAULT-VALUE})")
  private int depth;

  @Option(
      names = "--watch",
      description =
          "draws it again whenever it changes, at most ten times a second; q or Ctrl-C ends")
  private boolean watch;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes the book to FILE as JSON; - is the terminal, in place of the picture")
  private Path json;

  @Override
  public Integer call() {
    if (depth < 1 || depth > MOST_LEVELS) {
      throw wrong("--depth=" + depth + ": allowed 1 to " + MOST_LEVELS);
    }
    if (watch && json != null) {
      throw wrong("--watch and --json: allowed one of them");
    }
    BookTool book = new BookTool(segment.place().config(), symbol, depth);
    TerminalStyle style = TerminalStyle.ofThisProcess();
    if (!watch) {
      return book.show(style.glyphs(), json, spec.commandLine().getOut()).number();
    }
    try (StopSignal stop = new StopSignal();
        Display display = Display.open(style)) {
      book.watch(display, stop::isGiven);
    }
    return ExitCode.OK.number();
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
