package io.tradepit.perf.pipeline;

import io.tradepit.perf.book.EngineSetup.Role;
import io.tradepit.perf.openloop.RateFigures;
import io.tradepit.perf.openloop.RateRuns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs of one pipeline, by their rates. */
public final class PipelineResults {
  private final String name;
  private final Role role;
  private final boolean isRecorded;
  private final RateRuns<RateFigures> runs = new RateRuns<>(run -> run);
  private final List<Long> probesNs = new ArrayList<>();
  private final List<String> stalls = new ArrayList<>();
  private String version = "";
  private int rounds;

  /**
   * @param isRecorded whether it has a journal
   */
  PipelineResults(String name, Role role, boolean isRecorded) {
    this.name = name;
    this.role = role;
    this.isRecorded = isRecorded;
  }

  /** A process begins. */
  void beginRound() {
    rounds++;
  }

  void add(RateFigures run) {
    runs.add(run);
  }

  void version(String told) {
    version = told;
  }

  void probe(long roundTripNs) {
    probesNs.add(roundTripNs);
  }

  /** The process of this round was ended, because the pipeline got stuck. */
  void stalled(String where) {
    stalls.add("round " + rounds + " " + where);
  }

  String name() {
    return name;
  }

  Role role() {
    return role;
  }

  boolean isRecorded() {
    return isRecorded;
  }

  /** Where processes got stuck, one text for each that did. */
  List<String> stalls() {
    return stalls;
  }

  String version() {
    return version;
  }

  /** Round trips of a cache line between the two cores, one for each process. */
  List<Long> probesNs() {
    return probesNs;
  }

  List<Long> rates() {
    return runs.rates();
  }

  int runs(long rate) {
    return runs.of(rate).size();
  }

  int kept(long rate) {
    return runs.kept(rate);
  }

  /** Processes: each began with the lowest rate, and gave up behind two that it did not keep. */
  int rounds() {
    return rounds;
  }

  /** See {@link RateRuns#isKept}. */
  boolean isKept(long rate) {
    return runs.isKept(rate, rounds);
  }

  /** See {@link RateRuns#middle}. */
  Optional<RateFigures> middle(long rate) {
    return runs.middle(rate);
  }

  /** See {@link RateRuns#highestKept}. */
  long highestKept() {
    return runs.highestKept(rounds);
  }
}
