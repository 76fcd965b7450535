package io.tradepit.tools.segment;

import io.tradepit.config.ConfigException;
import io.tradepit.config.Credentials;
import io.tradepit.config.SegmentConfig;
import io.tradepit.config.SegmentConfigReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Where a segment is, as its configuration and its directory say: ports, feed, logins, instruments.
 *
 * <p>Every method that finds nothing throws {@link ConfigException} with one line that says where
 * it looked.
 */
public final class SegmentPlace {
  private final SegmentConfig config;
  private final Path directory;

  private SegmentPlace(SegmentConfig config, Path directory) {
    this.config = config;
    this.directory = directory;
  }

  /**
   * Reads a segment's configuration.
   *
   * @param directory of the segment, {@code --dir}
   * @param file its YAML file, or null for the built-in configuration
   */
  public static SegmentPlace of(Path directory, Path file) {
    SegmentConfig config =
        file == null
            ? SegmentConfigReader.readEmbedded(directory)
            : SegmentConfigReader.read(file, directory);
    return new SegmentPlace(config, directory);
  }

  public SegmentConfig config() {
    return config;
  }

  public Path directory() {
    return directory;
  }

  /** The order entry port of a session's home gateway. */
  public InetSocketAddress orderEntry(String username) {
    int home = session(username).gateway();
    InetSocketAddress address =
        config.gateways().stream()
            .filter(gateway -> gateway.id() == home)
            .findFirst()
            .orElseThrow()
            .address();
    if (address.getPort() == 0) {
      throw refused("gateways[" + home + "].port=0: a tool needs the port to stand in the file");
    }
    return address;
  }

  /** The first session of the configuration. */
  public String firstUser() {
    return config.sessions().getFirst().username();
  }

  /** A session by its username, in any case. */
  public SegmentConfig.Session session(String username) {
    return config.sessions().stream()
        .filter(session -> session.username().equalsIgnoreCase(username))
        .findFirst()
        .orElseThrow(() ->
            refused(
                "user="
                    + username
                    + ": allowed "
                    + String.join(
                        ", ",
                        config.sessions().stream().map(SegmentConfig.Session::username).toList())));
  }

  /** The clear password that the embedded profile made for a session. */
  public String password(String username) {
    Path file = config.credentialsFile().resolveSibling(Credentials.LOGINS_FILE);
    String prefix = username.toUpperCase(Locale.ROOT) + " ";
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(prefix))
          .map(line -> line.substring(prefix.length()).strip())
          .findFirst()
          .orElseThrow(() -> refused("user=" + username + ": no password in " + file));
    } catch (IOException e) {
      throw refused(
          "logins=" + file + ": cannot be read; has the segment run, and is --dir right?");
    }
  }

  /** StockLocate of an instrument, from 1. */
  public int stockLocate(String symbol) {
    List<SegmentConfig.Instrument> instruments = config.instruments();
    for (int i = 0; i < instruments.size(); i++) {
      if (instruments.get(i).symbol().equals(symbol)) {
        return i + 1;
      }
    }
    throw refused(
        "symbol="
            + symbol
            + ": allowed "
            + String.join(
                ", ", instruments.stream().map(SegmentConfig.Instrument::symbol).toList()));
  }

  /** An instrument by its symbol. */
  public SegmentConfig.Instrument instrument(String symbol) {
    return config.instruments().get(stockLocate(symbol) - 1);
  }

  /** Where messages of the feed are asked for. */
  public InetSocketAddress retransmission() {
    return config
        .feed()
        .retransmission()
        .orElseThrow(() -> refused("feed.retransmission: this segment sends nothing again"))
        .address();
  }

  /** Where snapshots of the books are served. */
  public InetSocketAddress glimpse() {
    return config
        .feed()
        .glimpse()
        .orElseThrow(() -> refused("feed.glimpse: this segment serves no snapshots"))
        .address();
  }

  private ConfigException refused(String line) {
    return new ConfigException(List.of(config.file() + ":0: " + line));
  }
}
