package io.tradepit.main;

import io.tradepit.config.Cidr;
import io.tradepit.config.Credentials;
import io.tradepit.config.SegmentConfig;
import io.tradepit.gateway.AddressRange;
import io.tradepit.gateway.PasswordHash;
import io.tradepit.gateway.SessionLimits;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a gateway needs to know of its sessions' logins, by username in upper case.
 *
 * @param hashes of the passwords
 * @param limits of sources and rates
 */
record GatewayLogins(Map<String, PasswordHash> hashes, Map<String, SessionLimits> limits) {
  private static final int LEAST_CONNECTIONS = 256;
  private static final int LEAST_TRANSPORT_CONNECTIONS = 1_024;

  GatewayLogins(SegmentConfig config, int gateway, Credentials credentials) {
    this(new HashMap<>(), new HashMap<>());
    for (SegmentConfig.Session session : config.sessions()) {
      if (session.gateway() == gateway) {
        String username = session.username().toUpperCase(Locale.ROOT);
        hashes.put(username, PasswordHash.parse(credentials.hash(session.username())));
        limits.put(username, limitsOf(session));
      }
    }
  }

  /** Connections of the gateway at a time: each session, and each that takes one over. */
  int maxConnections() {
    return Math.max(LEAST_CONNECTIONS, 2 * hashes.size());
  }

  /** What the transport holds: those, and as many that the gateway turns away. */
  int maxTransportConnections() {
    return Math.max(LEAST_TRANSPORT_CONNECTIONS, 2 * maxConnections());
  }

  private static SessionLimits limitsOf(SegmentConfig.Session session) {
    List<AddressRange> sources =
        session.allowedSources().stream().map(GatewayLogins::range).toList();
    return new SessionLimits(sources, session.messageRate(), session.hardRate());
  }

  private static AddressRange range(Cidr cidr) {
    return new AddressRange(cidr.address(), cidr.prefixBits());
  }
}
