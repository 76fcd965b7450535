package io.tradepit.tools.demo;

import io.tradepit.tools.client.OuchReasons;
import io.tradepit.tools.terminal.Figures;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What came of a demo.
 *
 * @param rejects counts by reason of OUCH 5.0
 * @param answerTimes nanoseconds from the moment at which a request was meant to be sent
 */
record DemoSummary(
    long elapsedNs,
    int members,
    int instruments,
    long requests,
    long answers,
    long trades,
    long shares,
    long feedMessages,
    long lostFeedMessages,
    Map<Integer, Long> rejects,
    Histogram answerTimes) {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9};

  /** As lines of at most 80 columns. */
  String text() {
    double seconds = elapsedNs / 1e9;
    StringBuilder lines = new StringBuilder();
    line(
        lines,
        "ran",
        Figures.duration(elapsedNs) + ": " + members + " members, " + instruments + " instruments");
    line(
        lines,
        "requests",
        Figures.whole(requests)
            + " ("
            + Figures.whole(Math.round(requests / seconds))
            + "/s), messages back "
            + Figures.whole(answers));
    line(lines, "trades", Figures.whole(trades) + ", " + Figures.whole(shares) + " shares");
    line(
        lines,
        "feed",
        Figures.whole(feedMessages) + " messages, " + Figures.whole(lostFeedMessages) + " lost");
    line(lines, "answer time", times());
    line(
        lines,
        "",
        "from the intended send to the answer read, "
            + Figures.whole(answerTimes.getTotalCount())
            + " answers");
    if (rejects.isEmpty()) {
      line(lines, "rejects", "none");
    }
    new TreeMap<>(rejects)
        .forEach((reason, count) ->
            line(lines, "rejects", Figures.whole(count) + ": " + OuchReasons.ofReject(reason)));
    return lines.toString();
  }

  private String times() {
    StringBuilder text = new StringBuilder();
    for (double percentile : PERCENTILES) {
      text.append(percentile == 99.9 ? "p99.9" : "p" + (int) percentile)
          .append(' ')
          .append(Figures.duration(answerTimes.getValueAtPercentile(percentile)))
          .append("  ");
    }
    return text + "max " + Figures.duration(answerTimes.getMaxValue());
  }

  private static void line(StringBuilder lines, String name, String value) {
    lines.append(String.format(Locale.ROOT, "  %-12s%s%n", name, value));
  }
}
