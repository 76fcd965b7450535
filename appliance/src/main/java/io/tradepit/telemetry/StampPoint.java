package io.tradepit.telemetry;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the two stamps of a leg are taken, for people who compare figures.
 *
 * @param leg tag of the leg
 * @param from and {@code to}: the stamps that it lies between
 * @param where the second one is taken, and by which clock
 */
public record StampPoint(String leg, String from, String to, String where) {
  /** Of the legs that a segment stamps; its ingress stamps are taken by the poll. */
  public static List<StampPoint> ofSegment() {
    return List.of(
        of(
            Leg.SEQUENCED,
            "command time: the sequencer's clock once a duty cycle, before it takes commands; the"
                + " ingress stamp is the gateway's clock when it polled its transport (source P)"),
        of(
            Leg.RELEASED,
            "the clock of the matcher's agent once a poll, at the first command that is durable"),
        of(Leg.MATCHED, "the clock of the matcher's agent after the command was applied"),
        of(
            Leg.WRITTEN,
            "the gateway's clock when its transport has taken the first answer; the kernel and the"
                + " wire come after it"),
        of(Leg.ORDER, "the four legs together"));
  }

  /** Of the legs that a client times; it is a client of this project's own tools. */
  public static List<StampPoint> ofClient() {
    List<StampPoint> points = new ArrayList<>();
    points.add(
        of(
            Leg.ANSWER,
            "the client's clock when it has read the first answer; it counts from the time at which"
                + " the schedule has the message sent, whether the sender kept it or not"));
    points.add(of(Leg.ANSWER_UNCORRECTED, "the same answer, counted from the actual send"));
    return List.copyOf(points);
  }

  private static StampPoint of(Leg leg, String where) {
    return new StampPoint(leg.tag(), leg.from(), leg.to(), where);
  }
}
