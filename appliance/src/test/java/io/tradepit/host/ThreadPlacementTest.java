package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.config.SegmentConfig.Idle;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.host.HostRefusedException.Kind;
import io.tradepit.host.ThreadPlacement.Placement;
import io.tradepit.kernel.FfmLibc;
import io.tradepit.kernel.Libc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ThreadPlacementTest {
  private static final int NO_SUCH_CORE = 1_000;
  private static final int FIFO = 7;

  @TempDir private Path proc;

  private final Libc libc = new FfmLibc();
  private final int core = Machine.read().allowedCpus().getFirst();

  @Test
  void shouldPinEachCoreThatIsAllowed() throws Exception {
    for (int allowed : Machine.read().allowedCpus()) {
      Placement placement = placed(libc, plan(allowed, 0, Idle.BUSY_SPIN));

      assertEquals("tp-seq", placement.threadName());
      assertEquals(allowed, placement.wantedCore());
      assertEquals(List.of(allowed), placement.cpus());
      assertTrue(placement.isPinned());
      assertTrue(placement.threadId() > 0);
      assertEquals(0, placement.fifo());
    }
  }

  @Test
  void shouldLeaveTheThreadWhereItIsWhenAnyCoreWillDo() throws Exception {
    Placement placement = placed(libc, plan(ThreadPlacement.ANY, 0, Idle.BACKOFF));

    assertEquals(Machine.read().allowedCpus(), placement.cpus());
    assertFalse(placement.isPinned());
  }

  @Test
  void shouldRefuseACoreThatIsNotThere() {
    HostRefusedException refused = refusal(libc, plan(NO_SUCH_CORE, 0, Idle.BACKOFF));

    assertEquals(
        "thread=tp-seq core=1000: not obtained, the thread may run on "
            + Machine.read().allowedCpus()
            + "; name one of those that the process may use, or core=any",
        refused.getMessage());
    assertEquals(Kind.CORE, refused.kind());
  }

  @Test
  void shouldRefuseWhenTheKernelSaysAnotherCore() throws Exception {
    thread("0-1", 0, 0);

    HostRefusedException refused =
        assertThrows(
            HostRefusedException.class,
            () -> onThread(() -> new ThreadPlacement(libc, proc).place(plan(core, 0, Idle.YIELD))));

    assertEquals(
        "thread=tp-seq core="
            + core
            + ": not obtained, the thread may run on [0, 1]"
            + "; name one of those that the process may use, or core=any",
        refused.getMessage());
  }

  @Test
  void shouldRunAThreadThatWaitsFirstInFirstOut() throws Exception {
    assumeTrue(
        onThread(() -> libc.setThreadPolicy(Libc.SCHED_FIFO, FIFO)) == 0, "needs CAP_SYS_NICE");

    Placement placement = placed(libc, plan(core, FIFO, Idle.BACKOFF));

    assertEquals(FIFO, placement.fifo());
    assertTrue(placement.isPinned());
  }

  @Test
  void shouldNameTheLimitWhenThePolicyIsNotAllowed() {
    FakeLibc limited =
        new FakeLibc()
            .answer("setThreadPolicy", -Libc.EPERM)
            .answer("softLimit" + Libc.RLIMIT_RTPRIO, 0);

    HostRefusedException refused = refusal(limited, plan(core, FIFO, Idle.BACKOFF));

    assertEquals(
        "thread=tp-seq fifo=7 errno=1 RLIMIT_RTPRIO=0: not obtained; allow it by LimitRTPRIO=7 in"
            + " the unit or by CAP_SYS_NICE, in a control group by cpu.rt_runtime_us too, or leave"
            + " out fifo",
        refused.getMessage());
    assertEquals(Kind.POLICY, refused.kind());
  }

  @Test
  void shouldRefuseWhenTheKernelSaysAnotherPolicy() {
    FakeLibc lying =
        new FakeLibc()
            .answer("setThreadPolicy", 0)
            .answer("threadPolicy", Libc.SCHED_FIFO | Libc.SCHED_RESET_ON_FORK)
            .answer("threadPriority", FIFO);

    assertTrue(
        refusal(lying, plan(core, FIFO, Idle.BACKOFF))
            .getMessage()
            .startsWith("thread=tp-seq fifo=7 policy=0 rt_priority=0 RLIMIT_RTPRIO="));
  }

  @Test
  void shouldRefuseAThreadThatNeverWaitsWhereTheKernelWouldStopIt() throws Exception {
    thread(Integer.toString(core), FIFO, Libc.SCHED_FIFO);
    limit(950_000);

    for (Idle spinning : List.of(Idle.BUSY_SPIN, Idle.YIELD)) {
      assertEquals(
          "thread=tp-seq fifo=7 idle="
              + spinning
              + " core="
              + core
              + " sched_rt_runtime_us=950000: a thread that never waits is stopped for the rest of"
              + " each 1000000 us; leave out fifo, which a core of its own does not need, or ask"
              + " for idle=backoff, or sysctl -w kernel.sched_rt_runtime_us=-1 and a core",
          refusalUnder(proc, plan(core, FIFO, spinning)).getMessage());
    }
  }

  @Test
  void shouldAllowAThreadThatNeverWaitsOnItsCoreWhereTheKernelKeepsNothingBack() throws Exception {
    thread(Integer.toString(core), FIFO, Libc.SCHED_FIFO);
    limit(-1);
    FakeLibc obtained =
        new FakeLibc()
            .answer("setThreadPolicy", 0)
            .answer("threadPolicy", Libc.SCHED_FIFO | Libc.SCHED_RESET_ON_FORK)
            .answer("threadPriority", FIFO);

    Placement placement =
        onThread(() -> new ThreadPlacement(obtained, proc).place(plan(core, FIFO, Idle.BUSY_SPIN)));

    assertEquals(FIFO, placement.fifo());
    assertTrue(
        refusalUnder(proc, plan(ThreadPlacement.ANY, FIFO, Idle.BUSY_SPIN))
            .getMessage()
            .contains(" core=any "));
  }

  @Test
  void shouldTryOutWhatIsPlannedAndLeaveTheCallerWhereItIs() {
    ThreadPlacement placement = new ThreadPlacement(libc);
    List<Integer> before = Machine.read().allowedCpus();

    assertDoesNotThrow(() -> placement.tryOut(List.of(plan(core, 0, Idle.BUSY_SPIN))));
    HostRefusedException refused =
        assertThrows(
            HostRefusedException.class,
            () ->
                placement.tryOut(
                    List.of(plan(core, 0, Idle.BUSY_SPIN), plan(NO_SUCH_CORE, 0, Idle.BUSY_SPIN))));

    assertTrue(refused.getMessage().startsWith("thread=tp-seq core=1000: not obtained"));
    assertEquals(before, Machine.read().allowedCpus());
  }

  private static ThreadPlan plan(int core, int fifo, Idle idle) {
    return new ThreadPlan(
        "tp-seq",
        List.of("sequencer"),
        core == ThreadPlacement.ANY ? OptionalInt.empty() : OptionalInt.of(core),
        idle,
        fifo == 0 ? OptionalInt.empty() : OptionalInt.of(fifo));
  }

  private void thread(String cpus, int priority, int policy) throws IOException {
    Path self = Files.createDirectory(proc.resolve("thread-self"));
    Files.writeString(
        self.resolve("status"), "Name:\ttp-seq\nPid:\t7\nCpus_allowed_list:\t" + cpus + "\n");
    Files.writeString(
        self.resolve("stat"), "7 (tp-) seq) S" + " 0".repeat(36) + " " + priority + " " + policy);
  }

  private void limit(int runtimeUs) throws IOException {
    Path kernel = Files.createDirectories(proc.resolve("sys/kernel"));
    Files.writeString(kernel.resolve("sched_rt_runtime_us"), runtimeUs + "\n");
    Files.writeString(kernel.resolve("sched_rt_period_us"), "1000000\n");
  }

  private static Placement placed(Libc libc, ThreadPlan plan) throws Exception {
    return onThread(() -> new ThreadPlacement(libc).place(plan));
  }

  private static HostRefusedException refusal(Libc libc, ThreadPlan plan) {
    return assertThrows(HostRefusedException.class, () -> placed(libc, plan));
  }

  private HostRefusedException refusalUnder(Path procDirectory, ThreadPlan plan) {
    return assertThrows(
        HostRefusedException.class,
        () -> onThread(() -> new ThreadPlacement(libc, procDirectory).place(plan)));
  }

  /** A placed thread stays placed: the test's own must not be. */
  private static <T> T onThread(Callable<T> place) throws Exception {
    FutureTask<T> task = new FutureTask<>(place);
    Thread thread = new Thread(task, "tp-seq");
    thread.start();
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HostRefusedException refused) {
        throw refused;
      }
      throw e;
    }
  }
}
