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
 * agent's duty cycle went round in that time; else the supervisor's limit runs out. {@link #ready}
 * and {@link #stopping} are for any thread, the duty cycle for one.
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

  private final String socket;
  private final long intervalNs;
  private final Datagram datagram;
  private final AgentWatch watch;
  private final NanoClock clock;
  private long nextNs;
  private volatile boolean ready;
  private volatile int lastError;

  /**
   * @param environment has {@code NOTIFY_SOCKET} and {@code WATCHDOG_USEC} when systemd wants them
   * @param clock one that never steps
   */
  public SystemdNotifier(
      Map<String, String> environment, Datagram datagram, AgentWatch watch, NanoClock clock) {
    this.socket = environment.getOrDefault("NOTIFY_SOCKET", "");
    this.intervalNs = intervalNs(environment);
    this.datagram = datagram;
    this.watch = watch;
    this.clock = clock;
  }

  /** The segment serves; the watchdog begins. */
  public void ready() {
    send("READY=1");
    ready = true;
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
    send(stalled.isEmpty() ? "WATCHDOG=1" : "STATUS=stalled: " + String.join(", ", stalled));
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

  private static long intervalNs(Map<String, String> environment) {
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    boolean ours = pid.isEmpty() || pid.equals(Long.toString(ProcessHandle.current().pid()));
    return ours && micros.matches("\\d{1,15}") ? Long.parseLong(micros) * 1_000 / 2 : 0;
  }
}
