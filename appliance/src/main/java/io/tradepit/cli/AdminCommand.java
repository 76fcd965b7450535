package io.tradepit.cli;

import io.tradepit.admin.AdminAnswer;
import io.tradepit.admin.AdminClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that asks the running segment over its admin socket. */
abstract class AdminCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private Place place;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description = "the segment's admin socket (default: DIR/admin.sock)")
  private Path socket;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "writes the figures to FILE as JSON; - is the terminal")
  private Path json;

  /** What to ask for, as the socket takes it. */
  abstract String request();

  AdminAnswer ask(AdminClient segment, boolean asJson) {
    return segment.ask(request(), asJson);
  }

  @Override
  public Integer call() throws IOException {
    Path path = socket == null ? place.directory().resolve("admin.sock") : socket;
    AdminAnswer answer = ask(new AdminClient(path), json != null);
    if (!answer.isOk()) {
      spec.commandLine().getErr().println("tradepit: " + answer.error());
    } else if (json != null && !"-".equals(json.toString())) {
      Files.write(json, answer.lines());
    } else {
      answer.lines().forEach(spec.commandLine().getOut()::println);
    }
    return answer.exitCode();
  }

  @Command(name = "status", description = "Prints what the running segment says of itself.")
  static final class StatusOf extends AdminCommand {
    @Override
    String request() {
      return "status";
    }
  }

  @Command(name = "instrument", description = "Halts or resumes trading in an instrument.")
  static final class Instrument extends AdminCommand {
    @Parameters(index = "0", paramLabel = "halt|resume", description = "what to do")
    private String action;

    @Parameters(index = "1", paramLabel = "SYMBOL", description = "the instrument's symbol")
    private String symbol;

    @Parameters(
        index = "2",
        arity = "0..1",
        paramLabel = "REASON",
        defaultValue = "",
        description = "of a halt, as market data carries it: up to four letters and digits")
    private String reason;

    @Override
    String request() {
      return ("instrument " + action + " " + symbol + " " + reason).strip();
    }
  }

  @Command(
      name = "session",
      description = {
        "Controls a member's session.",
        "disable: no more logins, and disconnected; enable: logins again; cancel-all: cancels its"
            + " open orders; disconnect: cuts its connection."
      })
  static final class Session extends AdminCommand {
    @Parameters(
        index = "0",
        paramLabel = "disable|enable|cancel-all|disconnect",
        description = "what to do")
    private String action;

    @Parameters(index = "1", paramLabel = "NAME", description = "the session's username")
    private String name;

    @Override
    String request() {
      return "session " + action + " " + name;
    }
  }

  @Command(
      name = "day",
      description = {
        "Opens or closes the trading day, or rolls it: closes it and begins the next one.",
        "close cancels all orders and ends every session's stream. open opens the day, or after a"
            + " closed one the next. roll does both and waits until members may log in again."
      })
  static final class Day extends AdminCommand {
    @Parameters(index = "0", paramLabel = "open|close|roll", description = "what to do")
    private String action;

    @Override
    AdminAnswer ask(AdminClient segment, boolean asJson) {
      return "roll".equals(action) ? new DayRoll(segment).run(asJson) : super.ask(segment, asJson);
    }

    @Override
    String request() {
      return "day " + action;
    }
  }

  @Command(name = "stop", description = "Stops the running segment; its day goes on at its start.")
  static final class Stop extends AdminCommand {
    @Override
    String request() {
      return "stop";
    }
  }
}
