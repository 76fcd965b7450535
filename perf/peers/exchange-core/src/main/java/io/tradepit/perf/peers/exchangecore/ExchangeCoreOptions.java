package io.tradepit.perf.peers.exchangecore;

import exchange.core2.core.common.CoreWaitStrategy;
import java.util.Locale;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * How exchange-core runs, as the argument {@code name=value,...}. What is not named is that of its
 * own latency tests: {@code wait=busy_spin,sender=spin,ring=2048,group=256,journal=off}.
 *
 * @param strategy how its threads wait: {@code busy_spin}, {@code yielding} or {@code blocking}
 * @param sender how the sender waits for what is due: {@code spin}, {@code yield} or {@code park}
 * @param ring commands that its ring holds, a power of two
 * @param group commands of a group at most, below a quarter of the ring
 * @param journal {@code off}, or {@code recorded:DIRECTORY}
 */
record ExchangeCoreOptions(
    CoreWaitStrategy strategy, String sender, int ring, int group, String journal) {
  private static final String RECORDED = "recorded:";

  static ExchangeCoreOptions parse(String argument) {
    CoreWaitStrategy strategy = CoreWaitStrategy.BUSY_SPIN;
    String sender = "spin";
    int ring = 2 * 1024;
    int group = 256;
    String journal = "off";
    for (String each : argument.split(",", -1)) {
      int equals = each.indexOf('=');
      String value = each.substring(equals + 1);
      switch (equals < 0 ? each : each.substring(0, equals)) {
        case "wait" -> strategy = CoreWaitStrategy.valueOf(value.toUpperCase(Locale.ROOT));
        case "sender" -> sender = value;
        case "ring" -> ring = Integer.parseInt(value);
        case "group" -> group = Integer.parseInt(value);
        case "journal" -> journal = value;
        default -> throw new IllegalArgumentException("argument=" + each);
      }
    }
    return new ExchangeCoreOptions(strategy, sender, ring, group, journal);
  }

  IdleStrategy senderIdle() {
    return switch (sender) {
      case "spin" -> BusySpinIdleStrategy.INSTANCE;
      case "yield" -> YieldingIdleStrategy.INSTANCE;
      case "park" -> new BackoffIdleStrategy(1, 1, 1, 1);
      default -> throw new IllegalArgumentException("sender=" + sender);
    };
  }

  boolean isRecorded() {
    return journal.startsWith(RECORDED);
  }

  /** Where the journal is made. */
  String directory() {
    return journal.substring(RECORDED.length());
  }

  /** For the result. */
  String text() {
    return "wait="
        + strategy.name().toLowerCase(Locale.ROOT)
        + ", sender="
        + sender
        + ", ring="
        + ring
        + ", group="
        + group
        + ", journal="
        + journal;
  }
}
