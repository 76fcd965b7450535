package io.tradepit.kernel;

import static io.tradepit.kernel.FfmFunctions.CALL_STATE;
import static io.tradepit.kernel.FfmFunctions.errno;
import static io.tradepit.kernel.FfmFunctions.failing;
import static io.tradepit.kernel.FfmFunctions.unexpected;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Policy and priority of the calling thread, and the limits of the process. */
final class SchedulingCalls {
  private static final int PRIO_PROCESS = 0;

  /** In place of a thread's number: the calling one. */
  private static final int SELF = 0;

  /** {@code struct rlimit}: rlim_cur, rlim_max; {@code struct sched_param}: sched_priority. */
  private static final long RLIMIT_BYTES = 2 * JAVA_LONG.byteSize();

  private static final long RLIM_INFINITY = -1;

  private static final MethodHandle SETPRIORITY =
      failing("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SCHED_SETSCHEDULER =
      failing("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle SCHED_GETSCHEDULER =
      failing("sched_getscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle SCHED_GETPARAM =
      failing("sched_getparam", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle GETRLIMIT =
      failing("getrlimit", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

  private SchedulingCalls() {}

  static int setThreadNice(int nice) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int result = (int) SETPRIORITY.invokeExact(state, PRIO_PROCESS, SELF, nice);
      return result == 0 ? 0 : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int setThreadPolicy(int policy, int priority) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment parameter = arena.allocateFrom(JAVA_INT, priority);
      int result = (int) SCHED_SETSCHEDULER.invokeExact(state, SELF, policy, parameter);
      return result == 0 ? 0 : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int threadPolicy() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int policy = (int) SCHED_GETSCHEDULER.invokeExact(state, SELF);
      return policy == -1 ? -errno(state) : policy;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int threadPriority() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment parameter = arena.allocate(JAVA_INT);
      int result = (int) SCHED_GETPARAM.invokeExact(state, SELF, parameter);
      return result == 0 ? parameter.get(JAVA_INT, 0) : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long softLimit(int resource) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment limit = arena.allocate(RLIMIT_BYTES, Long.BYTES);
      int result = (int) GETRLIMIT.invokeExact(state, resource, limit);
      if (result != 0) {
        return -errno(state);
      }
      long soft = limit.get(JAVA_LONG, 0);
      return soft == RLIM_INFINITY ? Libc.UNLIMITED : soft;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
