package io.tradepit.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The password hashes of a segment's sessions: a YAML file of {@code USERNAME: hash}.
 *
 * <p>The embedded profile makes what is missing: random passwords, their hashes in the credentials
 * file and the clear passwords in {@code logins.txt} beside it, both readable by their owner only.
 */
public final class Credentials {
  /** Clear logins of the embedded profile, beside the credentials file. */
  public static final String LOGINS_FILE = "logins.txt";

  // Without the letters and digits that people mix up; case does not count in SoupBinTCP.
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int PASSWORD_LENGTH = 10;

  private final Map<String, String> hashes;
  private final boolean created;

  private Credentials(Map<String, String> hashes, boolean created) {
    this.hashes = Map.copyOf(hashes);
    this.created = created;
  }

  /**
   * The credentials of every session of a configuration.
   *
   * @param hash makes {@code pbkdf2-sha256$iterations$salt$hash} of a clear password
   * @throws ConfigException when a session has none and the profile makes none
   */
  public static Credentials of(SegmentConfig config, UnaryOperator<String> hash) {
    Path file = config.credentialsFile();
    Map<String, String> hashes = Files.exists(file) ? read(file) : new TreeMap<>();
    Map<String, String> needed = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    for (SegmentConfig.Session session : config.sessions()) {
      String username = session.username();
      Optional<String> known =
          session.credential().or(() -> Optional.ofNullable(hashes.get(username)));
      known.ifPresentOrElse(value -> needed.put(username, value), () -> missing.add(username));
    }
    if (missing.isEmpty()) {
      return new Credentials(needed, false);
    }
    if (config.profile() != SegmentConfig.Profile.EMBEDDED) {
      throw new ConfigException(
          missing.stream()
              .map(name -> file + ":0: " + name + "=(missing): allowed a hash for each session")
              .toList());
    }
    create(file, missing, hashes, needed, hash);
    return new Credentials(needed, true);
  }

  /** The hash of a session's password. */
  public String hash(String username) {
    return hashes.get(username);
  }

  /** Whether passwords were made now; {@link #LOGINS_FILE} has them. */
  public boolean created() {
    return created;
  }

  private static void create(
      Path file,
      List<String> usernames,
      Map<String, String> stored,
      Map<String, String> needed,
      UnaryOperator<String> hash) {
    SecureRandom random = new SecureRandom();
    StringBuilder logins = new StringBuilder();
    for (String username : usernames) {
      String password = password(random);
      String hashed = hash.apply(password);
      stored.put(username, hashed);
      needed.put(username, hashed);
      logins.append(username).append(' ').append(password).append('\n');
    }
    StringBuilder yaml =
        new StringBuilder("# Hashes of session passwords, made at the first run.\n");
    stored.forEach((name, value) -> yaml.append('"' + name + "\": \"" + value + "\"\n"));
    Path loginsFile = file.resolveSibling(LOGINS_FILE);
    try {
      // Logins first: a crash between the two leaves a password that no one uses, not a hash
      // whose password no one knows.
      writePrivately(loginsFile, keepOthers(loginsFile, usernames) + logins);
      writePrivately(file, yaml.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String keepOthers(Path loginsFile, List<String> replaced) throws IOException {
    if (!Files.exists(loginsFile)) {
      return "";
    }
    StringBuilder kept = new StringBuilder();
    for (String line : Files.readAllLines(loginsFile)) {
      int space = line.indexOf(' ');
      if (space > 0 && !replaced.contains(line.substring(0, space))) {
        kept.append(line).append('\n');
      }
    }
    return kept.toString();
  }

  private static void writePrivately(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Path next = file.resolveSibling(file.getFileName() + ".next");
    createPrivately(next);
    Files.writeString(next, text, StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void createPrivately(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      Files.delete(file);
      createPrivately(file);
    }
  }

  private static String password(SecureRandom random) {
    StringBuilder password = new StringBuilder(PASSWORD_LENGTH);
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }

  private static Map<String, String> read(Path file) {
    Map<String, String> hashes = new TreeMap<>();
    try {
      Optional<Node> node =
          new Compose(LoadSettings.builder().build()).composeString(Files.readString(file));
      if (node.orElse(null) instanceof MappingNode mapping) {
        mapping.getValue().forEach(tuple -> readOne(file, tuple, hashes));
      }
    } catch (IOException | YamlEngineException e) {
      throw new ConfigException(
          List.of(file + ":0: file=" + file + ": allowed a YAML file that can be read"));
    }
    return hashes;
  }

  private static void readOne(Path file, NodeTuple tuple, Map<String, String> hashes) {
    if (tuple.getKeyNode() instanceof ScalarNode name
        && tuple.getValueNode() instanceof ScalarNode value
        && MarketReader.CREDENTIAL.matcher(value.getValue()).matches()) {
      hashes.put(name.getValue().toUpperCase(Locale.ROOT), value.getValue());
      return;
    }
    int line = tuple.getValueNode().getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    throw new ConfigException(
        List.of(
            file
                + ":"
                + line
                + ": credential=(not shown): allowed USERNAME: "
                + MarketReader.CREDENTIAL_ALLOWED));
  }
}
