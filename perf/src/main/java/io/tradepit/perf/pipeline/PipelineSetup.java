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
 * @param argument of its constructor
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

  // How exchange-core's threads wait, and how the sender does: the one it is fastest with on two
  // cores, then the others.
  private static final List<String> WAITS =
      List.of(
          "yielding/park", "yielding/yield", "yielding/spin", "blocking/park", "busy_spin/spin");

  // Both sides use Unsafe, and are allowed to without being watched. The commands of the workload
  // are held outside of the heap, or, by the peer, on it.
  private static final List<String> OUR_MEMORY = List.of("-XX:MaxDirectMemorySize=2g");
  private static final List<String> PEER_MEMORY =
      List.of("-Xms3g", "-Xmx3g", "-Xmn1500m", "--sun-misc-unsafe-memory-access=allow");

  /**
   * All that a checkout has, in the order of a round.
   *
   * @param journals directory that recordings and journals are made in
   * @param waits whether also those ways to wait that exchange-core was slower with
   */
  static List<PipelineSetup> all(EngineCatalog catalog, Path journals, boolean waits) {
    List<PipelineSetup> all = new ArrayList<>();
    String recorded = RECORDED + journals;
    for (EngineSetup engine : catalog.all()) {
      if (engine.name().equals(EngineCatalog.OURS)) {
        all.add(ours("null", Role.BOUND, engine, NullPipeline.class, OFF));
        all.add(ours("tradepit", Role.OURS, engine, TradepitPipeline.class, OFF));
        all.add(ours("tradepit, journal", Role.OURS, engine, TradepitPipeline.class, recorded));
      } else if (engine.name().equals("exchange-core")) {
        for (String wait : waits ? WAITS : WAITS.subList(0, 1)) {
          all.add(peer(engine, wait, OFF));
          all.add(peer(engine, wait, recorded));
        }
      }
    }
    return all;
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

  /**
   * @param wait how its threads wait, and how the sender does
   */
  private static PipelineSetup peer(EngineSetup engine, String wait, String journal) {
    boolean isRecorded = journal.startsWith(RECORDED);
    String[] waits = wait.split("/", -1);
    return new PipelineSetup(
        "exchange-core, " + wait + (isRecorded ? ", journal" : ""),
        Role.PEER,
        isRecorded,
        EXCHANGE_CORE,
        "wait=" + waits[0] + ",sender=" + waits[1] + ",journal=" + journal,
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
