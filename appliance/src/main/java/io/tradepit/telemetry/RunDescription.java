package io.tradepit.telemetry;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was run, beside the figures that it gave: {@code run.json} of a results folder, {@code
 * environment.json} of a segment.
 *
 * @param kind a word: segment, replay, demo and so on
 * @param durationS of the measurement, seconds; 0 while it goes on
 * @param load what was offered, or empty where no one offered at a rate
 * @param orders that were answered and timed
 * @param environment name and value, in the order in which they are shown
 * @param notes sentences for whoever reads the figures
 */
public record RunDescription(
    String kind,
    Instant started,
    double durationS,
    Optional<Load> load,
    long orders,
    List<StampPoint> stamps,
    Map<String, String> environment,
    List<String> notes) {
  public RunDescription {
    stamps = List.copyOf(stamps);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    notes = List.copyOf(notes);
  }

  /**
   * Whether the figures are of the rate that they are said to be of.
   *
   * @param offeredRate and {@code achievedRate}: messages a second
   * @param kept whether the offered rate was kept
   * @param rule what is asked for
   * @param reason why it was not kept; empty when it was
   */
  public record Load(
      double offeredRate, double achievedRate, boolean kept, String rule, String reason) {
    private static final double LEAST_SHARE = 0.99;

    /**
     * Judges a run by the rule that all of the project's tools share: at least 99 % of the offered
     * rate achieved, and the sender at the median not later than the limit.
     *
     * @param sendLagP50Ns median of actual minus intended send time, ns
     * @param lagLimitNs what it must not exceed, ns
     */
    public static Load judged(
        double offeredRate, double achievedRate, long sendLagP50Ns, long lagLimitNs) {
      double share = offeredRate == 0 ? 1 : achievedRate / offeredRate;
      boolean late = sendLagP50Ns > lagLimitNs;
      String rule =
          "achieved at least 99 % of the offered rate, and p50 of the send lag at most "
              + Nanos.text(lagLimitNs);
      String reason =
          share < LEAST_SHARE ? "achieved %.1f %% of the offered rate".formatted(100 * share) : "";
      if (late) {
        reason +=
            (reason.isEmpty() ? "" : "; ") + "p50 of the send lag " + Nanos.text(sendLagP50Ns);
      }
      return new Load(offeredRate, achievedRate, reason.isEmpty(), rule, reason);
    }
  }
}
