package io.tradepit.perf.book;

import io.tradepit.perf.ThisJvm;
import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Scene;
import io.tradepit.perf.flow.SceneGenerator;
import java.lang.foreign.Arena;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.function.Function;

/**
 * A child process: one engine, and what a message takes it as its state grows, a line of figures
 * for each size; reports are counted in place. Arguments: the engine's class, and the largest size
 * of anything.
 */
public final class GrowthRuns {
  private static final int BATCH = 256;
  private static final int MESSAGES = 200_000;
  private static final int ORDERS = 200_000;
  private static final int LEVELS = 100;
  private static final int MOST_ORDERS = 10_000_000;
  private static final int MOST_LEVELS = 100_000;
  private static final int MOST_INSTRUMENTS = 10_000;
  private static final int RUNS = 5;

  private final Constructor<? extends BookEngine> constructor;
  private final int most;

  private GrowthRuns(Constructor<? extends BookEngine> constructor, int most) {
    this.constructor = constructor;
    this.most = most;
  }

  public static void main(String[] arguments) throws Exception {
    Constructor<? extends BookEngine> constructor =
        Class.forName(arguments[0]).asSubclass(BookEngine.class).getConstructor(Flow.class);
    GrowthRuns runs = new GrowthRuns(constructor, Integer.parseInt(arguments[1]));
    for (int i = 0; i < RUNS; i++) {
      runs.time(scenes -> scenes.standing(ORDERS, LEVELS, 1, MESSAGES));
    }
    System.out.println("engine version=" + ThisJvm.text());
    runs.grow();
    runs.special();
  }

  private void grow() throws Exception {
    for (int size = 100; size <= Math.min(most, MOST_ORDERS); size *= 10) {
      int orders = size;
      print("orders", size, scenes -> scenes.standing(orders, LEVELS, 1, MESSAGES));
    }
    for (int size = 10; size <= Math.min(most, MOST_LEVELS); size *= 10) {
      int levels = size;
      print("levels", size, scenes -> scenes.standing(ORDERS, levels, 1, MESSAGES));
    }
    for (int size = 1; size <= Math.min(most, MOST_INSTRUMENTS); size *= 10) {
      int instruments = size;
      print("instruments", size, scenes -> scenes.standing(ORDERS, LEVELS, instruments, MESSAGES));
    }
  }

  private void special() throws Exception {
    print("sweeps of fills", 5_000, scenes -> scenes.sweeps(5_000, 500, 40));
    print("cancel storm", ORDERS, scenes -> scenes.cancelStorm(ORDERS, 1_000));
    print("opening burst", ORDERS, scenes -> scenes.openingBurst(ORDERS, 1_000));
  }

  private void print(String series, int size, Function<SceneGenerator, Scene> scene)
      throws Exception {
    double[] ns = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      ns[i] = time(scene);
    }
    Arrays.sort(ns);
    System.out.println(new GrowthPoint(series, size, ns[RUNS / 2], ns[0], ns[RUNS - 1]).line());
  }

  /** Nanoseconds a message that counts. */
  private double time(Function<SceneGenerator, Scene> maker) throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      Scene scene = maker.apply(new SceneGenerator(FlowGenerator.SEED, arena));
      Flow flow = scene.flow();
      BookEngine engine = constructor.newInstance(flow);
      CountedReports reports = new CountedReports();
      apply(engine, flow, 0, scene.from(), reports);
      long begunNs = System.nanoTime();
      apply(engine, flow, scene.from(), flow.messages(), reports);
      return (double) (System.nanoTime() - begunNs) / scene.messages();
    }
  }

  private static void apply(BookEngine engine, Flow flow, int begin, int end, Reports reports) {
    for (int from = begin; from < end; from += BATCH) {
      engine.apply(flow, from, Math.min(end, from + BATCH), reports);
      reports.endBatch();
    }
  }
}
