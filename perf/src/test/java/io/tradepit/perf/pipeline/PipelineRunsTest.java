package io.tradepit.perf.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.perf.ChildJvm;
import io.tradepit.perf.book.EngineSetup.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The process of a pipeline, started as the comparison starts it. */
@Timeout(60)
class PipelineRunsTest {
  private static final int COMMANDS = 1_000;
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final List<String> FLAGS =
      List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-XX:+UseSerialGC");
  private static final List<String> CLASS_PATH = List.of(System.getProperty("java.class.path"));

  /** Tells of one match more than there were. */
  public static final class WrongPipeline implements Pipeline {
    private final NullPipeline right;

    public WrongPipeline(Workload workload, String argument) {
      right = new NullPipeline(workload, argument);
    }

    @Override
    public String version() {
      return "wrong";
    }

    @Override
    public void begin(Completions completions) {
      right.begin(completions);
    }

    @Override
    public boolean offer(int command) {
      return right.offer(command);
    }

    @Override
    public void idle(int sent) {
      right.idle(sent);
    }

    @Override
    public long trades() {
      return right.trades() + 1;
    }

    @Override
    public void end() {
      right.end();
    }
  }

  @Test
  void shouldFailInOneLineWhenTheMatchesAreOthers() {
    long expected = WorkloadGenerator.generate(COMMANDS, WorkloadGenerator.SEED).trades();
    ChildJvm process =
        new ChildJvm(
            "wrong",
            JAVA.toString(),
            FLAGS,
            CLASS_PATH,
            PipelineRuns.class,
            List.of(
                "pipeline=" + WrongPipeline.class.getName(),
                "commands=" + COMMANDS,
                "warmups=0",
                "rates=1000000"));
    assertEquals(
        "process=wrong exitCode=1 trades=" + (expected + 1) + " expected=" + expected,
        assertThrows(IllegalStateException.class, () -> process.run(line -> false)).getMessage());
  }

  /** Waits for ever with its hundredth command, once it was checked. */
  public static final class StuckPipeline implements Pipeline {
    private final NullPipeline before;
    private int begun;
    private int offered;

    public StuckPipeline(Workload workload, String argument) {
      before = new NullPipeline(workload, argument);
    }

    @Override
    public String version() {
      return "stuck";
    }

    @Override
    public void begin(Completions completions) {
      begun++;
      before.begin(completions);
    }

    @Override
    public boolean offer(int command) {
      while (begun > 1 && offered == 100) {
        LockSupport.park();
      }
      offered += begun > 1 ? 1 : 0;
      return before.offer(command);
    }

    @Override
    public void idle(int sent) {
      before.idle(sent);
    }

    @Override
    public long trades() {
      return before.trades();
    }

    @Override
    public void end() {
      before.end();
    }
  }

  @Test
  void shouldGoOnWithTheOthersWhenOneGetsStuck() {
    List<String> said = new ArrayList<>();
    List<PipelineResults> results =
        new PipelineComparison(
                List.of(setup("stuck", StuckPipeline.class), setup("null", NullPipeline.class)),
                List.of("commands=1000", "warmups=0", "patience=0", "rates=1000000,2000000"),
                Optional.empty(),
                said::add)
            .measure(1);
    String stall = "stalled at=rate-1000000-send done=100";
    assertEquals(List.of("round 1 " + stall), results.getFirst().stalls());
    assertTrue(said.contains("pipeline: round 1: stuck " + stall), said.toString());
    assertEquals(List.of(1_000_000L), results.getFirst().rates());
    assertEquals(0, results.getFirst().highestKept());
    assertEquals(List.of(1_000_000L, 2_000_000L), results.getLast().rates());
  }

  private static PipelineSetup setup(String name, Class<? extends Pipeline> pipeline) {
    return new PipelineSetup(
        name, Role.PEER, false, pipeline.getName(), "", JAVA, FLAGS, CLASS_PATH);
  }
}
