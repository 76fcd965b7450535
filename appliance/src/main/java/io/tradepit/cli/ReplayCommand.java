package io.tradepit.cli;

import io.tradepit.config.ConfigException;
import io.tradepit.config.ExitCode;
import io.tradepit.tools.replay.Pace;
import io.tradepit.tools.replay.Replay;
import io.tradepit.tools.replay.ReplayContext;
import io.tradepit.tools.replay.ReplayResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    description = {
      "Plays recorded order flow into a segment and compares what comes back.",
      "FILE is a command file (n,row,ts_ns,cmd,oid,side,px,qty,src,expect) or an ITCH 5.0 file,"
          + " plain or gzipped. Every order goes through a real OUCH session over TCP. Of a command"
          + " file the fills of each aggressive order are compared, and after each command with a"
          + " row the book, built from the ITCH multicast, with that row of the orderbook file.",
      "The segment is a fresh one, sized for the file, unless --running. Sending is open loop:"
          + " latencies count from the time at which a command was due, and no answer is waited"
          + " for, but in --lockstep."
    })
final class ReplayCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  @Spec private CommandSpec spec;
  @Mixin private Place place;

  @Parameters(paramLabel = "FILE", description = "what to play")
  private Path file;

  @ArgGroup private Mode mode = new Mode();

  /** One of them; none = a standard rate. */
  static final class Mode {
    @Option(
        names = "--rate",
        paramLabel = "N",
        description = "commands a second (default: " + Pace.STANDARD_RATE + ")")
    private Long rate;

    @Option(names = "--as-recorded", description = "by the times in the file")
    private boolean asRecorded;

    @Option(names = "--max", description = "as fast as the connection takes them")
    private boolean max;

    @Option(names = "--lockstep", description = "each command when the one before is answered")
    private boolean lockstep;
  }

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "of --as-recorded: X times as fast (default: 1)")
  private Double speed;

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      split = ",",
      description =
          "the instrument of a command file (default: the file's name up to _); those of an ITCH"
              + " file that are played (default: all)")
  private List<String> symbols = List.of();

  @Option(
      names = "--books",
      paramLabel = "FILE",
      description = "the orderbook file (default: the one beside FILE)")
  private Path books;

  @Option(names = "--no-books", description = "compares no books")
  private boolean withoutBooks;

  @Option(
      names = "--running",
      description =
          "plays into the segment that runs in --dir; no one else may trade the instrument. Its own"
              + " legs in the report are then those since its start")
  private boolean running;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "of the running segment (default: the built-in configuration)")
  private Path config;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "of the running segment: who sends (default: its first session)")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "its first line is that session's password (default: what logins.txt has)")
  private Path passwordFile;

  @Option(
      names = "--keep",
      description = "keeps the fresh segment's directory; --dir keeps it there")
  private boolean keep;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "folder of the results (default: reports/replay-FILE-TIME below --dir or its default)")
  private Path report;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes the figures to FILE as JSON; - is the terminal")
  private Path json;

  @Override
  public Integer call() throws IOException {
    // Where the terminal gets the JSON, only that goes there.
    StatusLine line =
        isJsonOnTerminal()
            ? new StatusLine(System.err, false)
            : new StatusLine(System.out, isRewritable());
    ReplayResult result;
    try {
      result = Replay.run(context().progress(text -> line.update(text, System.nanoTime())));
    } finally {
      line.end();
    }
    print(result);
    return (result.ok() ? ExitCode.OK : ExitCode.OTHER).number();
  }

  private void print(ReplayResult result) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (isJsonOnTerminal()) {
      out.print(result.json());
      out.flush();
      return;
    }
    result.lines().forEach(out::println);
    if (json != null) {
      Files.writeString(json, result.json());
    }
  }

  private boolean isJsonOnTerminal() {
    return json != null && "-".equals(json.toString());
  }

  private ReplayContext context() throws IOException {
    requireTogether(user == null || running, "--user: allowed with --running");
    requireTogether(passwordFile == null || running, "--password-file: allowed with --running");
    requireTogether(config == null || running, "--config: allowed with --running");
    requireTogether(books == null || !withoutBooks, "--books: allowed without --no-books");
    return new ReplayContext()
        .file(file)
        .symbols(symbols)
        .pace(pace())
        .books(books)
        .compareBooks(!withoutBooks)
        .running(running)
        .directory(running ? place.directory() : place.given())
        .config(config)
        .user(user)
        .password(passwordFile == null ? null : PasswordFile.read(passwordFile))
        .keep(keep)
        .results(results());
  }

  private Pace pace() {
    requireTogether(speed == null || mode.asRecorded, "--speed: allowed with --as-recorded");
    requireTogether(speed == null || speed > 0, "--speed=" + speed + ": allowed above 0");
    requireTogether(
        mode.rate == null || (mode.rate >= 1 && mode.rate <= 10_000_000),
        "--rate=" + mode.rate + ": allowed 1 to 10000000");
    if (mode.asRecorded) {
      return Pace.asRecorded(speed == null ? 1 : speed);
    }
    if (mode.max) {
      return Pace.max();
    }
    return mode.lockstep
        ? Pace.lockstep()
        : Pace.rate(mode.rate == null ? Pace.STANDARD_RATE : mode.rate);
  }

  private Path results() {
    if (report != null) {
      return report.toAbsolutePath().normalize();
    }
    String name = "replay-" + file.getFileName() + "-" + TIME.format(Instant.now());
    return place.directory().resolve("reports").resolve(name);
  }

  private static boolean isRewritable() {
    return Boolean.getBoolean("tradepit.terminal")
        && !"dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
  }

  private static void requireTogether(boolean holds, String line) {
    if (!holds) {
      throw new ConfigException(List.of(line));
    }
  }
}
