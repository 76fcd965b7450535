package io.tradepit.perf.pipeline;

import io.aeron.exceptions.AeronException;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.ErrorHandler;

/** What failed first on the threads of a run; any thread. Warnings of Aeron are no failure. */
final class FirstError implements ErrorHandler {
  private final AtomicReference<Throwable> first = new AtomicReference<>();

  @Override
  public void onError(Throwable error) {
    boolean isWarning =
        error instanceof AeronException ofAeron
            && ofAeron.category() == AeronException.Category.WARN;
    if (!isWarning) {
      first.compareAndSet(null, error);
    }
  }

  /**
   * Returns when there is none.
   *
   * @throws IllegalStateException with the error
   */
  void requireNone() {
    Throwable error = first.get();
    if (error != null) {
      throw new IllegalStateException("error=" + error, error);
    }
  }
}
