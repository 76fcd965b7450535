package io.tradepit.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scheduling, locked memory and nodes: what was asked of the kernel is read back from /proc. */
@Timeout(30)
class HostCallsTest {
  private static final long PAGE_BYTES = 4096;
  private static final int NO_SUCH_NODE = 1000;
  private static final int NO_SUCH_LIMIT = 1000;

  /** Fields 40 and 41 of proc_pid_stat(5), counted behind the name. */
  private static final int RT_PRIORITY = 37;

  private static final int POLICY = 38;

  private final Libc libc = new FfmLibc();

  @Test
  void shouldBeScheduledByTheDefaultPolicyUnlessAsked() throws Exception {
    assertEquals(List.of(0, 0, 0, 0), onThread(this::policyThreeWays));
  }

  @Test
  void shouldBeScheduledFirstInFirstOutWhenAsked() throws Exception {
    List<Integer> policies =
        onThread(() -> {
          int flags = Libc.SCHED_FIFO | Libc.SCHED_RESET_ON_FORK;
          assumeTrue(libc.setThreadPolicy(flags, 7) != -Libc.EPERM, "needs CAP_SYS_NICE");
          return policyThreeWays();
        });

    assertEquals(List.of(Libc.SCHED_FIFO | Libc.SCHED_RESET_ON_FORK, 7, 1, 7), policies);
  }

  @Test
  void shouldNotGiveItsPolicyToAThreadThatItStarts() throws Exception {
    List<Integer> policies =
        onThread(() -> {
          int flags = Libc.SCHED_FIFO | Libc.SCHED_RESET_ON_FORK;
          assumeTrue(libc.setThreadPolicy(flags, 7) != -Libc.EPERM, "needs CAP_SYS_NICE");
          return onThread(this::policyThreeWays);
        });

    assertEquals(List.of(0, 0, 0, 0), policies);
  }

  @Test
  void shouldReturnTheErrorNumberWhenAPriorityIsOutOfRange() {
    assertEquals(-Libc.EINVAL, libc.setThreadPolicy(Libc.SCHED_FIFO, 100));
    assertEquals(-Libc.EINVAL, libc.setThreadPolicy(Libc.SCHED_FIFO, 0));
    assertEquals(-Libc.EINVAL, libc.setThreadPolicy(Libc.SCHED_OTHER, 1));
  }

  @Test
  void shouldReadTheLimitsThatTheKernelShows() throws Exception {
    assertEquals(limit("Max open files"), libc.softLimit(Libc.RLIMIT_NOFILE));
    assertEquals(limit("Max locked memory"), libc.softLimit(Libc.RLIMIT_MEMLOCK));
    assertEquals(limit("Max realtime priority"), libc.softLimit(Libc.RLIMIT_RTPRIO));
    assertEquals(-Libc.EINVAL, libc.softLimit(NO_SUCH_LIMIT));
  }

  @Test
  void shouldLockWhatIsTouchedAndUnlockIt() throws Exception {
    int locked = libc.mlockall(Libc.MCL_CURRENT | Libc.MCL_FUTURE | Libc.MCL_ONFAULT);
    assumeTrue(locked != -Libc.EPERM && locked != -Libc.ENOMEM, "needs CAP_IPC_LOCK");

    assertEquals(0, locked);
    assertTrue(lockedKb() > 1024, "VmLck=" + lockedKb());
    assertEquals(0, libc.munlockall());
    assertEquals(0, lockedKb());
    assertEquals(-Libc.EINVAL, libc.mlockall(0));
  }

  @Test
  void shouldBindMemoryToANode() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(2 * PAGE_BYTES, PAGE_BYTES);
      int flags = Libc.MPOL_MF_STRICT | Libc.MPOL_MF_MOVE;
      int bound = libc.mbind(memory.address(), memory.byteSize(), Libc.MPOL_BIND, 0, flags);
      assumeTrue(bound != -Libc.ENOSYS, "the kernel is without NUMA");
      assertEquals(0, bound);
      memory.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      memory.set(ValueLayout.JAVA_BYTE, PAGE_BYTES, (byte) 1);

      String start = Long.toHexString(memory.address());
      assertTrue(
          Files.readAllLines(Path.of("/proc/self/numa_maps")).stream()
              .anyMatch(line -> line.startsWith(start + " bind:0 ") && line.contains(" N0=2 ")),
          start);
    }
  }

  @Test
  void shouldReturnTheErrorNumberWhenMemoryCannotBeBound() {
    try (Arena arena = Arena.ofConfined()) {
      long address = arena.allocate(PAGE_BYTES, PAGE_BYTES).address();
      int bound = libc.mbind(address, PAGE_BYTES, Libc.MPOL_BIND, NO_SUCH_NODE, 0);
      assumeTrue(bound != -Libc.ENOSYS, "the kernel is without NUMA");

      assertEquals(-Libc.EINVAL, bound);
      assertEquals(-Libc.EINVAL, libc.mbind(address, PAGE_BYTES, Libc.MPOL_BIND, -1, 0));
      assertEquals(
          -Libc.EINVAL, libc.mbind(address, PAGE_BYTES, Libc.MPOL_BIND, Libc.LARGEST_NODE + 1, 0));
      assertEquals(-Libc.EFAULT, libc.mbind(0, PAGE_BYTES, Libc.MPOL_BIND, 0, 0));
    }
  }

  @Test
  void shouldSayWhichMappingTheHeapIsIn() throws Exception {
    byte[] array = new byte[100];

    long address = libc.addressOf(array);

    assertEquals(0, array[0]);
    assertTrue(
        Files.readAllLines(Path.of("/proc/self/maps")).stream()
            .anyMatch(line -> contains(line, address) && line.contains(" rw-p ")),
        Long.toHexString(address));
  }

  private static boolean contains(String line, long address) {
    String[] range = line.substring(0, line.indexOf(' ')).split("-", 2);
    return Long.compareUnsigned(address, Long.parseUnsignedLong(range[0], 16)) >= 0
        && Long.compareUnsigned(address, Long.parseUnsignedLong(range[1], 16)) < 0;
  }

  /** By the calls and by the kernel's file: policy, priority, policy, priority. */
  private List<Integer> policyThreeWays() throws IOException {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return List.of(
        libc.threadPolicy(),
        libc.threadPriority(),
        Integer.parseInt(fields[POLICY]),
        Integer.parseInt(fields[RT_PRIORITY]));
  }

  private static long limit(String name) throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/limits")).stream()
            .filter(each -> each.startsWith(name))
            .findFirst()
            .orElseThrow();
    String soft = line.substring(name.length()).strip().split(" +", 2)[0];
    return "unlimited".equals(soft) ? Libc.UNLIMITED : Long.parseLong(soft);
  }

  private static long lockedKb() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmLck:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }

  /** On a thread of its own: a policy stays with the thread. */
  private static <T> T onThread(Callable<T> work) throws Exception {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "tp-test");
    thread.start();
    thread.join();
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
