package io.tradepit.cli;

import io.tradepit.admin.AdminAnswer;
import io.tradepit.admin.AdminClient;
import io.tradepit.config.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Closes the day of a running segment and waits until the next one is there. */
final class DayRoll {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long LOOK_MS = 50;
  private static final Pattern DAY = Pattern.compile("\"day\":(\\d+)");
  private static final String READY = "\"ready\":\"yes\"";

  private final AdminClient segment;

  DayRoll(AdminClient segment) {
    this.segment = segment;
  }

  /** What the operator is told; one that was closed already is rolled too. */
  AdminAnswer run(boolean asJson) {
    long closing = day();
    AdminAnswer answer = segment.ask("day close", asJson);
    if (answer.isOk()) {
      answer = segment.ask("day open", asJson);
    }
    return answer.isOk() ? awaitNext(closing, asJson) : answer;
  }

  private AdminAnswer awaitNext(long closed, boolean asJson) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      long day = day();
      if (day > closed) {
        String text =
            asJson
                ? "{\"done\":true,\"closed\":" + closed + ",\"day\":" + day + "}"
                : "day " + closed + " is closed, day " + day + " has begun";
        return new AdminAnswer(ExitCode.OK.number(), "", List.of(text));
      }
      try {
        Thread.sleep(LOOK_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return new AdminAnswer(
        ExitCode.OTHER.number(),
        "day roll: the day is closed and the next one did not begin within "
            + LIMIT.toSeconds()
            + " s; look at the segment's log",
        List.of());
  }

  /**
   * Number of the day that the segment has; 0 while none answers, or members may not log in yet.
   */
  private long day() {
    String status = String.join("", segment.ask("status", true).lines());
    Matcher number = DAY.matcher(status);
    return status.contains(READY) && number.find() ? Long.parseLong(number.group(1)) : 0;
  }
}
