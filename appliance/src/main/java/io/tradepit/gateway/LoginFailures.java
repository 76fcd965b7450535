package io.tradepit.gateway;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Failed logins of each source address within a minute; the oldest of many sources are forgotten.
 */
public final class LoginFailures {
  private static final long MINUTE_NS = 60_000_000_000L;
  private static final int MAX_SOURCES = 4_096;

  private final int maxPerMinute;
  private final Map<InetAddress, long[]> windows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, long[]> eldest) {
          return size() > MAX_SOURCES;
        }
      };

  public LoginFailures(int maxPerMinute) {
    this.maxPerMinute = maxPerMinute;
  }

  /** Whether this source failed so often that it is not heard for the rest of the minute. */
  public boolean isBarred(InetAddress source, long nowNs) {
    long[] window = windows.get(source);
    return window != null && nowNs - window[0] < MINUTE_NS && window[1] >= maxPerMinute;
  }

  /** One more failure of a source. */
  public void onFailure(InetAddress source, long nowNs) {
    long[] window = windows.computeIfAbsent(source, key -> new long[] {nowNs, 0});
    if (nowNs - window[0] >= MINUTE_NS) {
      window[0] = nowNs;
      window[1] = 0;
    }
    window[1]++;
  }
}
