package io.tradepit.main;

import io.tradepit.config.Cidr;
import io.tradepit.config.Credentials;
import io.tradepit.config.SegmentConfig;
import io.tradepit.gateway.Authenticator;
import io.tradepit.gateway.LoginFailures;
import io.tradepit.gateway.PasswordAuthenticator;
import io.tradepit.gateway.PasswordHash;
import io.tradepit.publication.SpinLogins;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who may have a snapshot of the books: every member session, with the password that it has for
 * order entry, from the sources that it has there; a source that fails ten times in a minute is not
 * heard for the rest of it, as there.
 */
final class SpinPasswords implements SpinLogins {
  private static final int WAITING = 64;
  private static final int FAILURES_A_MINUTE = 10;

  /** No session has it: whoever comes from a wrong source is checked like one that is unknown. */
  private static final String NOBODY = "";

  private final Map<String, List<Cidr>> sources = new HashMap<>();
  private final Authenticator authenticator;
  private final LoginFailures failures = new LoginFailures(FAILURES_A_MINUTE);
  private final Map<Long, InetAddress> checking = new HashMap<>();

  SpinPasswords(SegmentConfig config, Credentials credentials) {
    Map<String, PasswordHash> hashes = new HashMap<>();
    for (SegmentConfig.Session session : config.sessions()) {
      String username = session.username().toUpperCase(Locale.ROOT);
      hashes.put(username, PasswordHash.parse(credentials.hash(session.username())));
      sources.put(username, session.allowedSources());
    }
    authenticator = new PasswordAuthenticator(hashes, WAITING);
  }

  @Override
  public boolean submit(long ticket, InetAddress source, String username, String password) {
    long nowNs = System.nanoTime();
    if (failures.isBarred(source, nowNs)) {
      return false;
    }
    if (!isAllowed(username, source)) {
      failures.onFailure(source, nowNs);
      return authenticator.submit(ticket, NOBODY, password);
    }
    if (!authenticator.submit(ticket, username, password)) {
      return false;
    }
    checking.put(ticket, source);
    return true;
  }

  private boolean isAllowed(String username, InetAddress source) {
    List<Cidr> allowed = sources.getOrDefault(username, List.of());
    return allowed.isEmpty() || allowed.stream().anyMatch(range -> range.contains(source));
  }

  @Override
  public int poll(ResultHandler handler) {
    return authenticator.poll((ticket, valid) -> {
      InetAddress source = checking.remove(ticket);
      if (!valid && source != null) {
        failures.onFailure(source, System.nanoTime());
      }
      handler.onResult(ticket, valid);
    });
  }

  @Override
  public void close() {
    authenticator.close();
  }
}
