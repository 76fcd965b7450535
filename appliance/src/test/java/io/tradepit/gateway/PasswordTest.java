package io.tradepit.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PasswordTest {
  @Test
  void shouldMatchWhateverTheCaseAndPadding() {
    PasswordHash hash = PasswordHash.parse(PasswordHash.of("Secret", 1_000).toString());
    assertTrue(hash.matches("SECRET    "));
    assertTrue(hash.matches("secret"));
    assertFalse(hash.matches("secre"));
    assertNotEquals(hash.toString(), PasswordHash.of("Secret", 1_000).toString());
  }

  @Test
  void shouldRefuseATextThatIsNoHash() {
    for (String bad : new String[] {"", "secret", "pbkdf2-sha256$0$AAAA$AAAA", "md5$1$AA$AA"}) {
      assertThrows(IllegalArgumentException.class, () -> PasswordHash.parse(bad), bad);
    }
  }

  @Test
  void shouldCheckAwayFromTheCaller() throws InterruptedException {
    try (Authenticator checker =
        new PasswordAuthenticator(Map.of("MM01", PasswordHash.of("secret", 1_000)), 4)) {
      assertTrue(checker.submit(1, "MM01", "SECRET"));
      assertTrue(checker.submit(2, "MM01", "WRONG"));
      assertTrue(checker.submit(3, "MM02", "SECRET"));
      Map<Long, Boolean> results = new TreeMap<>();
      while (results.size() < 3) {
        checker.poll(results::put);
        Thread.sleep(1);
      }
      assertEquals("{1=true, 2=false, 3=false}", results.toString());
    }
  }
}
