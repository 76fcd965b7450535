package io.tradepit.perf.pipeline;

import io.tradepit.perf.book.EngineCatalog;
import io.tradepit.perf.book.EngineSetup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a pipeline's process is started.
 *
 * @param name as results name it
 * @param pipeline name of the class
 * @param argument of its constructor
 * @param java the JVM's executable
 * @param flags of the JVM, without the class path
 * @param classPath in order
 */
record PipelineSetup(
    String name,
    String pipeline,
    String argument,
    Path java,
    List<String> flags,
    List<String> classPath) {
  private static final String EXCHANGE_CORE =
      "io.tradepit.perf.peers.exchangecore.ExchangeCorePipeline";
  private static final String OFF = "off";

  // Both sides use Unsafe, and are allowed to without being watched. The commands of the workload
  // are held outside of the heap, or, by the peer, on it.
  private static final List<String> OUR_MEMORY = List.of("-XX:MaxDirectMemorySize=2g");
  private static final List<String> PEER_MEMORY =
      List.of("-Xms3g", "-Xmx3g", "-Xmn1500m", "--sun-misc-unsafe-memory-access=allow");

  /**
   * All that a checkout has, in the order of a round.
   *
   * @param journals directory that recordings and journals are made in
   */
  static List<PipelineSetup> all(EngineCatalog catalog, Path journals) {
    List<PipelineSetup> all = new ArrayList<>();
    String recorded = "recorded:" + journals;
    for (EngineSetup engine : catalog.all()) {
      if (engine.name().equals(EngineCatalog.OURS)) {
        all.add(ours("null", engine, NullPipeline.class, OFF));
        all.add(ours("tradepit", engine, TradepitPipeline.class, OFF));
        all.add(ours("tradepit, journal", engine, TradepitPipeline.class, recorded));
      } else if (engine.name().equals("exchange-core")) {
        all.add(peer("exchange-core, yielding", engine, "yielding:" + OFF));
        all.add(peer("exchange-core, spinning", engine, "busy_spin:" + OFF));
        all.add(peer("exchange-core, yielding, journal", engine, "yielding:" + recorded));
      }
    }
    return all;
  }

  private static PipelineSetup ours(
      String name, EngineSetup engine, Class<? extends Pipeline> pipeline, String argument) {
    return new PipelineSetup(
        name,
        pipeline.getName(),
        argument,
        engine.java(),
        joined(engine.flags(), OUR_MEMORY),
        engine.classPath());
  }

  private static PipelineSetup peer(String name, EngineSetup engine, String argument) {
    return new PipelineSetup(
        name,
        EXCHANGE_CORE,
        argument,
        engine.java(),
        joined(engine.flags(), PEER_MEMORY),
        engine.classPath());
  }

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
