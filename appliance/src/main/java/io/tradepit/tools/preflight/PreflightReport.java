package io.tradepit.tools.preflight;

import io.tradepit.host.preflight.Fact;
import io.tradepit.host.preflight.Fact.Status;
import io.tradepit.host.preflight.Findings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a preflight found, of which machine, held against what.
 *
 * @param machine its name, processor, kernel, by name
 * @param wanted what it was compared with, by name
 * @param time when it was asked
 */
public record PreflightReport(
    Map<String, String> machine, Map<String, String> wanted, Instant time, Findings findings) {
  public PreflightReport {
    machine = new LinkedHashMap<>(machine);
    wanted = new LinkedHashMap<>(wanted);
  }

  /** The facts by group, both in the order that they were found in. */
  Map<String, List<Fact>> groups() {
    Map<String, List<Fact>> groups = new LinkedHashMap<>();
    findings
        .facts()
        .forEach(
            fact -> groups.computeIfAbsent(fact.group(), group -> new ArrayList<>()).add(fact));
    return groups;
  }

  int passed() {
    return findings.count(Status.PASS);
  }

  int skipped() {
    return findings.count(Status.SKIP);
  }

  int failed() {
    return findings.failures().size();
  }

  int accepted() {
    return (int) findings.facts().stream().filter(findings::isAccepted).count();
  }

  /** PASS or FAIL. */
  String verdict() {
    return findings.isSound() ? "PASS" : "FAIL";
  }

  /** The counts in one line, and accepted ids that no fact has. */
  String summary() {
    return passed()
        + " pass, "
        + failed()
        + " fail, "
        + skipped()
        + " skip"
        + (accepted() == 0 ? "" : ", " + accepted() + " fail and are accepted")
        + (findings.unknown().isEmpty()
            ? ""
            : ", accepted though no fact here has the id: " + String.join(" ", findings.unknown()));
  }

  /** A fact's name within its group. */
  static String name(Fact fact) {
    return fact.id().startsWith(fact.group() + ".")
        ? fact.id().substring(fact.group().length() + 1)
        : fact.id();
  }
}
