package io.tradepit.perf.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.perf.ChildJvm;
import io.tradepit.perf.book.EngineSetup.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process of a pipeline, started as the comparison starts it. */
@Timeout(60)
class PipelineRunsTest {
  private static final int COMMANDS = 1_000;
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final List<String> FLAGS =
      List.of("--enable-native-access=ALL-UNNAMED", "-Xmx512m", "-XX:+UseSerialGC");
  private static final List<String> CLASS_PATH = List.of(System.getProperty("java.class.path"));

  @TempDir private Path journals;

  /** Does what {@link NullPipeline} does, but for what a test makes it do. */
  public abstract static class OddPipeline implements Pipeline {
    private final NullPipeline right;
    private int begun;

    private OddPipeline(Workload workload) {
      right = new NullPipeline(workload, "");
    }

    /** Whether the run that checks it is over. */
    boolean isChecked() {
      return begun > 1;
    }

    @Override
    public String version() {
      return "odd";
    }

    @Override
    public void begin(Completions completions) throws IOException {
      begun++;
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
      return right.trades();
    }

    @Override
    public void end() {
      right.end();
    }
  }

  /** Tells of one match more than there were. */
  public static final class WrongPipeline extends OddPipeline {
    public WrongPipeline(Workload workload, String argument) {
      super(workload);
    }

    @Override
    public long trades() {
      return super.trades() + 1;
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

  /** Waits for ever with its hundredth command, once it was checked, and leaves files behind. */
  public static final class StuckPipeline extends OddPipeline {
    private final Path folder;
    private int offered;

    public StuckPipeline(Workload workload, String argument) {
      super(workload);
      folder = Path.of(argument);
    }

    @Override
    public String version() {
      return "folder=" + folder.getFileName();
    }

    @Override
    public void begin(Completions completions) throws IOException {
      super.begin(completions);
      Files.createTempFile(folder, "journal", "");
      Files.createTempFile(Files.createDirectories(Seams.aeronDirectory(folder)), "aeron", "");
    }

    @Override
    public boolean offer(int command) {
      while (isChecked() && offered == 100) {
        LockSupport.park();
      }
      offered += isChecked() ? 1 : 0;
      return super.offer(command);
    }
  }

  /** Takes all and is done with nothing, once it was checked; it can't be ended then. */
  public static final class LosingPipeline extends OddPipeline {
    public LosingPipeline(Workload workload, String argument) {
      super(workload);
    }

    @Override
    public boolean offer(int command) {
      return isChecked() || super.offer(command);
    }

    @Override
    public void end() {
      if (isChecked()) {
        throw new IllegalStateException("thread=lost");
      }
    }
  }

  @Test
  void shouldGoOnWithTheOthersWhenOneGetsStuckOrCannotBeEnded() throws IOException {
    List<String> said = new ArrayList<>();
    List<PipelineResults> results =
        measure(
            said,
            setup("stuck", true, StuckPipeline.class),
            setup("losing", false, LosingPipeline.class),
            setup("null", false, NullPipeline.class));
    String stall = "stalled at=rate-1000000-send done=100";
    assertEquals(List.of("round 1 " + stall), results.getFirst().stalls());
    assertTrue(said.contains("pipeline: round 1: stuck " + stall), said.toString());
    String lost =
        "round 1 stalled at=rate-1000000-end done=0"
            + " reason=java.lang.IllegalStateException: thread=lost";
    assertEquals(List.of(lost), results.get(1).stalls());
    for (PipelineResults each : results.subList(0, 2)) {
      assertEquals(List.of(1_000_000L), each.rates());
      assertEquals(0, each.highestKept());
    }
    assertEquals(List.of(1_000_000L, 2_000_000L), results.getLast().rates());
    requireNothingLeft(results.getFirst().version());
  }

  /** The process was halted, so it has removed nothing itself. */
  private void requireNothingLeft(String version) throws IOException {
    String folder = version.substring(version.indexOf('=') + 1, version.indexOf(';'));
    assertTrue(folder.startsWith("tradepit-pipeline-"), version);
    assertFalse(Files.exists(Seams.aeronDirectory(Path.of(folder))), folder);
    try (Stream<Path> left = Files.list(journals)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private List<PipelineResults> measure(List<String> said, PipelineSetup... setups) {
    return new PipelineComparison(
            List.of(setups),
            journals,
            List.of("commands=1000", "warmups=0", "patience=0", "rates=1000000,2000000"),
            Optional.empty(),
            said::add)
        .measure(1);
  }

  private static PipelineSetup setup(
      String name, boolean isRecorded, Class<? extends Pipeline> pipeline) {
    return new PipelineSetup(
        name, Role.PEER, isRecorded, pipeline.getName(), "", JAVA, FLAGS, CLASS_PATH);
  }
}
