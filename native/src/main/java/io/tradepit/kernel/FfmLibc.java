package io.tradepit.kernel;

import static io.tradepit.kernel.FfmFunctions.CALL_STATE;
import static io.tradepit.kernel.FfmFunctions.errno;
import static io.tradepit.kernel.FfmFunctions.failing;
import static io.tradepit.kernel.FfmFunctions.function;
import static io.tradepit.kernel.FfmFunctions.unexpected;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The C library of the running process, by FFM. For 64-bit Linux, which is checked at load.
 *
 * <p>What is asked for once at a start, if at all, is bound when it is first asked for.
 */
public final class FfmLibc implements Libc {
  private static final int CLOCK_REALTIME = 0;
  private static final int CLOCK_TAI = 11;
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final long NS_PER_SECOND = 1_000_000_000L;

  private static final StructLayout TIMESPEC =
      MemoryLayout.structLayout(JAVA_LONG.withName("tv_sec"), JAVA_LONG.withName("tv_nsec"));
  private static final long TV_SEC = TIMESPEC.byteOffset(PathElement.groupElement("tv_sec"));
  private static final long TV_NSEC = TIMESPEC.byteOffset(PathElement.groupElement("tv_nsec"));

  private static final int SUN_PATH_LENGTH = 108;
  private static final StructLayout SOCKADDR_UN =
      MemoryLayout.structLayout(
          JAVA_SHORT.withName("sun_family"),
          MemoryLayout.sequenceLayout(SUN_PATH_LENGTH, JAVA_BYTE).withName("sun_path"));
  private static final long SUN_PATH = SOCKADDR_UN.byteOffset(PathElement.groupElement("sun_path"));

  /** Critical: it never blocks, the kernel answers it in user space. */
  private static final MethodHandle CLOCK_GETTIME =
      function(
          "clock_gettime",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS),
          Linker.Option.critical(false));

  private static final MethodHandle MADVISE =
      failing("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle MMAP =
      failing(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      failing("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle OPEN =
      function(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.captureCallState("errno"),
          // The mode, which only a file that is created needs, is the variadic part.
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle SOCKET =
      failing("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SENDTO =
      failing(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      failing("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  /** Where the kernel writes the time: one for each thread, so that none reads another's half. */
  private final ThreadLocal<MemorySegment> timespec =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(TIMESPEC));

  @Override
  public long clockRealtimeNs() {
    return clockNs(CLOCK_REALTIME);
  }

  @Override
  public long clockTaiNs() {
    return clockNs(CLOCK_TAI);
  }

  private long clockNs(int clock) {
    MemorySegment now = timespec.get();
    try {
      // Both clocks always exist and the address is ours: the call has no way to fail.
      int ignored = (int) CLOCK_GETTIME.invokeExact(clock, now);
    } catch (Throwable e) {
      throw unexpected(e);
    }
    return now.get(JAVA_LONG, TV_SEC) * NS_PER_SECOND + now.get(JAVA_LONG, TV_NSEC);
  }

  @Override
  public int setThreadNice(int nice) {
    return SchedulingCalls.setThreadNice(nice);
  }

  @Override
  public int setThreadPolicy(int policy, int priority) {
    return SchedulingCalls.setThreadPolicy(policy, priority);
  }

  @Override
  public int threadPolicy() {
    return SchedulingCalls.threadPolicy();
  }

  @Override
  public int threadPriority() {
    return SchedulingCalls.threadPriority();
  }

  @Override
  public long softLimit(int resource) {
    return SchedulingCalls.softLimit(resource);
  }

  @Override
  public int mlockall(int flags) {
    return ResidenceCalls.mlockall(flags);
  }

  @Override
  public int munlockall() {
    return ResidenceCalls.munlockall();
  }

  @Override
  public int mbind(long address, long lengthBytes, int mode, int node, int flags) {
    return ResidenceCalls.mbind(address, lengthBytes, mode, node, flags);
  }

  @Override
  public long addressOf(byte[] array) {
    return ResidenceCalls.addressOf(array);
  }

  @Override
  public int madvise(long address, long lengthBytes, int advice) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int result = (int) MADVISE.invokeExact(state, address, lengthBytes, advice);
      return result == 0 ? 0 : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public long mmap(
      long address, long lengthBytes, int protection, int flags, int fileDescriptor, long offset) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long mapped =
          (long)
              MMAP.invokeExact(
                  state, address, lengthBytes, protection, flags, fileDescriptor, offset);
      return mapped == -1 ? -errno(state) : mapped;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int munmap(long address, long lengthBytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int result = (int) MUNMAP.invokeExact(state, address, lengthBytes);
      return result == 0 ? 0 : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      MemorySegment name = arena.allocateFrom(path);
      int fileDescriptor = (int) OPEN.invokeExact(state, name, flags);
      return fileDescriptor < 0 ? -errno(state) : fileDescriptor;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int close(int fileDescriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int result = (int) CLOSE.invokeExact(state, fileDescriptor);
      return result == 0 ? 0 : -errno(state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public int notify(String socketPath, String message) {
    byte[] path = socketPath.getBytes(StandardCharsets.UTF_8);
    if (path.length < 2 || (path[0] != '/' && path[0] != '@')) {
      return -EINVAL;
    }
    // A path in the file system ends with a zero byte, an abstract name begins with one.
    int pathLength = path[0] == '/' ? path.length + 1 : path.length;
    if (pathLength > SUN_PATH_LENGTH) {
      return -ENAMETOOLONG;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(SOCKADDR_UN);
      address.set(JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(path, 0, address, JAVA_BYTE, SUN_PATH, path.length);
      if (path[0] == '@') {
        address.set(JAVA_BYTE, SUN_PATH, (byte) 0);
      }
      byte[] text = message.getBytes(StandardCharsets.UTF_8);
      MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, text);
      return sendDatagram(arena, bytes, address, (int) SUN_PATH + pathLength);
    }
  }

  private static int sendDatagram(
      Arena arena, MemorySegment bytes, MemorySegment address, int addressLength) {
    MemorySegment state = arena.allocate(CALL_STATE);
    try {
      int socket = (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
      if (socket < 0) {
        return -errno(state);
      }
      long sent =
          (long)
              SENDTO.invokeExact(
                  state, socket, bytes, bytes.byteSize(), MSG_NOSIGNAL, address, addressLength);
      int result = sent == bytes.byteSize() ? 0 : -errno(state);
      int ignored = (int) CLOSE.invokeExact(state, socket);
      return result;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
