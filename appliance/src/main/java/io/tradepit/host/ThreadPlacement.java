package io.tradepit.host;

import java.nio.file.Path;
import java.util.List;
import net.openhft.affinity.Affinity;

/**
 * Puts the calling thread on its core and reads back where it is. One instance serves any number of
 * threads; each calls for itself, before its first duty cycle.
 */
public final class ThreadPlacement {
  /** In place of a core: the thread runs where the kernel puts it. */
  public static final int ANY = -1;

  private final Path status;

  public ThreadPlacement() {
    this(Path.of("/proc"));
  }

  /**
   * @param proc the proc file system, /proc unless a test has its own
   */
  public ThreadPlacement(Path proc) {
    status = proc.resolve("thread-self/status");
  }

  /**
   * Pins the calling thread.
   *
   * @param core 0 or greater, or {@link #ANY}: then nothing is changed
   * @return what was obtained
   * @throws HostRefusedException when the thread is not on that core, and on no other
   */
  public Placement place(int core) {
    if (core == ANY) {
      return readBack(core);
    }
    try {
      Affinity.setAffinity(core);
    } catch (IllegalStateException e) {
      throw refused(core, readBack(core), e);
    }
    Placement placement = readBack(core);
    if (!placement.cpus().equals(List.of(core))) {
      throw refused(core, placement, null);
    }
    return placement;
  }

  private Placement readBack(int core) {
    List<String> lines = Machine.lines(status);
    return new Placement(
        Machine.value(lines, "Name", ""),
        Long.parseLong(Machine.value(lines, "Pid", "0")),
        core,
        CpuList.parse(Machine.value(lines, "Cpus_allowed_list", "")));
  }

  private static HostRefusedException refused(int core, Placement obtained, Throwable cause) {
    return new HostRefusedException(
        HostRefusedException.Kind.CORE,
        "thread="
            + obtained.threadName()
            + " core="
            + core
            + ": not obtained, the thread may run on "
            + obtained.cpus()
            + "; name one of those that the process may use, or core=any",
        cause);
  }

  /**
   * Where a thread in fact is.
   *
   * @param threadName as the operating system has it, at most 15 characters
   * @param threadId of the operating system
   * @param wantedCore a core or {@link #ANY}
   * @param cpus that the thread may run on: one when it is pinned
   */
  public record Placement(String threadName, long threadId, int wantedCore, List<Integer> cpus) {
    public Placement {
      cpus = List.copyOf(cpus);
    }

    /** Whether the thread was asked to be on one core, and is. */
    public boolean isPinned() {
      return wantedCore != ANY && cpus.equals(List.of(wantedCore));
    }
  }
}
