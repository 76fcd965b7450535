package io.tradepit.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The network namespace of the calling thread alone: open(2), setns(2). */
final class ThreadNamespace {
  private static final int O_CLOEXEC = 0x80000;
  private static final int CLONE_NEWNET = 0x40000000;

  private static final MethodHandle OPEN =
      bind("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle SETNS =
      bind("setns", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private ThreadNamespace() {}

  /**
   * Moves the calling thread, which must be a platform thread, for good: sockets that it opens from
   * now on belong to the namespace, whichever thread uses them then. Other threads stay.
   *
   * @param file of the namespace, as {@code ip netns} binds it
   */
  static void enter(Path file) throws IOException {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException("thread=virtual: only one of the kernel has a namespace");
    }
    int descriptor = open(file);
    try {
      if (setns(descriptor) != 0) {
        throw new IOException("setns=" + file + ": refused");
      }
    } finally {
      close(descriptor);
    }
  }

  private static int open(Path file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) OPEN.invokeExact(arena.allocateFrom(file.toString()), O_CLOEXEC);
      if (descriptor < 0) {
        throw new IOException("open=" + file + ": refused");
      }
      return descriptor;
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("open", e);
    }
  }

  private static int setns(int descriptor) {
    try {
      return (int) SETNS.invokeExact(descriptor, CLONE_NEWNET);
    } catch (Throwable e) {
      throw new IllegalStateException("setns", e);
    }
  }

  private static void close(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor); // it was only read
    } catch (Throwable e) {
      throw new IllegalStateException("close", e);
    }
  }

  @SuppressWarnings("restricted") // the flags of every JVM of ours allow native access
  private static MethodHandle bind(String name, FunctionDescriptor descriptor) {
    SymbolLookup library = Linker.nativeLinker().defaultLookup();
    MemorySegment symbol = library.find(name).orElseThrow();
    return Linker.nativeLinker().downcallHandle(symbol, descriptor);
  }
}
