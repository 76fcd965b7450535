package io.tradepit.perf;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;

/** The JMH benchmarks of this module, found among its classes. */
final class Benchmarks {
  private static final String ENDING = "Benchmark.class";

  private Benchmarks() {}

  /** All classes that end as benchmarks do, but what they have in common. */
  static List<Class<?>> classes() throws IOException, URISyntaxException {
    Path classes =
        Path.of(
            OneThreadBenchmark.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (Stream<Path> files = Files.list(classes.resolve("io/tradepit/perf"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING) && !name.startsWith("OneThread"))
          .sorted()
          .<Class<?>>map(Benchmarks::load)
          .toList();
    }
  }

  private static Class<?> load(String file) {
    try {
      return Class.forName(
          "io.tradepit.perf." + file.substring(0, file.length() - ".class".length()));
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<Method> of(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }
}
