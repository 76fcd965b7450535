package io.tradepit.telemetry;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;

/**
 * Makes the counters that agents count in. Each counter has one writer, its agent; readers are
 * anyone.
 */
@FunctionalInterface
public interface CounterFactory {
  /**
   * @param name in the style of Prometheus, without the product's prefix: {@code
   *     gateway_messages_total}
   * @param help one line for people
   */
  AtomicCounter counter(String name, String help);

  /** Counters that no one exports, for tests and tools. */
  static CounterFactory unexported() {
    return (name, help) ->
        new AtomicCounter(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CountersReader.COUNTER_LENGTH)), 0);
  }
}
