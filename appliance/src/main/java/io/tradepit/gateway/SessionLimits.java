package io.tradepit.gateway;

import java.net.InetAddress;
import java.util.List;

/**
 * What a session's configuration says to the gateway.
 *
 * @param allowedSources where logins may come from; empty = anywhere
 * @param messagesPerSecond of one connection; above it new orders are refused by verdict; 0 = none
 * @param hardMessagesPerSecond of one connection; above it the connection is cut; 0 = the gateway's
 */
public record SessionLimits(
    List<AddressRange> allowedSources, int messagesPerSecond, int hardMessagesPerSecond) {
  /** No limit. */
  public static final SessionLimits NONE = new SessionLimits(List.of(), 0, 0);

  boolean allows(InetAddress source) {
    return allowedSources.isEmpty()
        || allowedSources.stream().anyMatch(range -> range.contains(source));
  }
}
