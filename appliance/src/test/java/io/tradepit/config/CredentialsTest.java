package io.tradepit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class CredentialsTest {
  @TempDir Path base;

  @Test
  void shouldMakeAPasswordForEverySessionAtTheFirstRun() throws Exception {
    SegmentConfig config = SegmentConfigReader.readEmbedded(base);

    Credentials credentials = Credentials.of(config, CredentialsTest::hash);

    assertTrue(credentials.created());
    List<String> logins = Files.readAllLines(base.resolve("data/logins.txt"));
    assertEquals(5, logins.size());
    for (String login : logins) {
      String[] words = login.split(" ", -1);
      assertTrue(words[1].matches("[a-z2-9]{10}"), login);
      assertEquals(hash(words[1]), credentials.hash(words[0]));
    }
    assertEquals(5, logins.stream().distinct().count());
  }

  @Test
  void shouldLetNobodyElseReadTheFiles() throws Exception {
    Credentials.of(SegmentConfigReader.readEmbedded(base), CredentialsTest::hash);

    for (String name : List.of("logins.txt", "credentials.yaml")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(
              Files.getPosixFilePermissions(base.resolve("data").resolve(name))));
    }
  }

  @Test
  void shouldKeepThePasswordsAtTheNextRun() throws Exception {
    SegmentConfig config = SegmentConfigReader.readEmbedded(base);
    String hash = Credentials.of(config, CredentialsTest::hash).hash("NPT1");
    String logins = Files.readString(base.resolve("data/logins.txt"));

    Credentials again = Credentials.of(config, CredentialsTest::hash);

    assertFalse(again.created());
    assertEquals(hash, again.hash("NPT1"));
    assertEquals(logins, Files.readString(base.resolve("data/logins.txt")));
  }

  @Test
  void shouldMakeOnlyWhatIsMissing() throws Exception {
    SegmentConfig config = SegmentConfigReader.readEmbedded(base);
    String kept = Credentials.of(config, CredentialsTest::hash).hash("NPT2");
    Path file = config.credentialsFile();
    List<String> without =
        Files.readAllLines(file).stream().filter(line -> !line.contains("NPT1")).toList();
    Files.write(file, without);

    Credentials again = Credentials.of(config, CredentialsTest::hash);

    assertTrue(again.created());
    assertEquals(kept, again.hash("NPT2"));
    assertEquals(5, Files.readAllLines(base.resolve("data/logins.txt")).size());
  }

  @Test
  void shouldNotShowWhatStandsInPlaceOfAHash() throws Exception {
    SegmentConfig config = SegmentConfigReader.readEmbedded(base);
    Files.createDirectories(config.credentialsFile().getParent());
    Files.writeString(config.credentialsFile(), "NPT1: opensesame\n");

    ConfigException e =
        assertThrows(ConfigException.class, () -> Credentials.of(config, CredentialsTest::hash));

    assertEquals(
        config.credentialsFile()
            + ":1: credential=(not shown): allowed USERNAME: a hash such as"
            + " `tradepit config password` prints",
        e.getMessage());
  }

  private static String hash(String password) {
    return "pbkdf2-sha256$1$" + password + "$QUJD";
  }
}
