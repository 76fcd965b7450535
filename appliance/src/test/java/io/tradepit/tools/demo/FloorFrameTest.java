package io.tradepit.tools.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.tools.terminal.Canvas;
import io.tradepit.tools.terminal.Depth;
import io.tradepit.tools.terminal.Depth.Level;
import io.tradepit.tools.terminal.Glyphs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FloorFrameTest {
  private static final List<String> KEYS = List.of("n next", "q quit");

  @Test
  void shouldHoldEverythingIn80By24() {
    Canvas frame = new FloorFrame(Glyphs.ASCII).draw(80, 24, picture(), KEYS);
    assertEquals(
        """
         TRADEPIT demo: simulated members over real TCP                           01:05
         MAPLE                       last 72.15 x 100  trades of all instruments
         orders   quantity      price  depth           12:00:00 ^ MAPLE     72.15    100
                                                       12:00:00 v ELM      0.9480  1,000

              1        300      72.18  #######
              2        150      72.17  ####
         ---------------- spread 0.02 ---------------
              3        600      72.15  ##############




        --------------------------------------------------------------------------------
         instrument      bid      ask     last  change volume | orders/s          1,012
         ELM          0.9479   0.9481   0.9480  -0.21%  12.3k | trades/s             37
        >MAPLE         72.15    72.17    72.15   0.00%    400 | feed messages/s   2,100
         OAK HALT          -        -        -   0.00%      0 | answer p50       182 us
                                                              | answer p99      1.25 ms
                                                              | members on            2
                                                              | rejects               0
                                                              | orders/s, each second
                                                              | _=%
          n  next    q  quit
        """,
        frame.text());
  }

  @Test
  void shouldShowMembersAndTrendsWhereThereIsRoom() {
    String frame = new FloorFrame(Glyphs.UNICODE).draw(130, 24, picture(), KEYS).text();
    assertEquals(
        """
         TRADEPIT demo: simulated members over real TCP                                                                             01:05
         MAPLE                           last 72.15 x 100  trades of all instruments           member                sent   fills   open
         orders   quantity      price  depth               12:00:00 ▲ MAPLE     72.15    100   ATLAS  market maker  12.3k      21    112
                                                           12:00:00 ▼ ELM      0.9480  1,000   EMBER  taker           900      30      0

              1        300      72.18  █████████                                               answer time, last 5 s       10 us .. 10 s
              2        150      72.17  ████▌                                                   p50       182 us  █████
         ──────────────── spread 0.02 ───────────────────                                      p90       400 us  ██████▍
              3        600      72.15  ██████████████████                                      p99      1.25 ms  ████████▍
                                                                                               p99.9    4.00 ms  ██████████▍
                                                                                               max      9.00 ms  ███████████▊


        ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
         instrument      bid      ask     last  change volume  last minute                                      │ orders/s          1,012
         ELM          0.9479   0.9481   0.9480  -0.21%  12.3k  ▁                                                │ trades/s             37
        >MAPLE         72.15    72.17    72.15   0.00%    400                                                   │ feed messages/s   2,100
         OAK HALT          -        -        -   0.00%      0                                                   │ answer p50       182 us
                                                                                                                │ answer p99      1.25 ms
                                                                                                                │ members on            2
                                                                                                                │ rejects               0
                                                                                                                │ orders/s, each second
                                                                                                                │ ▁▄█
          n  next    q  quit
        """,
        frame);
  }

  @Test
  void shouldFillAnySizeWithoutFailing() {
    for (int columns = 40; columns < 250; columns += 7) {
      for (int rows = 10; rows < 80; rows += 5) {
        Canvas frame = new FloorFrame(Glyphs.UNICODE).draw(columns, rows, picture(), List.of());
        assertEquals(rows, frame.rows());
        assertTrue(frame.line(0).startsWith(" TRADEPIT"));
      }
    }
  }

  private static FloorPicture picture() {
    return new FloorPicture(
        65_000_000_000L,
        new Depth(
            "MAPLE",
            false,
            List.of(new Level(721_500, 600, 3)),
            List.of(new Level(721_700, 150, 2), new Level(721_800, 300, 1)),
            721_500,
            100),
        1,
        List.of(
            new FloorPicture.Row(
                "ELM", false, 4, 9_479, 9_481, 9_480, 9_500, 12_345, 9, List.of(9_480L)),
            new FloorPicture.Row(
                "MAPLE", false, 2, 721_500, 721_700, 721_500, 721_500, 400, 4, List.of()),
            new FloorPicture.Row("OAK", true, 2, 0, 0, 0, 124_000, 0, 0, List.of())),
        List.of(
            new FloorPicture.Print("MAPLE", 2, 721_500, 100, true, 43_200_000_000_000L),
            new FloorPicture.Print("ELM", 4, 9_480, 1_000, false, 43_200_000_000_000L)),
        List.of(
            new FloorPicture.Member("ATLAS", "market maker", 12_345, 21, 112),
            new FloorPicture.Member("EMBER", "taker", 900, 30, 0)),
        new FloorPicture.Rates(
            1_012,
            37,
            2_100,
            new FloorPicture.Times(182_000, 400_000, 1_250_000, 4_000_000, 9_000_000)),
        List.of(0L, 500L, 1_012L),
        Map.of());
  }
}
