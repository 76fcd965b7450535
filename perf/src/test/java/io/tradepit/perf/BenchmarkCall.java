package io.tradepit.perf;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One call of one benchmark through its own set-up and tear-down, as JMH would make it: states of
 * the method's parameters with the first value of each of their own, all levels once.
 */
public final class BenchmarkCall {
  private static final List<Level> LEVELS = List.of(Level.Trial, Level.Iteration, Level.Invocation);

  private final Object benchmark;
  private final Method method;
  private final List<Object> arguments = new ArrayList<>();

  BenchmarkCall(Method method) throws ReflectiveOperationException {
    this.method = method;
    this.benchmark = make(method.getDeclaringClass());
    for (Parameter parameter : method.getParameters()) {
      arguments.add(make(parameter.getType()));
    }
  }

  /** A process of its own: all benchmarks of a class on one thread, between one set-up. */
  public static void main(String[] names) throws ReflectiveOperationException {
    Class<?> type = Class.forName(names[0]);
    Object benchmark = make(type);
    prepare(benchmark);
    for (Method method : Benchmarks.of(type)) {
      method.invoke(benchmark);
    }
    restore(benchmark);
  }

  private static Object make(Class<?> type) throws ReflectiveOperationException {
    Object state = type.getConstructor().newInstance();
    for (Field field : type.getFields()) {
      if (field.isAnnotationPresent(Param.class)) {
        field.setInt(state, Integer.parseInt(field.getAnnotation(Param.class).value()[0]));
      }
    }
    return state;
  }

  /** What the benchmark returned; never null, since JMH is to consume it. */
  Object run() throws ReflectiveOperationException {
    List<Object> states = new ArrayList<>(List.of(benchmark));
    states.addAll(arguments);
    List<Object> prepared = new ArrayList<>();
    try {
      for (Object state : states) {
        prepare(state);
        prepared.add(state);
      }
      return method.invoke(benchmark, arguments.toArray());
    } finally {
      for (Object state : prepared.reversed()) {
        restore(state);
      }
    }
  }

  private static void prepare(Object state) throws ReflectiveOperationException {
    for (Level level : LEVELS) {
      call(state, Setup.class, setup -> setup.value() == level);
    }
  }

  private static void restore(Object state) throws ReflectiveOperationException {
    for (Level level : LEVELS.reversed()) {
      call(state, TearDown.class, tearDown -> tearDown.value() == level);
    }
  }

  private static <A extends Annotation> void call(
      Object state, Class<A> annotation, Function<A, Boolean> wanted)
      throws ReflectiveOperationException {
    for (Method method : Arrays.asList(state.getClass().getMethods())) {
      A found = method.getAnnotation(annotation);
      if (found != null && wanted.apply(found)) {
        method.invoke(state);
      }
    }
  }
}
