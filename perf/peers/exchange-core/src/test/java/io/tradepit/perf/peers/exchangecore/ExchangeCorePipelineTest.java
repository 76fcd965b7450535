package io.tradepit.perf.peers.exchangecore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.perf.pipeline.Completions;
import io.tradepit.perf.pipeline.Workload;
import io.tradepit.perf.pipeline.WorkloadGenerator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command has a result, and the matches are those that the workload was made with. */
@Timeout(60)
class ExchangeCorePipelineTest {
  private static final int COMMANDS = 5_000;

  @TempDir private Path directory;

  @Test
  void shouldMatchAndLeaveNoFile() throws Exception {
    Workload workload = WorkloadGenerator.generate(COMMANDS, WorkloadGenerator.SEED);
    ExchangeCorePipeline pipeline =
        new ExchangeCorePipeline(
            workload, "wait=yielding,sender=yield,journal=recorded:" + directory);
    Completions completions = new Completions();
    pipeline.begin(completions);
    for (int i = 0; i < COMMANDS; i++) {
      pipeline.offer(workload.fills() + i);
    }
    while (completions.done() < COMMANDS) {
      pipeline.idle(0);
    }
    assertEquals(workload.trades(), pipeline.trades());
    pipeline.end();
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
  }
}
