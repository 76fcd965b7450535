package io.tradepit.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;

/**
 * Netty's io_uring handler without the callback object, 16 bytes, that it makes in each run: a run
 * here is its run for a caller that never blocks, with one callback made at the start.
 *
 * <p>It reaches private members of {@link IoUringIoHandler} of Netty 4.2.18, which the parent POM
 * pins: where they are missing, the transport cannot be opened and the message says what is
 * missing. Runs on the polling thread.
 */
final class QuietIoUring implements IoHandler {
  private static final String PACKAGE = "io.netty.channel.uring.";
  private static final MethodHandle SUBMIT;
  private static final MethodHandle PROCESS;
  private static final MethodHandle SUBMISSIONS;
  private static final MethodHandle COMPLETIONS;
  private static final MethodHandle CALLBACK;

  static {
    try {
      MethodHandles.Lookup lookup =
          MethodHandles.privateLookupIn(IoUringIoHandler.class, MethodHandles.lookup());
      Class<?> ring = lookup.findClass(PACKAGE + "RingBuffer");
      Class<?> submissions = lookup.findClass(PACKAGE + "SubmissionQueue");
      Class<?> completions = lookup.findClass(PACKAGE + "CompletionQueue");
      Class<?> callback = lookup.findClass(PACKAGE + "CompletionCallback");
      MethodHandle ringOf = lookup.findGetter(IoUringIoHandler.class, "ringBuffer", ring);
      SUBMISSIONS = queueOf(lookup, ringOf, "ioUringSubmissionQueue", submissions);
      COMPLETIONS = queueOf(lookup, ringOf, "ioUringCompletionQueue", completions);
      SUBMIT =
          lookup
              .findVirtual(
                  IoUringIoHandler.class,
                  "submitAndClearNow",
                  MethodType.methodType(int.class, submissions))
              .asType(MethodType.methodType(int.class, IoUringIoHandler.class, Object.class));
      PROCESS =
          lookup
              .findVirtual(
                  IoUringIoHandler.class,
                  "processCompletionsAndHandleOverflow",
                  MethodType.methodType(int.class, submissions, completions, callback))
              .asType(
                  MethodType.methodType(
                      int.class, IoUringIoHandler.class, Object.class, Object.class, Object.class));
      CALLBACK = callbackOf(lookup, callback);
    } catch (ReflectiveOperationException | LambdaConversionException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final IoUringIoHandler handler;
  private final Object submissions;
  private final Object completions;
  private final Object callback;

  private QuietIoUring(IoUringIoHandler handler) {
    this.handler = handler;
    try {
      submissions = (Object) SUBMISSIONS.invokeExact(handler);
      completions = (Object) COMPLETIONS.invokeExact(handler);
      callback = (Object) CALLBACK.invokeExact(handler);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  static IoHandlerFactory newFactory() {
    IoHandlerFactory factory = IoUringIoHandler.newFactory();
    return (ThreadAwareExecutor executor) ->
        new QuietIoUring((IoUringIoHandler) factory.newHandler(executor));
  }

  private static MethodHandle queueOf(
      MethodHandles.Lookup lookup, MethodHandle ringOf, String name, Class<?> queue)
      throws ReflectiveOperationException {
    MethodHandle ofRing =
        lookup.findVirtual(ringOf.type().returnType(), name, MethodType.methodType(queue));
    return MethodHandles.filterReturnValue(ringOf, ofRing)
        .asType(MethodType.methodType(Object.class, IoUringIoHandler.class));
  }

  private static MethodHandle callbackOf(MethodHandles.Lookup lookup, Class<?> callback)
      throws ReflectiveOperationException, LambdaConversionException {
    MethodType type =
        MethodType.methodType(boolean.class, int.class, int.class, long.class, ByteBuffer.class);
    MethodHandle handle = lookup.findVirtual(IoUringIoHandler.class, "handle", type);
    return LambdaMetafactory.metafactory(
            lookup,
            "handle",
            MethodType.methodType(callback, IoUringIoHandler.class),
            type,
            handle,
            type)
        .getTarget()
        .asType(MethodType.methodType(Object.class, IoUringIoHandler.class));
  }

  @Override
  public int run(IoHandlerContext context) {
    assert !context.canBlock();
    try {
      int _ = (int) SUBMIT.invokeExact(handler, submissions);
      return (int) PROCESS.invokeExact(handler, submissions, completions, callback);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void initialize() {
    handler.initialize();
  }

  @Override
  public void prepareToDestroy() {
    handler.prepareToDestroy();
  }

  @Override
  public void destroy() {
    handler.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return handler.register(handle);
  }

  @Override
  public void wakeup() {
    handler.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return handler.isCompatible(handleType);
  }
}
