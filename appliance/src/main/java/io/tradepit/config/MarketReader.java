package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Capacities;
import io.tradepit.config.SegmentConfig.Firm;
import io.tradepit.config.SegmentConfig.Gateway;
import io.tradepit.config.SegmentConfig.Instrument;
import io.tradepit.config.SegmentConfig.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what is traded and by whom. */
final class MarketReader {
  private static final long MAX_PRICE4 = 1_999_999_900L;
  private static final Duration MOST_GRACE = Duration.ofHours(24);
  private static final Pattern ANY = Pattern.compile(".+");
  private static final Pattern SYMBOL = Pattern.compile("[A-Z0-9.+=^#*$-]{1,8}");
  private static final Pattern FIRM = Pattern.compile("[A-Z]{1,4}");
  private static final Pattern USERNAME = Pattern.compile("[A-Za-z0-9]{1,6}");
  static final Pattern CREDENTIAL =
      Pattern.compile("pbkdf2-sha256\\$\\d{1,9}\\$[A-Za-z0-9+/]+=*\\$[A-Za-z0-9+/]+=*");
  static final String CREDENTIAL_ALLOWED = "a hash such as `tradepit config password` prints";

  private final Problems problems;
  private final boolean embedded;
  private final Capacities capacities;

  MarketReader(Problems problems, boolean embedded, Capacities capacities) {
    this.problems = problems;
    this.embedded = embedded;
    this.capacities = capacities;
  }

  List<Instrument> instruments(Section root) {
    List<Instrument> instruments = new ArrayList<>();
    Names symbols = new Names();
    for (Section section : root.sections("instruments", 1, capacities.instruments())) {
      String symbol =
          section.text("symbol", null, SYMBOL, "1 to 8 of A-Z, 0-9 and . + - = ^ # * $");
      symbols.add(section, "symbol", symbol);
      instruments.add(instrument(section, symbol));
      section.finish();
    }
    return List.copyOf(instruments);
  }

  private static Instrument instrument(Section section, String symbol) {
    long tick = section.price4("tick", 100L, 1, MAX_PRICE4);
    int lot = section.integer("lot", 1, 1, 1_000_000);
    long reference = section.price4("referencePrice", null, 1, MAX_PRICE4);
    if (tick > 0 && reference % tick != 0) {
      section.notAllowed("referencePrice", "a multiple of the tick " + Price4.text(tick));
    }
    return new Instrument(symbol, tick, lot, reference);
  }

  List<Firm> firms(Section root) {
    List<Firm> firms = new ArrayList<>();
    Names members = new Names();
    Names codes = new Names();
    for (Section section : root.sections("members", 1, 1_024)) {
      String member = section.text("name", null, ANY, "the member's name");
      members.add(section, "name", member);
      for (String code : section.texts("firms", 1, 64, FIRM, "1 to 4 capitals")) {
        codes.add(section, "firms", code);
        firms.add(new Firm(code, member));
      }
      section.finish();
    }
    return List.copyOf(firms);
  }

  List<Session> sessions(Section root, List<Firm> firms, List<Gateway> gateways) {
    List<String> codes = firms.stream().map(Firm::code).toList();
    List<String> ids = gateways.stream().map(gateway -> Integer.toString(gateway.id())).toList();
    List<Session> sessions = new ArrayList<>();
    Names usernames = new Names();
    for (Section section : root.sections("sessions", 1, capacities.sessions())) {
      String username =
          section
              .text("username", null, USERNAME, "1 to 6 letters and digits")
              .toUpperCase(Locale.ROOT);
      usernames.add(section, "username", username);
      sessions.add(session(section, username, codes, ids, root.has("credentialsFile")));
      section.finish();
    }
    return List.copyOf(sessions);
  }

  private Session session(
      Section section,
      String username,
      List<String> codes,
      List<String> gatewayIds,
      boolean hasCredentialsFile) {
    List<String> firms = section.texts("firms", 1, 4, FIRM, "1 to 4 capitals");
    for (String firm : firms) {
      requireKnown(section, "firms", firm, codes);
    }
    int gateway = section.integer("gateway", 1, 1, PlantReader.MAX_GATEWAYS);
    requireKnown(section, "gateway", Integer.toString(gateway), gatewayIds);
    int messageRate = section.integer("messageRate", 0, 0, 10_000_000);
    int hardRate = section.integer("hardRate", 0, 0, 10_000_000);
    if (hardRate != 0 && hardRate < messageRate) {
      section.notAllowed("hardRate", "0 or at least the messageRate " + messageRate);
    }
    return new Session(
        username,
        List.copyOf(firms),
        gateway,
        credential(section, hasCredentialsFile),
        sources(section),
        messageRate,
        hardRate,
        section.duration("cancelOnDisconnect", MOST_GRACE));
  }

  private void requireKnown(Section section, String key, String value, List<String> known) {
    if (!known.contains(value)) {
      problems.notAllowed(
          section.line(key),
          section.key(key),
          value,
          "one that is defined: " + String.join(", ", known));
    }
  }

  private Optional<String> credential(Section section, boolean hasCredentialsFile) {
    if (section.has("credential")) {
      return Optional.of(section.text("credential", null, CREDENTIAL, CREDENTIAL_ALLOWED));
    }
    if (!embedded && !hasCredentialsFile) {
      section.notAllowed("credential", CREDENTIAL_ALLOWED + ", or a credentialsFile for all");
    }
    return Optional.empty();
  }

  private List<Cidr> sources(Section section) {
    String key = "allowedSources";
    if (!section.has(key)) {
      if (!embedded) {
        section.notAllowed(key, "a list of addresses or ranges, such as [10.1.0.0/16]");
      }
      return List.of(Cidr.parse("127.0.0.0/8").orElseThrow(), Cidr.parse("::1").orElseThrow());
    }
    String allowed = "an address or a range such as 10.1.0.0/16";
    List<Cidr> sources = new ArrayList<>();
    for (String text : section.texts(key, 1, 64, ANY, allowed)) {
      Optional<Cidr> source = Cidr.parse(text);
      source.ifPresent(sources::add);
      if (source.isEmpty()) {
        problems.notAllowed(section.line(key), section.key(key), text, allowed);
      }
    }
    return List.copyOf(sources);
  }

  /** Names that may be used once. */
  final class Names {
    private final Map<String, Integer> lines = new TreeMap<>();

    void add(Section section, String key, String name) {
      Integer earlier = lines.putIfAbsent(name, section.line(key));
      if (earlier != null && !name.isEmpty()) {
        problems.notAllowed(
            section.line(key),
            section.key(key),
            name,
            "a name that is used once, it stands in line " + earlier + " too");
      }
    }
  }
}
