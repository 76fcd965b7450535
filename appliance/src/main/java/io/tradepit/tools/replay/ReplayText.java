package io.tradepit.tools.replay;

import io.tradepit.telemetry.RunDescription.Load;
import java.util.ArrayList;
import java.util.List;

/** A result for a terminal. */
final class ReplayText {
  private final ReplayResult result;
  private final List<String> lines = new ArrayList<>();

  ReplayText(ReplayResult result) {
    this.result = result;
  }

  List<String> lines() {
    findings();
    line(
        "commands",
        "%,d in %.1f s, %s".formatted(number("commands"), result.durationS(), result.pace()));
    fills();
    books();
    feed();
    rates(result.load());
    lines.add("");
    lines.addAll(result.latencyTable());
    lines.add("");
    lines.addAll(result.notes());
    result.kept().ifPresent(kept -> line("segment kept in", kept.toString()));
    line("results", result.results() + "; 'tradepit report' of it shows them");
    lines.add(verdict());
    return lines;
  }

  private void findings() {
    lines.addAll(result.findings());
    if (result.findingCount() > result.findings().size()) {
      lines.add("and %,d more".formatted(result.findingCount() - result.findings().size()));
    }
    if (!result.failure().isEmpty()) {
      lines.add("failed: " + result.failure());
    }
  }

  private void fills() {
    if (number("fillsExpected") > 0) {
      line(
          "fills",
          "%,d of %,d aggressive orders with exactly the expected fills (%,d fills)"
              .formatted(number("fillsExact"), number("aggressive"), number("fillsExpected")));
    } else {
      line(
          "fills",
          "%,d aggressive orders, %,d executions"
              .formatted(number("aggressive"), number("executions")));
    }
  }

  private void books() {
    if (number("booksExpected") > 0) {
      line(
          "books",
          "%,d of %,d equal, %,d levels, from the multicast"
              .formatted(number("booksEqual"), number("booksExpected"), number("levels")));
    }
    line(
        "books in memory",
        "%,d of %,d equal, looked at inside the segment%s"
            .formatted(
                number("booksEqualInSegment"),
                number("booksCheckedInSegment"),
                result.pace().kind() == Pace.Kind.LOCKSTEP ? "" : ", at the end, every level"));
  }

  private void feed() {
    line("feed", "%,d messages that change the book".formatted(number("feedMessages")));
  }

  private void rates(Load load) {
    line(
        "rate",
        "offered %,.0f a second, achieved %,.0f: %s"
            .formatted(
                load.offeredRate(),
                load.achievedRate(),
                load.kept() ? "kept" : "NOT KEPT, " + load.reason()));
  }

  private String verdict() {
    return result.ok() ? "OK" : "FAIL: %,d differences".formatted(result.findingCount());
  }

  private long number(String figure) {
    return result.figure(figure);
  }

  private void line(String name, String text) {
    lines.add("%-20s%s".formatted(name, text));
  }
}
