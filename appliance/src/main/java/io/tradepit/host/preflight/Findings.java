package io.tradepit.host.preflight;

import io.tradepit.host.preflight.Fact.Status;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a preflight found.
 *
 * @param facts in the order to show
 * @param accepted ids of facts that may fail, by the operator's word
 */
public record Findings(List<Fact> facts, Set<String> accepted) {
  public Findings {
    facts = List.copyOf(facts);
    accepted = Set.copyOf(accepted);
  }

  /** How many facts ended so. */
  public int count(Status status) {
    return (int) facts.stream().filter(fact -> fact.status() == status).count();
  }

  /** What failed and is not accepted. */
  public List<Fact> failures() {
    return facts.stream().filter(this::isFailure).toList();
  }

  /** Whether a fact failed that no one accepted. */
  public boolean isFailure(Fact fact) {
    return fact.status() == Status.FAIL && !accepted.contains(fact.id());
  }

  /** Whether a fact failed, by the operator's word. */
  public boolean isAccepted(Fact fact) {
    return fact.status() == Status.FAIL && accepted.contains(fact.id());
  }

  /** Ids that were accepted and that no fact has, in order: most likely mistyped. */
  public List<String> unknown() {
    Set<String> ids = facts.stream().map(Fact::id).collect(Collectors.toSet());
    return accepted.stream().filter(id -> !ids.contains(id)).sorted().toList();
  }

  /** Whether nothing failed that is not accepted. */
  public boolean isSound() {
    return failures().isEmpty();
  }
}
