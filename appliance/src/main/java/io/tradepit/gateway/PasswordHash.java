package io.tradepit.gateway;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: {@code pbkdf2-sha256$iterations$salt$hash}, salt and hash in Base64.
 *
 * <p>SoupBinTCP passwords do not know upper from lower case and are padded by spaces, so it is the
 * trimmed, upper-cased text that is hashed. Immutable.
 */
public final class PasswordHash {
  /** Iterations of new hashes. */
  public static final int DEFAULT_ITERATIONS = 210_000;

  private static final String SCHEME = "pbkdf2-sha256";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BITS = 256;
  private static final int MAX_ITERATIONS = 10_000_000;

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Hashes a password with a new random salt. Takes a fraction of a second. */
  public static PasswordHash of(String password) {
    return of(password, DEFAULT_ITERATIONS);
  }

  /**
   * Hashes a password with a new random salt.
   *
   * @param iterations 1 to 10,000,000
   */
  public static PasswordHash of(String password, int iterations) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new PasswordHash(iterations, salt, derive(password, salt, iterations));
  }

  /**
   * Reads the text form.
   *
   * @throws IllegalArgumentException when it is not one
   */
  public static PasswordHash parse(String text) {
    String[] parts = text.split("\\$", -1);
    if (parts.length != 4 || !SCHEME.equals(parts[0])) {
      throw new IllegalArgumentException(
          "password hash is not " + SCHEME + "$iterations$salt$hash");
    }
    int iterations = Integer.parseInt(parts[1]);
    byte[] hash = Base64.getDecoder().decode(parts[3]);
    if (iterations < 1 || iterations > MAX_ITERATIONS || hash.length != HASH_BITS / Byte.SIZE) {
      throw new IllegalArgumentException("password hash out of range: iterations=" + iterations);
    }
    return new PasswordHash(iterations, Base64.getDecoder().decode(parts[2]), hash);
  }

  /** Whether this is the hash of the password; compares in constant time. */
  public boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations));
  }

  /** The text form. */
  @Override
  public String toString() {
    Base64.Encoder base64 = Base64.getEncoder();
    return SCHEME
        + '$'
        + iterations
        + '$'
        + base64.encodeToString(salt)
        + '$'
        + base64.encodeToString(hash);
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    char[] text = password.strip().toUpperCase(Locale.ROOT).toCharArray();
    PBEKeySpec spec = new PBEKeySpec(text, salt, iterations, HASH_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK has no PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }
}
