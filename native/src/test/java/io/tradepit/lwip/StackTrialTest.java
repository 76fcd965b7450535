package io.tradepit.lwip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tradepit.shim.Trial;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tries the stack out over a wire in memory, in simulated time, with the address and
 * undefined-behaviour sanitizers where they matter: programs of {@code src/test/c}, built by {@code
 * make trials}. Each says on one line what ran and ends with another code than 0 when something
 * broke, a frame was not given back or memory leaked.
 */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class StackTrialTest {
  @BeforeAll
  static void build() throws Exception {
    Trial.build();
  }

  @Test
  void shouldServeOthersWhenFramesAreFuzzed() throws Exception {
    for (int seed = 1; seed <= 3; seed++) {
      run("lwip-sanitized", "fuzz", seed, Trial.IS_LONG ? 1_000_000 : 40_000);
    }
  }

  @Test
  void shouldAnswerArpAndPingsOfItsOwnVlanOnly() throws Exception {
    run("lwip-sanitized", "answers", 1, 0);
  }

  @Test
  void shouldServeOthersWhenSynsFlood() throws Exception {
    run("lwip-sanitized", "flood", 1, Trial.IS_LONG ? 1_000_000 : 100_000);
  }

  @Test
  void shouldKeepStreamsIntactWhenTheWireLosesAndDoubles() throws Exception {
    int seeds = Trial.IS_LONG ? 20 : 1;
    for (int seed = 1; seed <= seeds; seed++) {
      run("lwip-sanitized", "loss", seed, Trial.IS_LONG ? 200 : 60);
      run("lwip-own", "loss", seed, 200);
    }
  }

  @Test
  void shouldSendAgainWithinMillisecondsWhenTheLastSegmentIsLost() throws Exception {
    int own = number(run("lwip-own", "tail", 1, 0), "mostMs");
    int stock = number(run("lwip-stock", "tail", 1, 0), "leastMs");
    assertTrue(own <= 75, "ms=" + own);
    assertTrue(stock >= 1_000, "ms=" + stock);
  }

  @Test
  void shouldKeepFewRefusedConnectionsWhenOneHostComesAgainAndAgain() throws Exception {
    run("lwip-sanitized", "refused", 1, Trial.IS_LONG ? 1_000_000 : 30_000);
  }

  @Test
  void shouldTakeAsLongForASynWhenManyHandshakesAreOpen() throws Exception {
    String costs = run("lwip-own", "syncost", 1, 20_000);
    int few = number(costs, "ns16");
    int many = number(costs, "ns4096");
    assertTrue(many <= 4 * few, "few=" + few + " many=" + many);
  }

  @Test
  void shouldSendASynAckAgainWithinMillisecondsAndNotForLong() throws Exception {
    String own = run("lwip-own", "synack", 1, 0);
    assertTrue(number(own, "leastMs") >= 40 && number(own, "mostMs") <= 75, own);
    assertEquals(7, number(own, "mostSent"), own);
    assertTrue(number(own, "keptMs") >= 4_900 && number(own, "keptMs") <= 5_100, own);
    assertTrue(number(run("lwip-stock", "synack", 1, 0), "leastMs") >= 1_000);
  }

  @Test
  void shouldSendNoAnswerTwiceWhenThePeerIsFar() throws Exception {
    for (int roundTripMs : new int[] {60, 100, 250}) {
      String far = run("lwip-own", "far", 1, roundTripMs);
      assertEquals(0, number(far, "sentAgain"), far);
    }
  }

  @Test
  void shouldTakeANewConnectionAtOnceWhenTheOldOneIsClosed() throws Exception {
    run("lwip-sanitized", "again", 1, 0);
  }

  @Test
  void shouldForgetTheOldestWhenTooManyClosedConnectionsWait() throws Exception {
    run("lwip-sanitized", "waiting", 1, 20_000);
  }

  @Test
  void shouldAskArpForNobodyWhenThereIsNoGateway() throws Exception {
    run("lwip-sanitized", "stranger", 1, 0);
  }

  private static String run(String build, String trial, int seed, int amount) throws Exception {
    return new Trial(build + "/stack-trial")
        .run(trial, Integer.toString(seed), Integer.toString(amount));
  }

  private static int number(String line, String name) {
    return Integer.parseInt(line.replaceFirst("(?s).* " + name + "=(\\d+).*", "$1"));
  }
}
