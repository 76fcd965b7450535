package io.tradepit.telemetry;

import java.util.List;
import java.util.Map;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Tells systemd that the segment serves, stops, and lives ({@code sd_notify(3)}). Does nothing when
 * no supervisor asked for it.
 *
 * <p>The watchdog message goes out at half of {@code WATCHDOG_USEC}, and only when every watched
 * agent's duty cycle went round in that time; else the supervisor's limit runs out. Between two
 * trading days no agent runs: {@link #dayEnds} makes the limit longer, {@link #ready} of the next
 * day's segment sets it back. {@link #ready}, {@link #dayEnds} and {@link #stopping} are for any
 * thread, the duty cycle for one.
 */
public final class SystemdNotifier implements Agent {
  /** Sends one datagram: {@code io.tradepit.kernel.Libc#notify}. */
  @FunctionalInterface
  public interface Datagram {
    /**
     * @param socket path, or {@code @} and an abstract name
     * @return 0, or a negative errno
     */
    int send(String socket, String message);
  }

  /** What the next day's segment may take to serve, on the largest of machines. */
  private static final long NEXT_DAY_US = 300_000_000L;

  private static final String SERVES = "STATUS=members may log in";

  private final String socket;
  private final long watchdogUs;
  private final long intervalNs;
  private final Datagram datagram;
  private final AgentWatch watch;
  private final NanoClock clock;
  private long nextNs;
  private boolean stallTold;
  private volatile boolean ready;
  private volatile int lastError;

  /**
   * @param environment has {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC} when systemd wants them
   * @param clock one that never steps
   */
  public SystemdNotifier(
      Map<String, String> environment, Datagram datagram, AgentWatch watch, NanoClock clock) {
    this.socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    this.watchdogUs = watchdogUs(environment);
    this.intervalNs = watchdogUs * 1_000 / 2;
    this.datagram = datagram;
    this.watch = watch;
    this.clock = clock;
  }

  /** The segment serves; the watchdog begins. */
  public void ready() {
    send("READY=1\n" + SERVES + watchdogLine(watchdogUs));
    ready = true;
  }

  /** The segment of this day stops and that of the next one begins, in the same process. */
  public void dayEnds() {
    ready = false;
    send("STATUS=the next trading day begins" + watchdogLine(NEXT_DAY_US));
  }

  /** The segment begins to stop; the watchdog ends. */
  public void stopping() {
    ready = false;
    send("STOPPING=1");
  }

  /** 0, or the negative errno of the last message that could not be sent. */
  public int lastError() {
    return lastError;
  }

  @Override
  public int doWork() {
    if (intervalNs == 0 || !ready) {
      return 0;
    }
    long now = clock.nanoTime();
    if (nextNs != 0 && now - nextNs < 0) {
      return 0;
    }
    nextNs = now + intervalNs;
    List<String> stalled = watch.stalled(now, intervalNs);
    if (stalled.isEmpty()) {
      send(stallTold ? "WATCHDOG=1\n" + SERVES : "WATCHDOG=1");
    } else {
      send("STATUS=stalled: " + String.join(", ", stalled));
    }
    stallTold = !stalled.isEmpty();
    return 1;
  }

  @Override
  public String roleName() {
    return "tp-systemd";
  }

  private void send(String message) {
    if (!socket.isEmpty()) {
      int result = datagram.send(socket, message);
      if (result < 0) {
        lastError = result;
      }
    }
  }

  // sd_notify(3): WATCHDOG_USEC=... resets the limit at run time; nothing where there is none.
  private String watchdogLine(long micros) {
    return watchdogUs == 0 ? "" : "\nWATCHDOG_USEC=" + micros;
  }

  private static long watchdogUs(Map<String, String> environment) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    boolean ours = pid.isEmpty() || pid.equals(Long.toString(ProcessHandle.current().pid()));
    return ours && micros.matches("\\d{1,15}") ? Long.parseLong(micros) : 0;
  }
}
