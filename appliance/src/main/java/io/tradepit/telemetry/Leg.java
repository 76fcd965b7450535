package io.tradepit.telemetry;

import java.util.Optional;

/**
 * The ways that are timed: what a line of {@code latency.hlog} is tagged with, and what it lies
 * between.
 */
public enum Leg {
  /** Segment: from the ingress stamp to the command time that the sequencer gives. */
  SEQUENCED("sequenced", "ingress", "sequenced"),
  /** Segment: until the matcher's agent may take the command because it is durable. */
  RELEASED("released", "sequenced", "released"),
  /** Segment: until the matcher has applied it. */
  MATCHED("matched", "released", "matched"),
  /** Segment: until the gateway's transport has taken the first answer. */
  WRITTEN("written", "matched", "gateway out"),
  /** Segment: the whole, from ingress to gateway out. */
  ORDER("order", "ingress", "gateway out"),
  /** Client: from the time at which the message was to be sent, as the schedule says. */
  ANSWER("answer", "intended send", "answer read"),
  /** Client: from the time at which it was in fact sent; hides what a late sender waited. */
  ANSWER_UNCORRECTED("answer-uncorrected", "actual send", "answer read"),
  /** How long a spinning thread of this machine was away, for each time it was. */
  GAPS("gaps", "last seen", "seen again");

  private final String tag;
  private final String from;
  private final String to;

  Leg(String tag, String from, String to) {
    this.tag = tag;
    this.from = from;
    this.to = to;
  }

  /** What its intervals are tagged with. */
  public String tag() {
    return tag;
  }

  /** The stamp that it begins at. */
  public String from() {
    return from;
  }

  /** The stamp that it ends at. */
  public String to() {
    return to;
  }

  /** The leg of a tag, or empty for a tag that is not one of ours. */
  public static Optional<Leg> of(String tag) {
    for (Leg leg : values()) {
      if (leg.tag.equals(tag)) {
        return Optional.of(leg);
      }
    }
    return Optional.empty();
  }
}
