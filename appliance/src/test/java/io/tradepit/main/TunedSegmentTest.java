package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aeron.Aeron;
import io.tradepit.Tier;
import io.tradepit.config.SegmentConfigReader;
import io.tradepit.config.StartException;
import io.tradepit.host.LockedMemory;
import io.tradepit.host.Machine;
import io.tradepit.host.ThreadPlacement.Placement;
import io.tradepit.host.ThreadUsage;
import io.tradepit.kernel.FfmLibc;
import io.tradepit.kernel.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A segment with a thread under SCHED_FIFO on its core, and its memory locked. */
@Timeout(120)
class TunedSegmentTest {
  private static final long PRICE = 1_000_000; // 100.0000
  private static final int FIFO = 10;
  private static final String PRE_TOUCH = Aeron.Configuration.PRE_TOUCH_MAPPED_MEMORY_PROP_NAME;

  /** Fields 40 and 41 of proc_pid_stat(5), counted behind the name. */
  private static final int RT_PRIORITY = 37;

  private static final int POLICY = 38;

  @TempDir Path directory;

  @Test
  void shouldTradeOnAThreadUnderFifoInLockedMemory() throws IOException {
    Libc libc = new FfmLibc();
    assumeTrue(
        libc.mlockall(Libc.MCL_CURRENT | Libc.MCL_ONFAULT) == 0 && mayBeFifo(libc),
        "needs CAP_IPC_LOCK and CAP_SYS_NICE");
    int core = Machine.read().allowedCpus().getFirst();
    TestSegment plan = new TestSegment(directory);
    plan.threads =
        plan.threads.replace(
            "matcher], core: any,", "matcher], core: " + core + ", fifo: " + FIFO + ",");
    plan.write();
    Files.writeString(plan.file, Files.readString(plan.file) + "host: {lockMemory: on}\n");
    assertTrue(
        assertThrows(StartException.class, () -> start(plan))
            .getMessage()
            .startsWith("host.lockMemory=on aeron.pre.touch.mapped.memory=false: "));
    System.setProperty(PRE_TOUCH, "true");
    try (Segment segment = start(plan)) {
      Placement placement = segment.threads.obtained().get("tp-seq");
      assertEquals(FIFO, placement.fifo());
      assertTrue(placement.isPinned());
      assertTrue(LockedMemory.lockedBytes() > 1 << 20);
      String[] stat = stat(placement.threadId());
      assertEquals(Integer.toString(FIFO), stat[RT_PRIORITY]);
      assertEquals("1", stat[POLICY]);

      ThreadUsage traded = trade(plan, placement.threadId());
      Tier.ran("tuned segment", "of 500 orders on tp-seq under FIFO, memory locked: " + traded);
      assertEquals(0, traded.majorFaults());
    } finally {
      System.clearProperty(PRE_TOUCH);
      assertEquals(0, libc.munlockall());
    }
  }

  private Segment start(TestSegment plan) {
    return Segment.start(SegmentConfigReader.read(plan.file, directory));
  }

  /** What the thread's kernel counted while orders were entered. */
  private static ThreadUsage trade(TestSegment plan, long threadId) throws IOException {
    try (Member member = plan.login("NPT1", 1)) {
      enter(member, 1, 500);
      ThreadUsage before = ThreadUsage.of(threadId);
      enter(member, 501, 1000);
      ThreadUsage after = ThreadUsage.of(threadId);
      return new ThreadUsage(
          after.voluntarySwitches() - before.voluntarySwitches(),
          after.nonvoluntarySwitches() - before.nonvoluntarySwitches(),
          after.minorFaults() - before.minorFaults(),
          after.majorFaults() - before.majorFaults());
    }
  }

  private static void enter(Member member, int from, int to) throws IOException {
    for (int order = from; order <= to; order++) {
      member.send(OuchBytes.enter(order, 'B', 100, "ALDER", PRICE));
    }
    member.awaitMessages(1 + to); // a system event before the first
  }

  private static boolean mayBeFifo(Libc libc) {
    boolean may = libc.setThreadPolicy(Libc.SCHED_FIFO, FIFO) == 0;
    return libc.setThreadPolicy(Libc.SCHED_OTHER, 0) == 0 && may;
  }

  private static String[] stat(long threadId) throws IOException {
    String stat = Files.readString(Path.of("/proc/self/task/" + threadId + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }
}
