package io.tradepit.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** What these networks ask of the kernel and Java has no word for. Each call says its man page. */
final class SystemCalls {
  private static final int O_RDWR = 2;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int CLONE_NEWNET = 0x40000000;

  private static final MethodHandle OPEN =
      bind("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETNS =
      bind("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle IOCTL =
      bind(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle READ =
      bind("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      bind("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle POLL =
      bind("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle CLOSE =
      bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private SystemCalls() {}

  /** Opens a file for reading and writing that never waits. open(2). */
  static int openDevice(String file) throws IOException {
    return open(file, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  }

  /** Opens a file for reading. open(2). */
  static int openToRead(String file) throws IOException {
    return open(file, O_CLOEXEC);
  }

  private static int open(String file, int flags) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(file), flags);
      return succeeded("open=" + file, descriptor);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Moves the calling thread into a network namespace. setns(2). */
  static void enterNetwork(int descriptor) throws IOException {
    try {
      succeeded("setns", (int) SETNS.invokeExact(descriptor, CLONE_NEWNET));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Asks a device for what its own man page says. ioctl(2). */
  static void ioctl(int descriptor, long request, MemorySegment argument) throws IOException {
    try {
      succeeded("ioctl=" + request, (int) IOCTL.invokeExact(descriptor, request, argument));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The bytes read, or -1 when there are none now. read(2). */
  static long read(int descriptor, MemorySegment into) {
    try {
      return (long) READ.invokeExact(descriptor, into, into.byteSize());
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** The bytes written, or -1 when none were taken. write(2). */
  static long write(int descriptor, MemorySegment from, long length) {
    try {
      return (long) WRITE.invokeExact(descriptor, from, length);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Waits until one of the descriptors is ready. poll(2). */
  static void poll(MemorySegment descriptors, int count, int milliseconds) {
    try {
      // Whoever is ready is read; an interrupted wait is one that ended early.
      int ignored = (int) POLL.invokeExact(descriptors, (long) count, milliseconds);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Gives a descriptor back. close(2). */
  static void close(int descriptor) {
    try {
      // Nothing that was written waits in it.
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static int succeeded(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(call + ": refused by the kernel");
    }
    return result;
  }

  private static IOException failed(Throwable cause) {
    if (cause instanceof IOException refused) {
      return refused;
    }
    throw unexpected(cause);
  }

  private static IllegalStateException unexpected(Throwable cause) {
    return new IllegalStateException("downcall=failed", cause);
  }

  @SuppressWarnings("restricted") // the flags of every JVM of ours allow native access
  private static MethodHandle bind(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    SymbolLookup library = Linker.nativeLinker().defaultLookup();
    MemorySegment symbol = library.find(name).orElseThrow();
    return Linker.nativeLinker().downcallHandle(symbol, descriptor, options);
  }
}
