package io.tradepit.tools.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.admin.AdminClient;
import io.tradepit.config.ExitCode;
import io.tradepit.tools.segment.ChildSegment;
import io.tradepit.tools.segment.SegmentPlace;
import io.tradepit.tools.segment.SegmentPlan;
import io.tradepit.tools.terminal.TerminalStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scripts typed into the client, against a real segment over TCP. */
@Timeout(180)
class MemberSessionTest {
  private static ChildSegment segment;

  private record Said(int exitCode, String out, String err) {}

  @BeforeAll
  static void startSegment() {
    segment =
        ChildSegment.startTemporary(
            new SegmentPlan()
                .instrument("MAPLE", 100, 1, 721_500)
                .instrument("OAK", 100, 100, 124_000)
                .session("NPT1", "NPT")
                .session("SPT1", "SPT"));
  }

  @AfterAll
  static void stopSegment() {
    segment.close();
  }

  @Test
  void shouldTradeByScriptAndKnowItAllAgainAfterARestart() {
    Said maker =
        run(
            "NPT1",
            """
            # two orders, one of which is changed
            sell 300 MAPLE 72.17
            buy 200 MAPLE 72.10
            replace 2 250 72.12
            orders
            positions
            """);
    assertEquals(
        """
        logged in as NPT1, session %s
        answers of today 1, open orders 0, positions 0
        #1 accepted: sell 300 MAPLE at 72.17
        #2 accepted: buy 200 MAPLE at 72.10
        #2 replaced by #3: buy 250 MAPLE at 72.12
            ID  SIDE       OPEN  SYMBOL           PRICE    EXECUTED
            #1  sell        300  MAPLE            72.17           0
            #3  buy         250  MAPLE            72.12           0
        no positions: nothing was executed yet
        """
            .formatted(sessionName(maker)),
        maker.out);
    assertEquals("", maker.err);
    assertEquals(ExitCode.OK.number(), maker.exitCode);

    Said taker =
        run("SPT1", "buy 100 MAPLE 72.20 ioc\nbuy 50 OAK 12.40\nbuy 100 OAK 12.405\nlog 2\n");
    assertTrue(taker.out.contains("\n#1 bought 100 MAPLE at 72.17, done\n"), taker.out);
    assertTrue(taker.out.contains("\n#2 rejected: invalid quantity"), taker.out);
    assertTrue(taker.out.contains("\n#3 rejected: invalid price"), taker.out);
    assertEquals(ExitCode.OK.number(), taker.exitCode);

    Said again =
        run("NPT1", "orders\npositions\nreplace 1 50 72.19\ncancel all\norders\ncancel 1\n");
    assertTrue(again.out.contains(", open orders 2, positions 1\n"), again.out);
    assertTrue(
        again.out.contains("    #1  sell        200  MAPLE            72.17         100\n"),
        again.out);
    assertTrue(again.out.contains("\nMAPLE           -100        72.17"), again.out);
    assertTrue(again.out.contains("\n#1 replaced by #4: sell 50 MAPLE at 72.19\n"), again.out);
    assertTrue(again.out.contains("\n#3 canceled: 250 MAPLE, as you asked\n"), again.out);
    assertTrue(again.out.endsWith("\nno open orders\n"), again.out);
    assertEquals("line 6: #1: no open order of yours; 'orders' lists them\n", again.err);
    assertEquals(ExitCode.CONFIGURATION.number(), again.exitCode);
  }

  @Test
  void shouldNameTheLineThatIsNoCommand() {
    Said said = run("SPT1", "help\nbuy much MAPLE 1\nbook MAPLE\nquit\nbuy 1 MAPLE 1\n");
    assertEquals(
        "line 2: much: no quantity; allowed is a whole number from 1 to 999999\n", said.err);
    assertTrue(said.out.contains("  replace ID QUANTITY PRICE"), said.out);
    assertTrue(said.out.contains("\n MAPLE"), said.out);
    assertEquals(ExitCode.CONFIGURATION.number(), said.exitCode);
  }

  @Test
  void shouldShowAHaltAndSayWhyAnOrderIsRefused() throws Exception {
    AdminClient operator = new AdminClient(segment.place().config().adminSocket());
    assertTrue(operator.ask("instrument halt OAK", false).isOk());
    Said halted = run("SPT1", "symbols\nbuy 100 OAK 12.40\n");
    assertTrue(halted.out.contains("100  HALTED\n"), halted.out);
    assertTrue(halted.out.contains("rejected: trading in the instrument is halted\n"), halted.out);
    assertTrue(operator.ask("instrument resume OAK", false).isOk());
  }

  private static Said run(String user, String script) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    SegmentPlace place = segment.place();
    try (MemberTool member =
        MemberTool.open(place, user, place.password(user), TerminalStyle.PLAIN)) {
      int exitCode = member.runPiped(new StringReader(script), print(out), print(err));
      return new Said(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  private static String sessionName(Said said) {
    return said.out.replaceAll("(?s).*?session (\\S+)\\n.*", "$1");
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
