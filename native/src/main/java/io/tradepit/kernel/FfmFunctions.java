package io.tradepit.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** Finds functions of the C library, and what they left in {@code errno}. */
final class FfmFunctions {
  /** A function made by {@link #failing} takes a segment of this layout before its arguments. */
  static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();

  private static final Linker LINKER = Linker.nativeLinker();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(PathElement.groupElement("errno")).withInvokeExactBehavior();

  static {
    requireSize("int", JAVA_INT);
    requireSize("long", JAVA_LONG);
    requireSize("size_t", JAVA_LONG);
    requireSize("void*", ADDRESS);
    if (!"Linux".equals(System.getProperty("os.name"))) {
      throw new IllegalStateException("os=" + System.getProperty("os.name") + ": allowed is Linux");
    }
  }

  private FfmFunctions() {}

  /** The error of the call that was made with this state, above 0. */
  static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  /** A function that says by {@code errno} why it failed. */
  static MethodHandle failing(String name, FunctionDescriptor descriptor) {
    return function(name, descriptor, Linker.Option.captureCallState("errno"));
  }

  @SuppressWarnings("restricted")
  static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  private static void requireSize(String type, MemoryLayout expected) {
    MemoryLayout actual = LINKER.canonicalLayouts().get(type);
    if (actual == null || actual.byteSize() != expected.byteSize()) {
      throw new IllegalStateException(
          "type=" + type + " bytes=" + actual + ": allowed is " + expected.byteSize());
    }
  }

  /** A downcall declares any throwable; the functions themselves throw nothing. */
  static IllegalStateException unexpected(Throwable cause) {
    return new IllegalStateException("a call into the C library threw", cause);
  }
}
