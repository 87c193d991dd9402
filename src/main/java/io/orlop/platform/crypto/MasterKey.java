package io.orlop.platform.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one secret that is kept outside the database: it encrypts the secrets in there. It is never
 * used itself; each purpose has a key derived from it with HKDF-SHA-256 (<a
 * href="https://www.rfc-editor.org/rfc/rfc5869">RFC 5869</a>).
 *
 * <p>Safe for concurrent use.
 */
public final class MasterKey {
  /** The length of the key and of each subkey, in bytes. */
  public static final int LENGTH = 32;

  private static final byte VERSION = 1;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecretKey encryptionKey;
  private final SecureRandom random = new SecureRandom();

  private MasterKey(byte[] key) {
    this.key = new SecretKeySpec(key, "HKDF");
    this.encryptionKey = new SecretKeySpec(subkey("encrypt"), "AES");
  }

  /**
   * Reads a key.
   *
   * @param text 32 bytes in Base64 (<a href="https://www.rfc-editor.org/rfc/rfc4648">RFC 4648</a>)
   *     of either alphabet, with white space around it
   * @throws IllegalArgumentException if it is anything else; the message does not have the text
   */
  public static MasterKey parse(String text) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.strip().replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The master key is not Base64", e);
    }
    if (key.length != LENGTH) {
      throw new IllegalArgumentException(
          "The master key must be %d bytes in Base64, not %d".formatted(LENGTH, key.length));
    }
    return new MasterKey(key);
  }

  /** Makes a new random key, in the form that {@link #parse} reads. */
  public static String generate() {
    byte[] key = new byte[LENGTH];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /**
   * Encrypts a secret with AES-256-GCM.
   *
   * @param context what the secret is, like {@code signing-key:3f2a}: it can only be decrypted as
   *     the same, so that nobody who writes to the database can put one secret in another's place
   * @return a version byte, the nonce, the encrypted bytes and the tag
   */
  public byte[] encrypt(byte[] plain, String context) {
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
      return ByteBuffer.allocate(1 + NONCE_LENGTH + encrypted.length)
          .put(VERSION)
          .put(nonce)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work here", e);
    }
  }

  /**
   * Decrypts what {@link #encrypt} made.
   *
   * @throws WrongKeyException if it was encrypted under another key or context, or changed since
   */
  public byte[] decrypt(byte[] encrypted, String context) {
    if (encrypted.length < 1 + NONCE_LENGTH + TAG_BITS / 8 || encrypted[0] != VERSION) {
      throw new WrongKeyException("The secret '" + context + "' has an unknown format", null);
    }
    byte[] nonce = new byte[NONCE_LENGTH];
    ByteBuffer.wrap(encrypted).get(1, nonce);
    int start = 1 + NONCE_LENGTH;
    try {
      return cipher(Cipher.DECRYPT_MODE, nonce, context)
          .doFinal(encrypted, start, encrypted.length - start);
    } catch (AEADBadTagException e) {
      throw new WrongKeyException(
          "The secret '" + context + "' was not encrypted under this master key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM does not work here", e);
    }
  }

  /**
   * Derives a key for one purpose, like {@code cookie}; the same each time.
   *
   * @return {@value #LENGTH} bytes
   */
  public byte[] subkey(String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(key)
                  .thenExpand(("orlop:" + purpose).getBytes(StandardCharsets.UTF_8), LENGTH));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF does not work here", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, encryptionKey, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
