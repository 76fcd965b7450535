package io.tradepit.tools.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tradepit.tools.terminal.Depth.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class LadderTest {
  private static final List<Level> BIDS =
      List.of(new Level(721_500, 900, 4), new Level(721_400, 1_200, 11), new Level(721_300, 1, 1));
  private static final List<Level> ASKS =
      List.of(new Level(721_700, 300, 1), new Level(721_800, 75, 2));

  @Test
  void shouldDrawAsksAboveBidsWithBars() {
    assertEquals(
        """
         MAPLE                     last 72.17 x 300
         orders   quantity      price  depth

              2         75      72.18  ▊
              1        300      72.17  ███
         ──────────────── spread 0.02 ─────────────
              4        900      72.15  █████████
             11      1,200      72.14  ████████████
              1          1      72.13  ▏
        """,
        drawn(Glyphs.UNICODE, 9, new Depth("MAPLE", false, BIDS, ASKS, 721_700, 300)));
  }

  @Test
  void shouldDrawInAsciiAndOnlyWhatThereIsRoomFor() {
    assertEquals(
        """
         MAPLE                     last 72.17 x 300
         orders   quantity      price  depth
              1        300      72.17  ####
         ---------------- spread 0.02 -------------
              4        900      72.15  ############
        """,
        drawn(Glyphs.ASCII, 6, new Depth("MAPLE", false, BIDS, ASKS, 721_700, 300)));
  }

  @Test
  void shouldSayWhatIsMissingAndWhatIsHalted() {
    assertEquals(
        """
         OAK   HALTED
         orders   quantity      price  depth

         ------------------ no orders -------------
        """,
        drawn(Glyphs.ASCII, 5, new Depth("OAK", true, List.of(), List.of(), 0, 0)));
    assertEquals(
        """
         OAK
         orders   quantity      price  depth

         -------------------- no asks -------------
                         5       1.00  ############
        """,
        drawn(
            Glyphs.ASCII,
            5,
            new Depth("OAK", false, List.of(new Level(10_000, 5, 0)), List.of(), 0, 0)));
  }

  @Test
  void shouldColourTheTouchBrighter() {
    Canvas canvas = new Canvas(44, 9);
    new Ladder(Glyphs.UNICODE).draw(canvas, new Depth("MAPLE", false, BIDS, ASKS, 721_700, 300));
    assertEquals(Style.ASK, canvas.styleAt(3, 28));
    assertEquals(Style.TOUCH_ASK, canvas.styleAt(4, 28));
    assertEquals(Style.TOUCH_BID, canvas.styleAt(6, 28));
    assertEquals(Style.BID_BAR, canvas.styleAt(6, 31));
  }

  private static String drawn(Glyphs glyphs, int rows, Depth depth) {
    Canvas canvas = new Canvas(44, rows);
    new Ladder(glyphs).draw(canvas, depth);
    return canvas.text();
  }
}
