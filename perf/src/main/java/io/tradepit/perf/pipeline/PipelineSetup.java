package io.tradepit.perf.pipeline;

import io.tradepit.perf.book.EngineCatalog;
import io.tradepit.perf.book.EngineSetup;
import io.tradepit.perf.book.EngineSetup.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a pipeline's process is started.
 *
 * @param name as results name it
 * @param isRecorded whether it has a journal
 * @param pipeline name of the class
 * @param argument of its constructor; behind it comes the folder, when it has a journal
 * @param java the JVM's executable
 * @param flags of the JVM, without the class path
 * @param classPath in order
 */
record PipelineSetup(
    String name,
    Role role,
    boolean isRecorded,
    String pipeline,
    String argument,
    Path java,
    List<String> flags,
    List<String> classPath) {
  private static final String EXCHANGE_CORE =
      "io.tradepit.perf.peers.exchangecore.ExchangeCorePipeline";
  private static final String OFF = "off";
  private static final String RECORDED = "recorded:";

  private static final int THROUGHPUT_RING = 64 * 1024;
  private static final int LATENCY_RING = 2 * 1024;

  // Those that exchange-core is fastest with on two cores.
  private static final List<Way> BEST_WAYS =
      List.of(
          new Way("yielding", "yield", THROUGHPUT_RING),
          new Way("yielding", "park", THROUGHPUT_RING));

  // The last one is that of its own latency tests, which run on six cores.
  private static final List<Way> OTHER_WAYS =
      List.of(
          new Way("yielding", "yield", LATENCY_RING),
          new Way("yielding", "spin", THROUGHPUT_RING),
          new Way("blocking", "park", THROUGHPUT_RING),
          new Way("busy_spin", "spin", LATENCY_RING));

  // Both sides use Unsafe, and are allowed to without being watched. The commands of the workload
  // are held outside of the heap, or, by the peer, on it.
  private static final List<String> OUR_MEMORY = List.of("-XX:MaxDirectMemorySize=2g");
  private static final List<String> PEER_MEMORY =
      List.of("-Xms3g", "-Xmx3g", "-Xmn1500m", "--sun-misc-unsafe-memory-access=allow");

  /**
   * All that a checkout has, in the order of a round.
   *
   * @param waits whether exchange-core waits in all ways, not only in those it is fastest with
   */
  static List<PipelineSetup> all(EngineCatalog catalog, boolean waits) {
    List<PipelineSetup> all = new ArrayList<>();
    for (EngineSetup engine : catalog.all()) {
      if (engine.name().equals(EngineCatalog.OURS)) {
        all.add(ours("null", Role.BOUND, engine, NullPipeline.class, OFF));
        all.add(ours("tradepit", Role.OURS, engine, TradepitPipeline.class, OFF));
        all.add(ours("tradepit, journal", Role.OURS, engine, TradepitPipeline.class, RECORDED));
      } else if (engine.name().equals("exchange-core")) {
        for (Way way : waits ? joined(BEST_WAYS, OTHER_WAYS) : BEST_WAYS) {
          all.add(peer(engine, way, OFF));
          all.add(peer(engine, way, RECORDED));
        }
      }
    }
    return all;
  }

  /** What its process is told, which has this folder to itself. */
  String argument(Path folder) {
    return isRecorded ? argument + folder : argument;
  }

  private static PipelineSetup ours(
      String name,
      Role role,
      EngineSetup engine,
      Class<? extends Pipeline> pipeline,
      String argument) {
    return new PipelineSetup(
        name,
        role,
        argument.startsWith(RECORDED),
        pipeline.getName(),
        argument,
        engine.java(),
        joined(engine.flags(), OUR_MEMORY),
        engine.classPath());
  }

  private static PipelineSetup peer(EngineSetup engine, Way way, String journal) {
    boolean isRecorded = journal.startsWith(RECORDED);
    return new PipelineSetup(
        "exchange-core, " + way.name() + (isRecorded ? ", journal" : ""),
        Role.PEER,
        isRecorded,
        EXCHANGE_CORE,
        way.argument() + ",journal=" + journal,
        engine.java(),
        joined(engine.flags(), PEER_MEMORY),
        engine.classPath());
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    List<T> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  /**
   * How exchange-core runs.
   *
   * @param threads how they wait
   * @param sender how the sender waits for what is due
   * @param ring commands that its ring holds
   */
  private record Way(String threads, String sender, int ring) {
    String name() {
      return threads + "/" + sender + "/" + ring;
    }

    String argument() {
      return "wait=" + threads + ",sender=" + sender + ",ring=" + ring;
    }
  }
}
