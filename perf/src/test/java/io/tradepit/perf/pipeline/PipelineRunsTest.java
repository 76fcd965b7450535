package io.tradepit.perf.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tradepit.perf.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The process of a pipeline, started as the comparison starts it. */
@Timeout(60)
class PipelineRunsTest {
  private static final int COMMANDS = 1_000;

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
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-XX:+UseSerialGC"),
            List.of(System.getProperty("java.class.path")),
            PipelineRuns.class,
            List.of(
                "pipeline=" + WrongPipeline.class.getName(),
                "commands=" + COMMANDS,
                "warmups=0",
                "rates=1000000"));
    assertEquals(
        "process=wrong exitCode=1 done=true trades=" + (expected + 1) + " expected=" + expected,
        assertThrows(IllegalStateException.class, () -> process.run(line -> false)).getMessage());
  }
}
