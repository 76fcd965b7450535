package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Capacities;
import io.tradepit.config.SegmentConfig.Day;
import io.tradepit.config.SegmentConfig.Directories;
import io.tradepit.config.SegmentConfig.Durability;
import io.tradepit.config.SegmentConfig.Feed;
import io.tradepit.config.SegmentConfig.Host;
import io.tradepit.config.SegmentConfig.LogFile;
import io.tradepit.config.SegmentConfig.PageKind;
import io.tradepit.config.SegmentConfig.Profile;
import io.tradepit.config.SegmentConfig.Snapshots;
import io.tradepit.config.SegmentConfig.Storage;
import io.tradepit.config.SegmentConfig.Switch;
import io.tradepit.config.SegmentConfig.Telemetry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a segment's YAML file. Relative paths in it are below the base directory.
 *
 * <p>Single use.
 */
public final class SegmentConfigReader {
  /** The file that the product ships: the documented example and the embedded default at once. */
  public static final String EMBEDDED_RESOURCE = "/tradepit/embedded.yaml";

  private static final Pattern ANY = Pattern.compile(".+");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");
  private static final int MAX_SOCKET_PATH_BYTES = 107;
  static final int MAX_PORT = 65_535;

  private final Path file;
  private final Path base;
  private final Problems problems;

  private SegmentConfigReader(Path file, Path base) {
    this.file = file;
    this.base = base.toAbsolutePath().normalize();
    this.problems = new Problems(file.toString());
  }

  /**
   * @param base below which relative paths are
   * @throws ConfigException with a line for each problem
   */
  public static SegmentConfig read(Path file, Path base) {
    return readText(file, YamlFile.text(file), base);
  }

  /** Reads the embedded default. */
  public static SegmentConfig readEmbedded(Path base) {
    return readText(Path.of("embedded.yaml"), embeddedText(), base);
  }

  /**
   * A segment that runs on another layout than its file says: one that is named on the command
   * line, in place of {@code threads} or {@code host.layout}.
   *
   * @param layout a path below the working directory, or the name of one that is shipped
   * @throws ConfigException when there is no such layout, or it does not fit the segment
   */
  public static SegmentConfig withLayout(SegmentConfig config, String layout) {
    return HostReader.withLayout(config, layout);
  }

  /** The embedded default as it is shipped, with its comments. */
  public static String embeddedText() {
    try (InputStream in = SegmentConfigReader.class.getResourceAsStream(EMBEDDED_RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param file is named in problems only
   */
  static SegmentConfig readText(Path file, String text, Path base) {
    SegmentConfigReader reader = new SegmentConfigReader(file, base);
    SegmentConfig config = reader.segment(YamlFile.root(file, text, reader.problems), sha256(text));
    reader.problems.requireNone();
    return config;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private SegmentConfig segment(Section root, String sha256) {
    Section segment = root.section("segment");
    String name = segment.text("name", null, NAME, "1 to 32 of a-z, 0-9 and -");
    Profile profile = segment.choice("profile", null, Profile.class);
    segment.finish();
    boolean embedded = profile == Profile.EMBEDDED;
    Section pages = root.section("pages");
    PageKind pageKind = pages.choice("kind", embedded ? PageKind.COLLAPSE : null, PageKind.class);
    pages.finish();
    Capacities capacities = capacities(root.section("capacities"));
    MarketReader market = new MarketReader(problems, embedded, capacities);
    NamedFiles files = new NamedFiles(problems, base);
    HostReader hostReader = new HostReader(files);
    Host host = hostReader.host(root);
    PortReader portReader = new PortReader(files);
    var ports = portReader.ports(root, host);
    PlantReader plant = new PlantReader(problems, embedded, portReader);
    Directories directories = directories(root.section("directories"));
    var gateways = plant.gateways(root);
    Path credentialsFile = credentialsFile(root, directories, embedded);
    var firms = market.firms(root);
    Feed feed = new FeedReader(plant, portReader).feed(root.section("feed"));
    portReader.finish();
    Section admin = root.section("admin");
    SegmentConfig config =
        new SegmentConfig(
            file,
            name,
            profile,
            directories,
            market.instruments(root),
            firms,
            market.sessions(root, firms, gateways),
            credentialsFile,
            ports,
            gateways,
            feed,
            root.choice("durability", embedded ? Durability.RECORDED : null, Durability.class),
            pageKind,
            capacities,
            hostReader.threads(root, host, profile, plant, gateways, feed),
            host,
            adminSocket(admin),
            adminAccess(admin),
            metrics(root.section("metrics")),
            log(root.section("log")),
            telemetry(root.section("telemetry")),
            snapshots(root.section("snapshots"), feed),
            storage(root.section("storage")),
            day(root.section("day")),
            sha256);
    root.finish();
    return config;
  }

  private Directories directories(Section section) {
    Path data = path(section, "data", null);
    Directories directories =
        new Directories(data, path(section, "shm", null), path(section, "state", null));
    section.finish();
    return directories;
  }

  private Path credentialsFile(Section root, Directories directories, boolean embedded) {
    Path standard = directories.data().resolve("credentials.yaml");
    Path credentials = path(root, "credentialsFile", standard);
    if (root.has("credentialsFile") && !embedded && !Files.isReadable(credentials)) {
      root.notAllowed("credentialsFile", "a file that can be read");
    }
    return credentials;
  }

  private static Capacities capacities(Section section) {
    Capacities capacities =
        new Capacities(
            section.integer("orders", 1_000_000, 1_000, 100_000_000),
            section.integer("levels", 200_000, 1_000, 20_000_000),
            section.integer("openOrdersOfSession", 65_536, 16, 16_777_216),
            section.integer("instruments", 64, 1, 8_192),
            section.integer("sessions", 32, 1, 1_024));
    section.finish();
    return capacities;
  }

  static InetAddress address(Section section, String key, String fallback) {
    String allowed = "an IPv4 or IPv6 address in figures";
    String text = section.text(key, fallback, ANY, allowed);
    Optional<InetAddress> address = Cidr.literal(text);
    if (address.isEmpty() && section.has(key)) {
      section.notAllowed(key, allowed);
    }
    return address.orElse(InetAddress.getLoopbackAddress());
  }

  private Path adminSocket(Section section) {
    Path socket = path(section, "socket", base.resolve("admin.sock"));
    if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH_BYTES) {
      section.notAllowed(
          "socket", "a path of at most " + MAX_SOCKET_PATH_BYTES + " bytes, this is " + socket);
    }
    return socket;
  }

  private static SegmentConfig.AdminAccess adminAccess(Section section) {
    SegmentConfig.AdminAccess access =
        section.choice("access", SegmentConfig.AdminAccess.OWNER, SegmentConfig.AdminAccess.class);
    section.finish();
    return access;
  }

  private InetSocketAddress metrics(Section section) {
    InetAddress address = address(section, "address", "127.0.0.1");
    if (!address.isLoopbackAddress()) {
      section.notAllowed("address", "a loopback address");
    }
    int port = section.integer("port", 9464, 0, MAX_PORT);
    section.finish();
    return new InetSocketAddress(address, port);
  }

  private LogFile log(Section section) {
    LogFile log =
        new LogFile(
            path(section, "file", base.resolve("tradepit.log")),
            section.text(
                "level",
                "info",
                Pattern.compile("error|warn|info|debug"),
                "one of error, warn, info, debug"),
            (long) section.integer("maxSizeMiB", 16, 1, 1_024) << 20,
            section.integer("files", 5, 2, 100));
    section.finish();
    return log;
  }

  private static Telemetry telemetry(Section section) {
    Telemetry telemetry =
        new Telemetry(
            section.choice("stamps", Switch.ON, Switch.class),
            section.integer("intervalS", 1, 1, 3_600));
    section.finish();
    return telemetry;
  }

  private static Storage storage(Section section) {
    Storage storage =
        new Storage(
            section.integer("keepDays", 0, 0, 100_000),
            section.integer("keepMiB", 0, 0, Integer.MAX_VALUE),
            section.choice("zerosAhead", Switch.OFF, Switch.class));
    section.finish();
    return storage;
  }

  private static Snapshots snapshots(Section section, Feed feed) {
    Snapshots snapshots =
        new Snapshots(
            section.choice("replica", Switch.ON, Switch.class),
            section.integer("everyS", 60, 0, 86_400),
            section.integer("keep", 4, 1, 10_000));
    if (feed.glimpse().isPresent() && snapshots.replica() == Switch.OFF) {
      section.notAllowed("replica", "on, since what feed.glimpse serves is made of it");
    }
    section.finish();
    return snapshots;
  }

  private static Day day(Section section) {
    ZoneId zone = ZoneId.of("UTC");
    String zoneAllowed = "a time zone of at most 32 characters, such as Europe/Berlin";
    String zoneText = section.text("zone", "UTC", Pattern.compile(".{1,32}"), zoneAllowed);
    try {
      zone = ZoneId.of(zoneText);
    } catch (DateTimeException e) {
      section.notAllowed("zone", zoneAllowed);
    }
    Optional<LocalDate> date = Optional.empty();
    String dateText = section.text("date", "auto", ANY, "auto or a date such as 2026-11-20");
    if (!"auto".equals(dateText)) {
      try {
        date = Optional.of(LocalDate.parse(dateText));
      } catch (DateTimeException e) {
        section.notAllowed("date", "auto or a date such as 2026-11-20");
      }
    }
    section.finish();
    return new Day(zone, date);
  }

  private Path path(Section section, String key, Path fallback) {
    String standard = fallback == null ? null : fallback.toString();
    return base.resolve(section.text(key, standard, ANY, "a path")).normalize();
  }
}
