package io.tradepit.tools.member;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The thread that polls orders and feed, and on which everything is done that a person asks for.
 *
 * <p>{@link #call} may be used by any thread; what it runs may touch all that the desk owns.
 */
final class MemberDesk implements AutoCloseable {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final long IDLE_NS = 200_000;

  private record Call(Runnable work, Runnable onLost) {}

  private final OrderDesk orders;
  private final MarketWatch watch;
  private final Runnable onLost;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Thread thread = new Thread(this::run, "tp-member");
  private volatile boolean stopping;
  private volatile String lost = "";

  /**
   * Begins to work at once.
   *
   * @param onLost called once on the desk's thread when the connection is lost
   */
  MemberDesk(OrderDesk orders, MarketWatch watch, Runnable onLost) {
    this.orders = orders;
    this.watch = watch;
    this.onLost = onLost;
    thread.start();
  }

  /** Why the connection was lost; empty while it is there. */
  String lost() {
    return lost;
  }

  /**
   * Runs something on the desk's thread and waits for it.
   *
   * @throws RefusedException when it throws that, or when the connection is lost
   */
  <T> T call(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable run =
        () -> {
          try {
            result.complete(work.get());
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        };
    calls.add(
        new Call(
            run,
            () -> result.completeExceptionally(new RefusedException("not connected: " + lost))));
    return awaited(result);
  }

  /**
   * Waits until the venue has answered everything that was sent.
   *
   * @return false when it took too long or the connection was lost
   */
  boolean awaitAnswers() {
    long deadlineNs = System.nanoTime() + ANSWER_LIMIT.toNanos();
    while (lost.isEmpty() && System.nanoTime() - deadlineNs < 0) {
      if (call(orders::isAnswered)) {
        return true;
      }
      LockSupport.parkNanos(IDLE_NS);
    }
    return false;
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (orders;
        watch) {
      while (!stopping) {
        int work = watch.poll() + pollOrders() + runCalls();
        LockSupport.parkNanos(work == 0 ? IDLE_NS : 1);
      }
    } finally {
      refuseCalls();
    }
  }

  private int pollOrders() {
    if (!lost.isEmpty()) {
      return 0;
    }
    int messages = orders.poll();
    if (!orders.isOpen()) {
      lost = orders.closeReason();
      refuseCalls();
      onLost.run();
    }
    return Math.max(0, messages);
  }

  private int runCalls() {
    int count = 0;
    for (Call call = calls.poll(); call != null; call = calls.poll()) {
      (lost.isEmpty() ? call.work : call.onLost).run();
      count++;
    }
    return count;
  }

  private void refuseCalls() {
    for (Call call = calls.poll(); call != null; call = calls.poll()) {
      call.onLost.run();
    }
  }

  private static <T> T awaited(CompletableFuture<T> result) {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RefusedException("interrupted");
    }
  }
}
