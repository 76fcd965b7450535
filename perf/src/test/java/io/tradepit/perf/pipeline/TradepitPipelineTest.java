package io.tradepit.perf.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command has a result, and the matches are those that the workload was made with. */
@Timeout(60)
class TradepitPipelineTest {
  private static final int COMMANDS = 2_000;

  @TempDir private Path directory;
  private final Workload workload = WorkloadGenerator.generate(COMMANDS, WorkloadGenerator.SEED);

  @Test
  void shouldMatchWithoutAJournal() throws Exception {
    run(Seams.OFF);
  }

  @Test
  void shouldMatchWithAJournalAndLeaveNoFile() throws Exception {
    run("recorded:" + directory);
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
    assertFalse(Files.exists(Seams.aeronDirectory(directory)));
  }

  private void run(String journal) throws Exception {
    TradepitPipeline pipeline = new TradepitPipeline(workload, journal);
    for (int run = 0; run < 2; run++) {
      Completions completions = new Completions();
      pipeline.begin(completions);
      int next = 0;
      while (completions.done() < COMMANDS) {
        if (next < COMMANDS && pipeline.offer(workload.fills() + next)) {
          next++;
        }
        pipeline.idle(1);
      }
      assertEquals(workload.trades(), pipeline.trades());
      pipeline.end();
    }
  }
}
