package io.tradepit.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SystemdNotifierTest {
  private static final Map<String, String> ASKED =
      Map.of("NOTIFY_SOCKET", "@pit", "WATCHDOG_USEC", "2000000");
  private static final String READY =
      "@pit READY=1\nSTATUS=members may log in\nWATCHDOG_USEC=2000000";
  private static final long SECOND = 1_000_000_000L;

  private final List<String> sent = new ArrayList<>();
  private final AgentWatch watch = new AgentWatch(CounterFactory.unexported());
  private final Agent sequencer = watch.watch(new Idle("tp-seq"));
  private final Agent matcher = watch.watch(new Idle("tp-match"));
  private long now = SECOND;

  @Test
  void shouldTellAtHalfTheWatchdogTimeWhileEveryAgentGoesRound() throws Exception {
    SystemdNotifier notifier = notifier(ASKED);
    notifier.ready();
    for (int i = 0; i < 30; i++) {
      turn(sequencer, matcher);
      notifier.doWork();
      now += SECOND / 10;
    }

    assertEquals(List.of(READY, "@pit WATCHDOG=1", "@pit WATCHDOG=1", "@pit WATCHDOG=1"), sent);
  }

  @Test
  void shouldNotTellWhenOneAgentStandsStill() throws Exception {
    SystemdNotifier notifier = notifier(ASKED);
    notifier.ready();
    turn(sequencer, matcher);
    notifier.doWork();
    now += SECOND;
    turn(sequencer);
    notifier.doWork();
    now += SECOND;
    turn(sequencer, matcher);
    notifier.doWork();

    assertEquals(
        List.of(
            READY,
            "@pit WATCHDOG=1",
            "@pit STATUS=stalled: tp-match",
            "@pit WATCHDOG=1\nSTATUS=members may log in"),
        sent);
  }

  @Test
  void shouldMakeTheWatchdogWaitForTheNextDay() throws Exception {
    SystemdNotifier notifier = notifier(ASKED);
    notifier.ready();
    notifier.dayEnds();
    turn(sequencer, matcher);
    notifier.doWork();

    assertEquals(
        List.of(READY, "@pit STATUS=the next trading day begins\nWATCHDOG_USEC=300000000"), sent);
  }

  @Test
  void shouldEndTheWatchdogWhenStopping() {
    SystemdNotifier notifier = notifier(ASKED);
    notifier.doWork();
    notifier.ready();
    notifier.stopping();
    notifier.doWork();

    assertEquals(List.of(READY, "@pit STOPPING=1"), sent);
  }

  @Test
  void shouldSayNothingWhenNoSupervisorAsked() {
    SystemdNotifier notifier = notifier(Map.of("WATCHDOG_USEC", "2000000"));
    notifier.ready();
    notifier.doWork();
    notifier.stopping();

    assertEquals(List.of(), sent);
  }

  @Test
  void shouldLeaveTheWatchdogToTheProcessThatItIsFor() {
    SystemdNotifier notifier =
        notifier(
            Map.of("NOTIFY_SOCKET", "/run/n", "WATCHDOG_USEC", "2000000", "WATCHDOG_PID", "1"));
    notifier.ready();
    notifier.doWork();

    assertEquals(List.of("/run/n READY=1\nSTATUS=members may log in"), sent);
  }

  private SystemdNotifier notifier(Map<String, String> environment) {
    return new SystemdNotifier(environment, this::send, watch, () -> now);
  }

  private int send(String socket, String message) {
    sent.add(socket + " " + message);
    return 0;
  }

  private static void turn(Agent... agents) throws Exception {
    for (Agent agent : agents) {
      agent.doWork();
    }
  }

  private record Idle(String roleName) implements Agent {
    @Override
    public int doWork() {
      return 0;
    }
  }
}
