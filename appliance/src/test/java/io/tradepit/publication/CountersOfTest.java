package io.tradepit.publication;

import io.tradepit.telemetry.CounterFactory;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.status.AtomicCounter;

/** Counters that a test looks at by name. */
final class CountersOfTest implements CounterFactory {
  private final Map<String, AtomicCounter> made = new HashMap<>();

  @Override
  public AtomicCounter counter(String name, String help) {
    return made.computeIfAbsent(name, key -> CounterFactory.unexported().counter(name, help));
  }

  long get(String name) {
    return made.get(name).get();
  }
}
