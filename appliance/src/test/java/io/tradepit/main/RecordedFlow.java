package io.tradepit.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.Tier;
import io.tradepit.tools.replay.Pace;
import io.tradepit.tools.replay.Replay;
import io.tradepit.tools.replay.ReplayContext;
import io.tradepit.tools.replay.ReplayResult;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real order flow beside the checkout, played into a segment past the kernel. */
enum RecordedFlow {
  AMAZON("AMZN_2012-06-21_L5_commands.csv.gz", 6_591, 151_108),
  MICROSOFT("MSFT_2012-06-21_L50_first1000_commands.csv.gz", 35, 920);

  private final Path file;
  private final int fills;
  private final int books;

  RecordedFlow(String name, int fills, int books) {
    file = Path.of("..", "..", "shared", "data", name).toAbsolutePath().normalize();
    this.fills = fills;
    this.books = books;
  }

  Path file() {
    return file;
  }

  boolean isThere() {
    return Files.isReadable(file);
  }

  /** Plays it from the namespace of members, and compares every fill and book. */
  void play(PortSegment plan, String user) throws Exception {
    ReplayResult result =
        plan.fromMembers(() ->
            Replay.run(
                new ReplayContext()
                    .file(file)
                    .pace(Pace.max())
                    .gapProbeMs(0)
                    .results(plan.directory.resolve("results"))
                    .running(true)
                    .directory(plan.directory)
                    .config(plan.memberFile)
                    .user(user)));
    assertTrue(result.ok(), String.join("\n", result.lines()));
    assertEquals(fills, result.figure("fillsExact"));
    assertEquals(books, result.figure("booksEqual"));
    Tier.ran(
        "recorded flow past the kernel",
        "file=%s fillsExact=%d booksEqual=%d".formatted(name(), fills, books));
  }
}
