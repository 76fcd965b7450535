package io.tradepit.telemetry;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

/**
 * The counters of a segment: agents count in memory of Agrona's layout, and a scrape reads it.
 *
 * <p>Counters are made at start; a name that ends in {@code _total} is a counter, any other a
 * gauge. Making and scraping are for any thread and may allocate; counting is the agent's and
 * touches neither lock nor map.
 */
public final class CounterRegistry implements CounterFactory, MultiCollector {
  /** What every exported name begins with. */
  public static final String PREFIX = "tradepit_";

  private static final int DEFAULT_CAPACITY = 1_024;
  private static final String TOTAL = "_total";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,79}");

  private record Series(Labels labels, LongSupplier value) {}

  private record Family(String name, String help, List<Series> series) {}

  private final CountersManager counters;
  private final Map<String, Family> families = new LinkedHashMap<>();

  public CounterRegistry() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * @param capacity how many counters there can be
   */
  public CounterRegistry(int capacity) {
    counters =
        new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * CountersReader.METADATA_LENGTH)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * CountersReader.COUNTER_LENGTH)),
            StandardCharsets.US_ASCII);
  }

  @Override
  public AtomicCounter counter(String name, String help) {
    return counter(name, help, Labels.EMPTY);
  }

  /** Makes counters that carry a label, such as {@code gateway="1"}. */
  public CounterFactory labelled(String label, String value) {
    Labels labels = Labels.of(label, value);
    return (name, help) -> counter(name, help, labels);
  }

  /** Exports a value that someone else holds; {@code value} is asked by the scraping thread. */
  public synchronized void gauge(String name, String help, LongSupplier value) {
    add(name, help, new Series(Labels.EMPTY, value));
  }

  /** The same with a label, such as {@code leg="order"}. */
  public synchronized void gauge(
      String name, String help, String label, String labelValue, LongSupplier value) {
    add(name, help, new Series(Labels.of(label, labelValue), value));
  }

  private synchronized AtomicCounter counter(String name, String help, Labels labels) {
    requireName(name);
    AtomicCounter counter = counters.newCounter(name);
    add(name, help, new Series(labels, counter::get));
    return counter;
  }

  private void add(String name, String help, Series series) {
    requireName(name);
    Family family = families.computeIfAbsent(name, key -> new Family(key, help, new ArrayList<>()));
    if (family.series.stream().anyMatch(other -> other.labels.equals(series.labels))) {
      throw new IllegalArgumentException("counter is there: name=" + name + series.labels);
    }
    family.series.add(series);
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name=" + name + ": allowed " + NAME.pattern());
    }
  }

  @Override
  public synchronized MetricSnapshots collect() {
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    families.values().forEach(family -> snapshots.metricSnapshot(snapshot(family)));
    return snapshots.build();
  }

  private static MetricSnapshot snapshot(Family family) {
    return family.name.endsWith(TOTAL) ? counterOf(family) : gaugeOf(family);
  }

  private static MetricSnapshot counterOf(Family family) {
    String name = family.name.substring(0, family.name.length() - TOTAL.length());
    CounterSnapshot.Builder snapshot =
        CounterSnapshot.builder().name(PREFIX + name).help(family.help);
    for (Series series : family.series) {
      snapshot.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(series.labels)
              .value((double) series.value.getAsLong())
              .build());
    }
    return snapshot.build();
  }

  private static MetricSnapshot gaugeOf(Family family) {
    GaugeSnapshot.Builder snapshot =
        GaugeSnapshot.builder().name(PREFIX + family.name).help(family.help);
    for (Series series : family.series) {
      snapshot.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(series.labels)
              .value((double) series.value.getAsLong())
              .build());
    }
    return snapshot.build();
  }
}
