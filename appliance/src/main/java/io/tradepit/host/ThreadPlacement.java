package io.tradepit.host;

import io.tradepit.config.SegmentConfig.ThreadPlan;
import io.tradepit.host.HostRefusedException.Kind;
import io.tradepit.kernel.FfmLibc;
import io.tradepit.kernel.Libc;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import net.openhft.affinity.Affinity;

/**
 * Puts the calling thread on its core, under its scheduling policy, and reads back what it has. One
 * instance serves any number of threads; each calls for itself, before its first duty cycle.
 *
 * <p>Threads that it starts later inherit the core but not the policy.
 */
public final class ThreadPlacement {
  /** In place of a core: the thread runs where the kernel puts it. */
  public static final int ANY = -1;

  private static final int UNLIMITED = -1;

  private static final int RT_PRIORITY = 40;
  private static final int POLICY = 41;

  private final Libc libc;
  private final Path proc;

  public ThreadPlacement(Libc libc) {
    this(libc, Path.of("/proc"));
  }

  /**
   * @param proc the proc file system, /proc unless a test has its own
   */
  public ThreadPlacement(Libc libc, Path proc) {
    this.libc = libc;
    this.proc = proc;
  }

  /**
   * Places the calling thread as planned; what the plan leaves open is not changed.
   *
   * @return what was obtained
   * @throws HostRefusedException when the thread has not this core and no other, or not this policy
   */
  public Placement place(ThreadPlan plan) {
    requireWaiting(plan);
    int core = plan.core().orElse(ANY);
    if (core != ANY) {
      take(core);
    }
    if (plan.fifo().isPresent()) {
      schedule(plan, plan.fifo().getAsInt());
    }
    return readBack(core);
  }

  /**
   * Pins the calling thread to a core and leaves its policy.
   *
   * @throws HostRefusedException when the thread is not on that core, and on no other
   */
  public static Placement pin(int core) {
    ThreadPlacement placement = new ThreadPlacement(new FfmLibc());
    placement.take(core);
    return placement.readBack(core);
  }

  /**
   * Finds out whether threads can be placed as planned, on threads of its own, before anything is
   * begun.
   *
   * @throws HostRefusedException as {@link #place} does
   */
  public void tryOut(List<ThreadPlan> plans) {
    for (ThreadPlan plan : plans) {
      if (plan.core().isPresent() || plan.fifo().isPresent()) {
        tryOut(plan);
      }
    }
  }

  private void tryOut(ThreadPlan plan) {
    FutureTask<Placement> trial = new FutureTask<>(() -> place(plan));
    new Thread(trial, plan.name()).start();
    try {
      trial.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HostRefusedException refusal) {
        throw refusal;
      }
      throw new IllegalStateException("thread=" + plan.name() + ": not placed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("thread=" + plan.name() + ": interrupted", e);
    }
  }

  private void take(int core) {
    try {
      Affinity.setAffinity(core);
    } catch (IllegalStateException e) {
      throw refusedCore(core, readBack(core), e);
    }
    Placement placement = readBack(core);
    if (!placement.cpus().equals(List.of(core))) {
      throw refusedCore(core, placement, null);
    }
  }

  private void schedule(ThreadPlan plan, int priority) {
    int result = libc.setThreadPolicy(Libc.SCHED_FIFO | Libc.SCHED_RESET_ON_FORK, priority);
    if (result < 0) {
      throw refusedPolicy(plan, "errno=" + -result);
    }
    int policy = libc.threadPolicy() & ~Libc.SCHED_RESET_ON_FORK;
    StatLine stat = stat();
    boolean isObtained =
        policy == Libc.SCHED_FIFO
            && libc.threadPriority() == priority
            && stat.number(POLICY) == Libc.SCHED_FIFO
            && stat.number(RT_PRIORITY) == priority;
    if (!isObtained) {
      throw refusedPolicy(
          plan, "policy=" + stat.text(POLICY) + " rt_priority=" + stat.text(RT_PRIORITY));
    }
  }

  /**
   * A thread that never waits takes its whole core under FIFO. Where the kernel keeps a part of
   * each second back from such threads it stops this one for that long, 50 ms by default, whether
   * or not anyone else wants the core; where it keeps nothing back, what the kernel itself has to
   * do on the core waits for ever. On a core of its own a spinning thread gains nothing by FIFO.
   */
  private void requireWaiting(ThreadPlan plan) {
    if (plan.fifo().isEmpty() || !plan.holdsItsCore()) {
      return;
    }
    long runtimeUs = number("sys/kernel/sched_rt_runtime_us");
    if (runtimeUs != UNLIMITED || plan.core().isEmpty()) {
      throw new HostRefusedException(
          Kind.POLICY,
          String.format(
              Locale.ROOT,
              "thread=%s fifo=%d idle=%s core=%s sched_rt_runtime_us=%d: a thread that never waits"
                  + " is stopped for the rest of each %d us; leave out fifo, which a core of its own"
                  + " does not need, or ask for idle=backoff, or sysctl -w"
                  + " kernel.sched_rt_runtime_us=-1 and a core",
              plan.name(),
              plan.fifo().getAsInt(),
              plan.idle(),
              coreText(plan),
              runtimeUs,
              number("sys/kernel/sched_rt_period_us")));
    }
  }

  private static String coreText(ThreadPlan plan) {
    return plan.core().isPresent() ? Integer.toString(plan.core().getAsInt()) : "any";
  }

  private long number(String file) {
    return Long.parseLong(Machine.lines(proc.resolve(file)).getFirst().strip());
  }

  private Placement readBack(int core) {
    List<String> lines = Machine.lines(proc.resolve("thread-self/status"));
    StatLine stat = stat();
    return new Placement(
        Machine.value(lines, "Name", ""),
        Long.parseLong(Machine.value(lines, "Pid", "0")),
        core,
        CpuList.parse(Machine.value(lines, "Cpus_allowed_list", "")),
        stat.number(POLICY) == Libc.SCHED_FIFO ? Math.toIntExact(stat.number(RT_PRIORITY)) : 0);
  }

  private StatLine stat() {
    return StatLine.parse(Machine.lines(proc.resolve("thread-self/stat")).getFirst());
  }

  private static HostRefusedException refusedCore(int core, Placement obtained, Throwable cause) {
    return new HostRefusedException(
        Kind.CORE,
        "thread="
            + obtained.threadName()
            + " core="
            + core
            + ": not obtained, the thread may run on "
            + obtained.cpus()
            + "; name one of those that the process may use, or core=any"
            + withoutJna(),
        cause);
  }

  // Without its native part OpenHFT pins nothing and says nothing.
  private static String withoutJna() {
    String implementation = Affinity.getAffinityImpl().getClass().getSimpleName();
    return implementation.equals("NullAffinity")
        ? "; affinity=NullAffinity: JNA found no directory for its library, -Djna.tmpdir=DIR"
        : "";
  }

  private HostRefusedException refusedPolicy(ThreadPlan plan, String found) {
    return new HostRefusedException(
        Kind.POLICY,
        String.format(
            Locale.ROOT,
            "thread=%s fifo=%d %s RLIMIT_RTPRIO=%d: not obtained; allow it by LimitRTPRIO=%d in the"
                + " unit or by CAP_SYS_NICE, in a control group by cpu.rt_runtime_us too, or leave"
                + " out fifo",
            plan.name(),
            plan.fifo().orElseThrow(),
            found,
            libc.softLimit(Libc.RLIMIT_RTPRIO),
            plan.fifo().orElseThrow()));
  }

  /**
   * Where a thread in fact is.
   *
   * @param threadName as the operating system has it, at most 15 characters
   * @param threadId of the operating system
   * @param wantedCore a core or {@link #ANY}
   * @param cpus that the thread may run on: one when it is pinned
   * @param fifo its priority under SCHED_FIFO, 1 to 99; 0 = the kernel's default policy
   */
  public record Placement(
      String threadName, long threadId, int wantedCore, List<Integer> cpus, int fifo) {
    public Placement {
      cpus = List.copyOf(cpus);
    }

    /** Whether the thread was asked to be on one core, and is. */
    public boolean isPinned() {
      return wantedCore != ANY && cpus.equals(List.of(wantedCore));
    }
  }
}
