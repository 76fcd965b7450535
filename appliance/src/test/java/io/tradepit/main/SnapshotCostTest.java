package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.admin.AdminAnswer;
import io.tradepit.admin.AdminClient;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.SegmentPaths;
import io.tradepit.host.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What snapshots cost the orders, and what they save at a restart. Figures are printed; what is
 * asserted is only what holds on a busy machine too.
 */
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class SnapshotCostTest {
  private static final long IOC_PRICE = 10_000;
  private static final int BURST = 500;

  @TempDir Path directory;

  private TestSegment plan;
  private AdminClient admin;
  private long userRefNum;

  @Test
  void shouldWriteSnapshotsOfManyRestingOrdersBesideTheFlow() throws Exception {
    int resting = (int) Tier.count(20_000, 1_000_000);
    long windowNs = TimeUnit.SECONDS.toNanos(Tier.count(2, 30));
    begin("{replica: on, everyS: 0, keep: 2}", resting);
    StringBuilder figures = new StringBuilder("resting=" + resting);
    try (SegmentProcess process = SegmentProcess.start(plan);
        Member member = plan.login("NPT1", 0)) {
      rest(member, resting);
      awaitReplica();
      flow(member, windowNs, () -> {}); // warm
      Histogram without = flow(member, windowNs, () -> {});
      long before = snapshots("snapshotsTaken");
      Histogram during = flow(member, windowNs, this::wantSnapshot);
      long taken = snapshots("snapshotsTaken") - before;
      assertTrue(taken > 0, "taken=" + taken);
      figures
          .append(" answerUs without=" + text(without) + " during=" + text(during))
          .append(" snapshotsDuring=" + taken)
          .append(" bytes=" + snapshots("newestBytes"))
          .append(" makeMs=" + snapshots("newestTookUs") / 1000);
      awaitReplica();
      settle();
      process.kill();
    }
    if (Tier.isLong()) { // RestartTest takes each way in the short tier too
      figures.append(restart("warm")).append(restartWithoutMemory());
    }
    Tier.ran("snapshot beside the flow", figures.toString());
  }

  @Test
  void shouldKeepOneSecondBetweenSnapshots() throws Exception {
    int seconds = (int) Tier.count(5, 600);
    int rate = 5_000;
    begin("{replica: on, everyS: 1, keep: 3}", 20_000);
    long taken;
    long mostAgeMs = 0;
    try (SegmentProcess process = SegmentProcess.start(plan);
        Member member = plan.login("NPT1", 0)) {
      rest(member, 10_000);
      awaitReplica();
      long before = snapshots("snapshotsTaken");
      long begunNs = System.nanoTime();
      long sent = 0;
      long lastTaken = before;
      long lastChangeNs = begunNs;
      while (System.nanoTime() - begunNs < TimeUnit.SECONDS.toNanos(seconds)) {
        long due = (System.nanoTime() - begunNs) * rate / 1_000_000_000L;
        while (sent < due) {
          sendIoc(member);
          sent++;
        }
        member.poll();
        member.forget();
        if (sent % 100 == 0) {
          long now = snapshots("snapshotsTaken");
          if (now != lastTaken) {
            mostAgeMs = Math.max(mostAgeMs, (System.nanoTime() - lastChangeNs) / 1_000_000);
            lastTaken = now;
            lastChangeNs = System.nanoTime();
          }
        }
        LockSupport.parkNanos(100_000);
      }
      taken = snapshots("snapshotsTaken") - before;
      long achieved = sent / seconds;
      assertEquals(0, snapshots("snapshotsFailed"));
      process.kill();
      Tier.ran(
          "a snapshot each second",
          "seconds="
              + seconds
              + " offeredPerSecond="
              + rate
              + " achieved="
              + achieved
              + " resting=10000 snapshots="
              + taken
              + " longestMs="
              + mostAgeMs
              + (Tier.isLong() ? restartWithoutMemory() : ""));
    }
    assertTrue(taken * 2 > seconds, "taken=" + taken);
  }

  private void begin(String snapshots, int resting) throws IOException {
    plan = new TestSegment(directory);
    plan.snapshots = snapshots;
    plan.orders = resting + 10_000;
    plan.openOrdersOfSession = 1 << 20;
    plan.pages = "collapse";
    plan.write();
    admin = new AdminClient(directory.resolve("admin.sock"));
  }

  private void rest(Member member, int orders) throws IOException {
    long answered = member.seen() + member.received.size();
    for (int i = 0; i < orders; i += BURST) {
      for (int j = 0; j < BURST; j++) {
        long price = 1_000_000 + 100L * ((i + j) % 5_000);
        member.send(OuchBytes.enter(++userRefNum, 'S', 100, "ALDER", price, '0'));
      }
      long wanted = answered += BURST;
      member.await(() -> member.seen() + member.received.size() >= wanted);
      member.forget();
    }
  }

  /** One order after the other, each measured from before it is sent to its answer. */
  private Histogram flow(Member member, long forNs, Runnable meanwhile) throws IOException {
    Histogram answers = new Histogram(3);
    long end = System.nanoTime() + forNs;
    long messages = member.seen() + member.received.size();
    for (int i = 0; System.nanoTime() < end; i++) {
      if (i % 200 == 0) {
        meanwhile.run();
      }
      long started = System.nanoTime();
      sendIoc(member);
      long wanted = messages += 2; // accepted, canceled
      member.await(() -> member.seen() + member.received.size() >= wanted);
      answers.recordValue(System.nanoTime() - started);
      member.forget();
      LockSupport.parkNanos(200_000);
    }
    return answers;
  }

  private void sendIoc(Member member) throws IOException {
    member.send(OuchBytes.enter(++userRefNum, 'B', 1, "ALDER", IOC_PRICE, '3'));
  }

  private void wantSnapshot() {
    AdminAnswer answer = admin.ask("snapshot", false);
    assertTrue(answer.isOk(), answer.error());
  }

  private static String text(Histogram answers) {
    return "p50:%.0f/p90:%.0f(n=%d)"
        .formatted(
            answers.getValueAtPercentile(50) / 1e3,
            answers.getValueAtPercentile(90) / 1e3,
            answers.getTotalCount());
  }

  private String restart(String way) throws Exception {
    try (SegmentProcess process = SegmentProcess.start(plan)) {
      Map<?, ?> report = report();
      assertEquals(way, report.get("way"), report.toString());
      process.kill();
      return " "
          + way
          + "Ms journal="
          + ms(report, "journalNs")
          + " memory="
          + ms(report, "memoryNs")
          + " load="
          + ms(report, "loadNs")
          + " replay="
          + ms(report, "replayNs")
          + " ready="
          + ms(report, "readyNs")
          + " commands="
          + report.get("commands");
    }
  }

  /** What a killed segment leaves in memory for the next start. */
  @AfterEach
  void removeMemory() throws IOException {
    Path own = SegmentPaths.of(SegmentConfigReader.read(plan.file, directory)).aeron().getParent();
    IoUtil.delete(own.toFile(), true);
  }

  private String restartWithoutMemory() throws Exception {
    StateStore.delete(SegmentPaths.of(SegmentConfigReader.read(plan.file, directory)).state());
    return restart("snapshot");
  }

  private static long ms(Map<?, ?> report, String name) {
    return ((Number) report.get(name)).longValue() / 1_000_000;
  }

  private Map<?, ?> report() throws IOException {
    return (Map<?, ?>) json(Files.readString(directory.resolve("data/recovery.json")));
  }

  private void awaitReplica() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (snapshots("replicaBehind") > 0) {
      assertTrue(System.nanoTime() < deadline, () -> "behind=" + snapshots("replicaBehind"));
      Thread.sleep(50);
    }
  }

  private static void settle() throws InterruptedException {
    Thread.sleep(500);
  }

  private long snapshots(String name) {
    AdminAnswer answer = admin.ask("status", true);
    assertTrue(answer.isOk(), answer.error());
    Map<?, ?> all = (Map<?, ?>) json(String.join("\n", answer.lines()));
    return ((Map<?, ?>) all.get("snapshots")).get(name) instanceof Number number
        ? number.longValue()
        : 0;
  }

  private static Object json(String text) {
    return new Load(LoadSettings.builder().build()).loadFromString(text);
  }
}
