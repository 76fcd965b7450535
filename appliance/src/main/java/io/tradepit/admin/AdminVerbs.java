package io.tradepit.admin;

import io.tradepit.config.ExitCode;
import java.util.Locale;

/** What operators may ask for: each verb is answered at once or becomes a command. */
final class AdminVerbs {
  /**
   * @param answer null when a command was sent
   */
  record Outcome(AdminAnswer answer, long correlationId) {}

  private static final String USAGE =
      "status, instrument halt|resume SYMBOL [REASON], session disable|enable|cancel-all|disconnect"
          + " NAME, day open|close, snapshot, stop";
  private static final String REASON = "[A-Z0-9]{1,4}";

  private final AdminContext context;
  private final AdminDirectory directory;
  private final OperatorRing ring;

  AdminVerbs(AdminContext context, OperatorRing ring) {
    this.context = context;
    this.directory = context.directory();
    this.ring = ring;
  }

  Outcome apply(String request, boolean json, int user) {
    String[] words = request.split("\\s+", -1);
    return switch (words[0]) {
      case "status" -> words.length == 1 ? status(json) : wrong(request);
      case "instrument" -> instrument(words, user);
      case "session" -> words.length == 3 ? session(words, user) : wrong(request);
      case "day" -> words.length == 2 ? day(words[1], json, user) : wrong(request);
      case "snapshot" -> words.length == 1 ? snapshot(json, user) : wrong(request);
      case "stop" -> words.length == 1 ? stop(json, user) : wrong(request);
      default -> wrong(request);
    };
  }

  private Outcome status(boolean json) {
    Status status = context.status().status();
    return json
        ? now(AdminAnswer.of(status.json()))
        : now(new AdminAnswer(ExitCode.OK.number(), "", status.lines()));
  }

  private Outcome instrument(String[] words, int user) {
    boolean halt = words.length >= 3 && "halt".equals(words[1]);
    boolean resume = words.length == 3 && "resume".equals(words[1]);
    if ((!halt && !resume) || words.length > 4) {
      return wrong(String.join(" ", words));
    }
    Long symbol = directory.symbol(words[2].toUpperCase(Locale.ROOT));
    if (symbol == null) {
      return wrong("instrument=" + words[2], directory.symbolNames());
    }
    String reason = words.length == 4 ? words[3].toUpperCase(Locale.ROOT) : "";
    if (!reason.isEmpty() && !reason.matches(REASON)) {
      return wrong("reason=" + words[3], "1 to 4 letters and digits");
    }
    return command(user, () -> ring.setTradingState(user, symbol, halt ? 'H' : 'T', reason));
  }

  private Outcome session(String[] words, int user) {
    char action =
        switch (words[1]) {
          case "disable" -> 'D';
          case "enable" -> 'E';
          case "cancel-all" -> 'C';
          case "disconnect" -> 'X';
          default -> 0;
        };
    if (action == 0) {
      return wrong("session " + words[1], "disable, enable, cancel-all, disconnect");
    }
    Integer session = directory.session(words[2]);
    if (session == null) {
      return wrong("session=" + words[2], directory.sessionNames());
    }
    return command(user, () -> ring.controlSession(user, session, action));
  }

  private Outcome day(String what, boolean json, int user) {
    return switch (what) {
      case "close" -> command(user, () -> ring.closeDay(user));
      case "open" -> openDay(json, user);
      default -> wrong("day " + what, "open, close");
    };
  }

  private Outcome openDay(boolean json, int user) {
    if (user == AdminSocket.UNKNOWN_USER) {
      return unknownUser();
    }
    String refusal = context.dayOpener().open(user);
    return now(
        refusal == null
            ? done(json, "the day opens")
            : AdminAnswer.refused("day open: " + refusal));
  }

  private Outcome snapshot(boolean json, int user) {
    if (user == AdminSocket.UNKNOWN_USER) {
      return unknownUser();
    }
    String refusal = context.snapshot().get();
    return now(
        refusal == null ? done(json, "asked for") : AdminAnswer.refused("snapshot: " + refusal));
  }

  private Outcome stop(boolean json, int user) {
    if (user == AdminSocket.UNKNOWN_USER) {
      return unknownUser();
    }
    context.stop().run();
    return now(done(json, "stopping"));
  }

  private interface Command {
    long send();
  }

  private static Outcome command(int user, Command command) {
    if (user == AdminSocket.UNKNOWN_USER) {
      return unknownUser();
    }
    long correlationId = command.send();
    return correlationId == OperatorRing.FULL
        ? now(AdminAnswer.refused("the segment takes no command now: its ring is full; try again"))
        : new Outcome(null, correlationId);
  }

  private static AdminAnswer done(boolean json, String text) {
    return AdminAnswer.of(json ? "{\"done\":true}" : text);
  }

  private static Outcome unknownUser() {
    return now(
        AdminAnswer.refused("who: the user id of this process is unknown; nothing was done"));
  }

  private static Outcome wrong(String request) {
    return wrong(request.isEmpty() ? "request=(empty)" : request, USAGE);
  }

  private static Outcome wrong(String what, String allowed) {
    return now(AdminAnswer.wrong(what + ": allowed " + allowed));
  }

  private static Outcome now(AdminAnswer answer) {
    return new Outcome(answer, 0);
  }
}
