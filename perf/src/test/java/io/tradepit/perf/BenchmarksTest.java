package io.tradepit.perf;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every benchmark runs: once, through its own set-up, checks of its results and tear-down. */
@Timeout(60)
class BenchmarksTest {
  private static final boolean LONG = "long".equals(System.getProperty("tradepit.tier"));

  /** DPDK starts once in a process, so these have one each. */
  private static final Set<Class<?>> OF_DPDK = Set.of(PortBenchmark.class, StackBenchmark.class);

  static List<Method> benchmarks() throws Exception {
    List<Method> all = new ArrayList<>();
    for (Class<?> type : Benchmarks.classes()) {
      if (!OF_DPDK.contains(type)) {
        all.addAll(Benchmarks.of(type));
      }
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("benchmarks")
  void shouldRunThroughItsOwnSetUp(Method benchmark) throws ReflectiveOperationException {
    assertNotNull(new BenchmarkCall(benchmark).run(), "nothing is returned that JMH consumes");
  }

  @ParameterizedTest
  @ValueSource(classes = {PortBenchmark.class, StackBenchmark.class})
  void shouldRunInAProcessOfItsOwn(Class<?> type) {
    assumeTrue(LONG, "long tier only: two processes of a second each");
    String shims = System.getProperty("tradepit.shims", "");
    assumeTrue(
        Files.isDirectory(Path.of(shims)) && !shims.isEmpty(), "no shims are built: " + shims);
    List<String> said = new ArrayList<>();
    new ChildJvm(
            type.getSimpleName(),
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Dtradepit.shims=" + shims),
            List.of(System.getProperty("java.class.path")),
            BenchmarkCall.class,
            List.of(type.getName()))
        .run(said::add);
  }

  @Test
  void shouldAllBeOfTheCommonKind() throws Exception {
    List<Class<?>> classes = Benchmarks.classes();
    assertTrue(classes.containsAll(OF_DPDK), () -> "found " + classes);
    for (Class<?> type : classes) {
      assertTrue(OneThreadBenchmark.class.isAssignableFrom(type), type.getName());
      assertFalse(Modifier.isFinal(type.getModifiers()), type.getName());
      assertFalse(Benchmarks.of(type).isEmpty(), type.getName());
    }
  }
}
