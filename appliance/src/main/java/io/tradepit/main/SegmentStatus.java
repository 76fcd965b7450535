package io.tradepit.main;

import io.tradepit.admin.Status;
import io.tradepit.admin.StatusSource;
import io.tradepit.matching.Matcher;
import io.tradepit.publication.FeedRecoveryAgent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a running segment says of itself. Any thread; reads figures where they lie, never waits. */
final class SegmentStatus implements StatusSource {
  private final Segment segment;
  private final long startedNs = System.nanoTime();
  private long lastSequence;
  private long lastNs = startedNs;

  SegmentStatus(Segment segment) {
    this.segment = segment;
    lastSequence = segment.day.matcher.lastSequence();
  }

  @Override
  public Status status() {
    List<Status.Section> sections = new ArrayList<>();
    sections.add(new Status.Section("segment", segmentRows()));
    sections.add(new Status.Section("matching", matchingRows()));
    sections.add(new Status.Section("log", logRows()));
    segment.feedRecovery.ifPresent(
        agent -> sections.add(new Status.Section("feed recovery", recoveryRows(agent))));
    segment.snapshots.ifPresent(
        agent -> sections.add(new Status.Section("snapshots", snapshotRows(agent))));
    return new Status(sections);
  }

  /** One line for the terminal; once a second from one thread. */
  String line() {
    Matcher matcher = segment.day.matcher;
    long now = System.nanoTime();
    long sequence = matcher.lastSequence();
    double rate = (sequence - lastSequence) * 1e9 / Math.max(1, now - lastNs);
    lastSequence = sequence;
    lastNs = now;
    return String.format(
        Locale.ROOT,
        "%s  commands %,d (%,.0f/s)  resting %,d  sessions %d  feed %,d",
        state(matcher),
        sequence,
        rate,
        matcher.ordersInUse(),
        segment.sessionsConnected(),
        matcher.feedMessages());
  }

  private List<Status.Row> segmentRows() {
    Matcher matcher = segment.day.matcher;
    return List.of(
        row("name", segment.config.name()),
        row("state", state(matcher)),
        row("ready", segment.isReady() ? "yes" : "no"),
        row("day", String.valueOf(segment.day.journal.day())),
        row("date", String.valueOf(matcher.date())),
        row("up", Duration.ofSeconds((System.nanoTime() - startedNs) / 1_000_000_000L).toString()),
        row("sessionsConnected", String.valueOf(segment.sessionsConnected())));
  }

  private List<Status.Row> matchingRows() {
    Matcher matcher = segment.day.matcher;
    return List.of(
        row("commands", String.valueOf(matcher.lastSequence())),
        row("ordersResting", String.valueOf(matcher.ordersInUse())),
        row("levels", String.valueOf(matcher.levelsInUse())),
        row("feedMessages", String.valueOf(matcher.feedMessages())),
        row("staleCommands", String.valueOf(matcher.staleCommands())),
        row("stateHash", Long.toHexString(matcher.stateHash())));
  }

  private static List<Status.Row> recoveryRows(FeedRecoveryAgent agent) {
    return List.of(
        row("requests", String.valueOf(agent.requests())),
        row("replies", String.valueOf(agent.replies())),
        row("snapshots", String.valueOf(agent.spins())));
  }

  private List<Status.Row> logRows() {
    return List.of(
        row("durability", segment.config.durability().toString()),
        row("offeredPosition", String.valueOf(segment.day.journal.log().offeredPosition())),
        row("releasePosition", String.valueOf(segment.day.journal.log().releasePosition())));
  }

  private static List<Status.Row> snapshotRows(SnapshotAgent agent) {
    SnapshotAgent.Taken newest = agent.newest();
    return List.of(
        row("snapshotsTaken", String.valueOf(agent.taken())),
        row("snapshotsFailed", String.valueOf(agent.failed())),
        row("newestSequence", newest == null ? "none" : String.valueOf(newest.sequence())),
        row("newestBytes", newest == null ? "none" : String.valueOf(newest.bytes())),
        row("newestTookUs", newest == null ? "none" : String.valueOf(newest.tookNs() / 1_000)),
        row("replicaBehind", String.valueOf(agent.behind())),
        row("defect", agent.defect() == null ? "none" : agent.defect()));
  }

  private static String state(Matcher matcher) {
    if (matcher.isDayClosed()) {
      return "closed";
    }
    return matcher.isTrading() ? "trading" : matcher.isDayOpen() ? "opening" : "no day";
  }

  private static Status.Row row(String name, String value) {
    return new Status.Row(name, value);
  }
}
