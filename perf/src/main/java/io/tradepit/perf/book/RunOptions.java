package io.tradepit.perf.book;

import io.tradepit.perf.flow.Flow;
import io.tradepit.perf.flow.FlowGenerator;
import io.tradepit.perf.flow.Regime;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a child process is told, as arguments {@code name=value}.
 *
 * @param engine name of the class
 * @param regimes in the order of the runs
 * @param orders new orders of each flow
 * @param warmups runs of each regime before the first one that counts
 * @param runs of each regime that count
 */
record RunOptions(
    String engine,
    Delivery delivery,
    List<Regime> regimes,
    int orders,
    long seed,
    int warmups,
    int runs) {

  static RunOptions parse(String[] arguments) {
    String engine = null;
    Delivery delivery = Delivery.RING;
    List<Regime> regimes = List.of(Regime.values());
    int orders = FlowGenerator.ORDERS;
    long seed = FlowGenerator.SEED;
    int warmups = 2;
    int runs = 1;
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String value = argument.substring(equals + 1);
      switch (equals < 0 ? argument : argument.substring(0, equals)) {
        case "engine" -> engine = value;
        case "delivery" -> delivery = Delivery.of(value);
        case "regimes" -> regimes = regimes(value);
        case "orders" -> orders = Integer.parseInt(value);
        case "seed" -> seed = Long.parseLong(value);
        case "warmups" -> warmups = Integer.parseInt(value);
        case "runs" -> runs = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("argument=" + argument);
      }
    }
    if (engine == null) {
      throw new IllegalArgumentException("engine=missing");
    }
    return new RunOptions(engine, delivery, regimes, orders, seed, warmups, runs);
  }

  private static List<Regime> regimes(String labels) {
    List<Regime> regimes = new ArrayList<>();
    for (String label : labels.split(",", -1)) {
      regimes.add(Regime.of(label));
    }
    return regimes;
  }

  /** What makes engines: the constructor that takes the flow. */
  Constructor<? extends BookEngine> constructor() throws ReflectiveOperationException {
    return Class.forName(engine).asSubclass(BookEngine.class).getConstructor(Flow.class);
  }

  /** As the arguments that give it. */
  List<String> arguments() {
    List<String> labels = new ArrayList<>();
    regimes.forEach(regime -> labels.add(regime.label()));
    return List.of(
        "engine=" + engine,
        "delivery=" + delivery.label(),
        "regimes=" + String.join(",", labels),
        "orders=" + orders,
        "seed=" + seed,
        "warmups=" + warmups,
        "runs=" + runs);
  }
}
